import { signalNames } from '../checker/modern/check-library.ts'
import { defineDiagnostic } from './define.ts'
import { didYouMeanWithin } from './fixes.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'signal-invalid',
  severity: 'error',
  title: 'Signal that does not exist',
  docs: 'Signals are named, or numbered from 1 to 64.',
  bad: 'kprobe:f { signal("KILLL"); }',
  good: 'kprobe:f { signal("KILL"); }',
  exampleVersion: '0.17.0',
  exampleUnsafe: true,
  message: ({ problem }) => `${problem}.`,
  fixes: ({ span, data, source }) => {
    const [word] = /^\w+(?= is not a valid signal)/.exec(data.problem) ?? []
    return word === undefined ? [] : didYouMeanWithin(span, word, source, signalNames(word))
  },
})
