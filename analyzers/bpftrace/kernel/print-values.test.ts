import { describe, expect, test } from 'vitest'
import { printedValues } from './print-values.ts'

const states =
  '"old=%s new=%s", __print_symbolic(REC->old, { 1, "ESTABLISHED" }, { 2, "SYN, SENT" }), __print_symbolic(REC->new, { 7, "CLOSE" })'

describe('values in the format that the kernel prints an event with', () => {
  test('of each field its own', () => {
    expect(printedValues(states, 'old')).toEqual({
      kind: 'one',
      values: [
        { value: '1', name: 'ESTABLISHED' },
        { value: '2', name: 'SYN, SENT' },
      ],
    })
    expect(printedValues(states, 'new')?.values).toEqual([{ value: '7', name: 'CLOSE' }])
  })

  test('flags are told from single values, masks and casts are seen through', () => {
    const print = '"%s", (REC->state & 3) ? __print_flags((long)REC->state & ((4) - 1), "|", { 0x01UL, "S" }) : "R"'
    expect(printedValues(print, 'state')).toEqual({ kind: 'flags', values: [{ value: '0x1', name: 'S' }] })
  })

  test('what the kernel computes has its name alone', () => {
    const print = '"%s", __print_flags(REC->gfp, "|", {( unsigned long)((1UL) << (10)), "GFP_ATOMIC"})'
    expect(printedValues(print, 'gfp')?.values).toEqual([{ value: '', name: 'GFP_ATOMIC' }])
  })

  test.each([
    ['a field printed as a number', '"%d", REC->old'],
    ['a part shifted out of the field', '"%s", __print_symbolic(REC->old >> 13, { 1, "a" })'],
    ['a text that ends early', '"%s", __print_symbolic(REC->old, { 1, "a" '],
  ])('none for %s', (_, print) => {
    expect(printedValues(print, 'old')).toBeUndefined()
  })
})
