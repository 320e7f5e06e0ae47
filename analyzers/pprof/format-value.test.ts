import { expect, test } from 'vitest'
import { formatPercent, formatValue } from './format-value.ts'

test.each([
  [0, 'nanoseconds', '0 ns'],
  [1, 'nanoseconds', '1 ns'],
  [1_500, 'nanoseconds', '1.5 µs'],
  [999_960_000, 'nanoseconds', '1 s'],
  [5_640_000_000, 'nanoseconds', '5.64 s'],
  [90 * 60e9, 'nanoseconds', '1.5 h'],
  [250, 'milliseconds', '250 ms'],
  [-2_500_000, 'nanoseconds', '-2.5 ms'],
  [512, 'bytes', '512 B'],
  [1536, 'bytes', '1.5 kB'],
  [1_050_430_848, 'bytes', '1,002 MB'],
  [1234, 'count', '1,234'],
  [12, 'widgets', '12 widgets'],
  [2.5, '', '2.5'],
])('%d %s reads %s', (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text)
})

test('separators follow the language', () => {
  expect(formatValue(1_234_567, 'count', 'de')).toBe('1.234.567')
})

test.each([
  [0, 0, '0.00%'],
  [1, 3, '33.3%'],
  [1, 11, '9.09%'],
  [1, 1e6, '<0.01%'],
  [-1, 4, '-25.0%'],
  [5, 5, '100.0%'],
])('%d of %d is %s', (part, whole, text) => {
  expect(formatPercent(part, whole)).toBe(text)
})
