import { expect, test } from 'vitest'
import { baseTypeOf, detectProfileType, isProfileType } from './profile-type.ts'

const heap = ['alloc_objects', 'alloc_space', 'inuse_objects', 'inuse_space']

test.each([
  [['samples', 'cpu'], 'anything', 'cpu'],
  [['samples', 'cpu'], 'heap.pprof', 'cpu'],
  [heap, 'profile.pb.gz', 'heap'],
  [heap, 'allocs.pprof', 'allocs'],
  [heap, 'delta-heap.pprof', 'heap_delta'],
  [['contentions', 'delay'], 'x.pb.gz', 'mutex'],
  [['contentions', 'delay'], 'block.pprof', 'block'],
  [['contentions', 'delay'], 'mutex_delta.pprof', 'mutex_delta'],
  [['goroutine'], 'x', 'goroutine'],
  [['threadcreate'], 'x', 'threadcreate'],
  [['sample', 'wall'], 'x', 'wall'],
  [['objects', 'space'], 'x', 'heap'],
  [['samples'], 'x.folded', 'cpu'],
  [['samples'], 'offcpu.folded', 'off_cpu'],
  [['apples'], 'x', 'unknown'],
  [[], '', 'unknown'],
])('%j named %s is %s', (types, fileName, expected) => {
  const sampleTypes = types.map((type) => ({ type, unit: 'count' }))
  expect(detectProfileType({ sampleTypes, fileName })).toBe(expected)
})

test('the default sample type of a Go heap profile decides between heap and allocs', () => {
  const sampleTypes = heap.map((type) => ({ type, unit: 'bytes' }))
  expect(detectProfileType({ sampleTypes, defaultSampleType: 'alloc_space' })).toBe('allocs')
  expect(detectProfileType({ sampleTypes, defaultSampleType: 'inuse_space', fileName: 'a.pprof' })).toBe('heap')
})

test('the vocabulary is closed', () => {
  expect(isProfileType('cpu_delta')).toBe(true)
  expect(isProfileType('goroutines')).toBe(false)
  expect(baseTypeOf('off_cpu_delta')).toBe('off_cpu')
})
