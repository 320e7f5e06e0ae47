import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Node } from './ast.ts'
import { parse } from './parse.ts'
import { children, walk } from './visit.ts'

const source = readFileSync(path.join(import.meta.dirname, '../../../test/fixtures/grammar/language.bt'), 'utf8')

/** What a walk is: parents first, children in order, nothing below a node that is skipped. */
function recursive(node: Node, enter: (node: Node) => unknown): void {
  if (enter(node) === false) return
  for (const child of children(node)) recursive(child, enter)
}

function visited(visit: typeof walk, root: Node, skip: (node: Node) => boolean): Node[] {
  const nodes: Node[] = []
  visit(root, (node) => {
    nodes.push(node)
    return !skip(node)
  })
  return nodes
}

test('a walk meets the nodes in order and skips what it is told to, from any root and again', () => {
  const { program } = parse(source)
  const roots = visited(recursive, program, () => false)
  fc.assert(
    fc.property(fc.nat(roots.length - 1), fc.func(fc.integer({ min: 0, max: 3 })), (index, choose) => {
      const root = roots[index]
      if (!root) return
      const skip = (node: Node) => choose(node.span.start, node.kind) === 0
      const expected = visited(recursive, root, skip)
      expect(visited(walk, root, skip)).toEqual(expected)
      expect(visited(walk, root, skip)).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('depth costs heap, not stack', () => {
  const deep = `BEGIN { print(${'-'.repeat(20_000)}1); }`
  let count = 0
  walk(parse(deep).program, () => {
    count++
  })
  expect(count).toBeGreaterThan(0)
})
