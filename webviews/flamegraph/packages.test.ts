import { expect, test } from 'vitest'
import { foldedGraph } from '../../test/folded-graph.ts'
import { packageOf, rankPackages } from './packages.ts'

test.each([
  ['github.com/a/b.(*T).M', '/src/b.go', '', 'github.com/a/b'],
  ['runtime.mallocgc', '/go/src/runtime/malloc.go', '/app/bin', 'runtime'],
  ['processTicksAndRejections', 'node:internal/process/task_queues', '', 'node'],
  ['parse', '/app/node_modules/@scope/pkg/lib/x.js', '', '@scope/pkg'],
  ['handler.run', '/app/src/server.js', '', 'src'],
  ['fit', '/usr/lib/python3/dist-packages/numpy/core.py', '', 'numpy'],
  ['std::vector<int>::push_back', '', '/usr/lib/libfoo.so', 'std'],
  ['main', '/src/app/main.c', '/usr/bin/app', 'app'],
  ['[libc.so.6]', '', '/lib/libc.so.6', 'libc.so.6'],
  ['log@@GLIBC_2.29', '', '/lib/libm.so.6', 'libm.so.6'],
  ['<unknown>', '', '', ''],
])('%s (%s) belongs to its package', (name, file, mapping, expected) => {
  expect(packageOf({ name, file, line: 0, mapping })).toBe(expected)
})

test('packages are ranked by what they spend themselves; known ones keep their rank', () => {
  const graph = foldedGraph('a.f;b.g 5', 'a.f 2', 'c.h 9')
  expect(rankPackages(graph).names).toEqual(['c', 'b', 'a'])
  expect(rankPackages(graph, ['a', 'z']).names).toEqual(['a', 'z', 'c', 'b'])
})
