import { defineDiagnostic } from './define.ts'
import { didYouMean, replace } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string; readonly problem: string }>({
  code: 'config-value-invalid',
  severity: 'error',
  title: 'Value that a config key cannot have',
  docs: 'Each key takes a number, a boolean, or one word of a list.',
  bad: 'config = { missing_probes=skip } begin { }',
  good: 'config = { missing_probes=warn } begin { }',
  message: ({ name, problem }) => `${name}: ${problem}.`,
  fixes({ span, data, source, words }) {
    const value = /=\s*(?<word>[A-Za-z_]\w*)\s*;?\s*$/.exec(source.slice(span.start, span.end))?.groups?.word
    if (value === undefined) return []
    const start = source.lastIndexOf(value, span.end)
    const allowed = words.catalog.configKey(data.name)?.allowed ?? []
    const place = { start, end: start + value.length }
    const near = didYouMean(place, value, allowed)
    return near.length > 0 ? near : allowed.flatMap((each) => replace(place, each))
  },
})
