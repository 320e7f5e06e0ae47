import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ProgressNotification, progressReporter } from './progress.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function recorder() {
  const sent: ProgressNotification[] = []
  const reporter = progressReporter(async (progress) => {
    sent.push(progress)
  })
  return { sent, reporter }
}

test('values rise: what does not is left out', () => {
  const { sent, reporter } = recorder()
  for (const done of [1, 2, 2, 1, 5]) reporter.report({ done, total: 10, message: `at ${done}` })
  reporter.stop()
  expect(sent).toEqual([
    { progress: 1, total: 10, message: 'at 1' },
    { progress: 2, total: 10, message: 'at 2' },
    { progress: 5, total: 10, message: 'at 5' },
  ])
})

test('a silent tool gives a sign of life at least every five seconds, still rising', () => {
  const { sent, reporter } = recorder()
  vi.advanceTimersByTime(10_000)
  reporter.report({ done: 3, message: 'busy' })
  vi.advanceTimersByTime(10_000)
  reporter.stop()
  const values = sent.map((each) => each.progress)
  expect(values.length).toBeGreaterThanOrEqual(5)
  expect(values).toEqual([...new Set(values)].sort((a, b) => a - b))
  expect(sent.at(-1)?.message).toBe('busy')
})

test('nothing is sent after the answer', () => {
  const { sent, reporter } = recorder()
  reporter.stop()
  reporter.report({ done: 1, message: 'late' })
  vi.advanceTimersByTime(60_000)
  expect(sent).toEqual([])
})

test('who did not ask gets nothing, and no timer runs', () => {
  const reporter = progressReporter(undefined)
  reporter.report({ done: 1, message: 'x' })
  expect(vi.getTimerCount()).toBe(0)
  reporter.stop()
})
