import { nearest } from '../spelling/nearest.ts'
import { eventWords } from '../spelling/words.ts'
import { defineDiagnostic } from './define.ts'
import { didYouMeanWithin, placeOf, replace } from './fixes.ts'

export default defineDiagnostic<{ readonly event: string; readonly provider: string }>({
  code: 'event-unknown',
  severity: 'error',
  title: 'Unit, event or iterator that does not exist',
  docs: 'Timers take the units s, ms, us and hz; software and hardware probes the events that the kernel counts; iter the iterators it has.',
  bad: 'interval:min:5 { }',
  good: 'interval:s:5 { }',
  message: ({ event, provider }) => `${provider} does not know "${event}".`,
  fixes({ span, data: { event, provider }, source, words }) {
    const place = placeOf(event, span, source)
    const unit = provider === 'interval' || provider === 'profile' ? unitMeant(event) : undefined
    if (place && unit !== undefined) return replace(place, unit)
    return didYouMeanWithin(span, event, source, eventWords(words, provider))
  },
})

const units = ['s', 'ms', 'us', 'hz']
/** As people write them out. */
const written: readonly (readonly [RegExp, string])[] = [
  [/^sec(?:ond)?s?$/i, 's'],
  [/^(?:msec|milli(?:sec(?:ond)?)?)s?$/i, 'ms'],
  [/^(?:usec|micro(?:sec(?:ond)?)?)s?$/i, 'us'],
  [/^hertz$/i, 'hz'],
]

const unitMeant = (event: string): string | undefined =>
  written.find(([spelling]) => spelling.test(event))?.[1] ?? nearest(event, units, { few: true })?.name
