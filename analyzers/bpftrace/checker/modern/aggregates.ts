/** The functions whose result lives in a map, and how a message shows their use. */
import type { AggregateName } from '../../types/type.ts'

export const aggregateFunctions: ReadonlySet<string> = new Set([
  'count',
  'sum',
  'min',
  'max',
  'avg',
  'stats',
  'hist',
  'lhist',
  'tseries',
])

export const isAggregateFunction = (name: string): name is AggregateName => aggregateFunctions.has(name)

export const aggregateHints: Readonly<Record<AggregateName, string>> = {
  count: 'count()',
  sum: 'sum(retval)',
  min: 'min(retval)',
  max: 'max(retval)',
  avg: 'avg(retval)',
  stats: 'stats(arg2)',
  hist: 'hist(retval)',
  lhist: 'lhist(retval, 0, 100, 10)',
  tseries: 'tseries(retval, 10s, 1)',
}

/** Functions whose first argument is a map as a whole. */
export const wholeMapFunctions: ReadonlySet<string> = new Set(['print', 'clear', 'zero', 'len', 'is_scalar'])
