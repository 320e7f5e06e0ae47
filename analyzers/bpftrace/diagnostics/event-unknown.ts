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
    const unit =
      place && isTimer(provider) ? unitMeant(event, usualUnits(provider, source.slice(place.end))) : undefined
    if (place && unit !== undefined) return replace(place, unit)
    return didYouMeanWithin(span, event, source, eventWords(words, provider))
  },
})

/** As people write them out. */
const written: readonly (readonly [RegExp, string])[] = [
  [/^sec(?:ond)?s?$/i, 's'],
  [/^(?:msec|milli(?:sec(?:ond)?)?)s?$/i, 'ms'],
  [/^(?:usec|micro(?:sec(?:ond)?)?)s?$/i, 'us'],
  [/^hertz$/i, 'hz'],
]

const isTimer = (provider: string) => provider === 'interval' || provider === 'profile'

/** Rates are chosen so that samples do not keep step with what else happens a hundred or a thousand times a second. */
const rates = /^:(?:49|97|99|197|199|497|499|997|999|1997|1999|4999)\b/

/** Of units that are equally near the more usual one was meant. */
function usualUnits(provider: string, behind: string): readonly string[] {
  return provider === 'profile' || rates.test(behind) ? ['hz', 'ms', 's', 'us'] : ['s', 'ms', 'us', 'hz']
}

const unitMeant = (event: string, units: readonly string[]): string | undefined =>
  written.find(([spelling]) => spelling.test(event))?.[1] ?? nearest(event, units, { few: true, common: units })?.name
