import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editedPrograms } from '../../../test/edits.ts'
import type { Node, NodeKind } from './ast.ts'
import { type NodesByKind, nodesIn } from './nodes-by-kind.ts'
import { parse } from './parse.ts'
import { reparse } from './reparse.ts'
import type { SyntaxTree } from './tree.ts'
import { children } from './visit.ts'

const kinds: Readonly<Record<keyof NodesByKind, readonly NodeKind[]>> = {
  assignments: ['Assignment'],
  updates: ['Update'],
  calls: ['Call'],
  identifiers: ['Identifier'],
  variables: ['Variable'],
  mapReferences: ['MapReference'],
  mapAccesses: ['MapAccess'],
  fieldAccesses: ['FieldAccess'],
  blocks: ['Block'],
  conditions: ['If'],
  loops: ['For', 'While', 'Unroll'],
}

const below = (node: Node): readonly Node[] => [node, ...children(node).flatMap(below)]

function expectAll({ program }: SyntaxTree) {
  for (const item of program.items) {
    const lists = Object.values(nodesIn(item))
    const expected = Object.values(kinds).map((names) => below(item).filter(({ kind }) => names.includes(kind)))
    // The same objects, for types are asked for by them.
    expect(lists.map((list) => list.length)).toEqual(expected.map((list) => list.length))
    expect(lists.flat().every((node, i) => node === expected.flat()[i])).toBe(true)
  }
}

test('every node of a kind is in the list of its item, in source order', () => {
  const tree = parse(readFileSync(path.join(import.meta.dirname, '../../../test/fixtures/grammar/language.bt'), 'utf8'))
  const lists = tree.program.items.flatMap((item) => Object.entries(nodesIn(item)))
  expect(new Set(lists.flatMap(([name, list]) => (list.length > 0 ? [name] : [])))).toEqual(new Set(Object.keys(kinds)))
  expectAll(tree)
})

test('an edited program has lists of its own', () => {
  fc.assert(
    fc.property(editedPrograms(4), (versions) => {
      let tree = parse('')
      for (const text of versions) {
        tree = reparse(tree, text)
        expectAll(tree)
      }
    }),
    { numRuns: 60 },
  )
})
