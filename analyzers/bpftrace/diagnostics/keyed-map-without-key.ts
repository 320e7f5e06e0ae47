import { around } from '../repair/find.ts'
import { withKey } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'keyed-map-without-key',
  severity: 'error',
  title: 'Map with keys used without one',
  docs: 'A map has keys everywhere or nowhere.',
  bad: 'begin { @a[1] = 1; @a = 2; }',
  good: 'begin { @a[1] = 1; @a[2] = 2; }',
  message: ({ name }) => `${name} is used without a key here, and with one before.`,
  fixes: ({ span, data, words }) => {
    const call = around(words.tree, span, 'Call')
    const isArgument = call?.arguments.some((each) => each.span.start === span.start) ?? false
    // What a function of no such name takes, nobody knows.
    if (isArgument && call && !words.catalog.function(call.callee.text)) return []
    return withKey(words.tree, span, data.name)
  },
})
