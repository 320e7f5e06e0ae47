import fc from 'fast-check'
import { expect, test } from 'vitest'
import { initialState, readSavedState, type SavedState } from './saved-state.ts'

test('what was saved is read as it was', () => {
  const saved: SavedState = {
    sampleIndex: 2,
    mode: 'table',
    query: 'x',
    package: 'fmt',
    isFlipped: true,
    filters: { ...initialState.filters, focus: 'parse', tagFocus: 'tenant=a' },
    showsFilters: true,
    isNormalized: true,
    sorting: { column: 'name', isDescending: false },
    viewport: { left: 0.1, span: 0.2, top: 30 },
    focused: 4,
    zoomed: 3,
    functionName: 'f',
  }
  expect(readSavedState(JSON.parse(JSON.stringify(saved)))).toEqual(saved)
})

test('nothing, and anything else, gives a state that can be shown', () => {
  expect(readSavedState(undefined)).toEqual(initialState)
  fc.assert(
    fc.property(fc.anything(), (any) => {
      const state = readSavedState(any)
      expect(Object.keys(state)).toEqual(Object.keys(initialState))
      expect(Number.isFinite(state.viewport.span)).toBe(true)
    }),
  )
})
