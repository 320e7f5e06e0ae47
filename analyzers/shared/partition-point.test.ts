import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partitionPoint } from './partition-point.ts'

test('is where a sorted list stops being before a value', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (values, value) => {
      const sorted = values.toSorted((a, b) => a - b)
      const point = partitionPoint(sorted.length, (index) => (sorted[index] ?? 0) < value)
      expect(point).toBe(sorted.filter((each) => each < value).length)
    }),
  )
})
