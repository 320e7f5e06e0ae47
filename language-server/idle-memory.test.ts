import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createIdleMemory } from './idle-memory.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function heapOf(megabytes: number): void {
  vi.spyOn(process, 'memoryUsage').mockReturnValue({ ...process.memoryUsage(), heapTotal: megabytes * 1024 * 1024 })
}

test('memory is collected when nothing was asked for a while, and not before', () => {
  const collect = vi.fn()
  const idle = createIdleMemory(collect)
  heapOf(100)
  for (let key = 0; key < 10; key++) {
    idle.touch()
    vi.advanceTimersByTime(500)
  }
  expect(collect).not.toHaveBeenCalled()
  vi.advanceTimersByTime(2000)
  expect(collect).toHaveBeenCalledTimes(1)
})

test('it is collected again only when the heap has grown', () => {
  const collect = vi.fn()
  const idle = createIdleMemory(collect)
  heapOf(100)
  idle.touch()
  vi.advanceTimersByTime(2000)
  heapOf(105)
  idle.touch()
  vi.advanceTimersByTime(2000)
  expect(collect).toHaveBeenCalledTimes(1)
  heapOf(200)
  idle.touch()
  vi.advanceTimersByTime(2000)
  expect(collect).toHaveBeenCalledTimes(2)
})

test('after the end nothing is collected', () => {
  const collect = vi.fn()
  const idle = createIdleMemory(collect)
  heapOf(100)
  idle.touch()
  idle.stop()
  vi.advanceTimersByTime(5000)
  expect(collect).not.toHaveBeenCalled()
})
