import { eventWords } from '../spelling/words.ts'
import { defineDiagnostic } from './define.ts'
import { didYouMeanWithin } from './fixes.ts'

export default defineDiagnostic<{ readonly event: string; readonly provider: string }>({
  code: 'event-unknown',
  severity: 'error',
  title: 'Unit, event or iterator that does not exist',
  docs: 'Timers take the units s, ms, us and hz; software and hardware probes the events that the kernel counts; iter the iterators it has.',
  bad: 'interval:min:5 { }',
  good: 'interval:s:5 { }',
  message: ({ event, provider }) => `${provider} does not know "${event}".`,
  fixes: ({ span, data, source, words }) =>
    didYouMeanWithin(span, data.event, source, eventWords(words, data.provider)),
})
