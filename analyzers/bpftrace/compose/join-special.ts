/**
 * One `begin` (or `end`) probe from those of several programs, because a program can have only one: their bodies one
 * after the other, predicates as conditions, variables told apart.
 */
import { applyEdits } from '../apply-edits.ts'
import type { Block, Probe } from '../syntax/ast.ts'
import { isTrivia, type SyntaxTree } from '../syntax/tree.ts'
import { walk } from '../syntax/visit.ts'
import { conflict } from './conflict.ts'
import { clashes, renameEdits } from './names.ts'
import { isSpecial } from './probes.ts'

interface Source {
  readonly tree: SyntaxTree
  readonly probes: readonly Probe[]
}

/** Empty where no program has one. */
export function joinSpecialProbes(sources: readonly Source[], name: 'begin' | 'end'): string {
  const found = sources.flatMap(({ tree, probes }, index) =>
    probes.filter((probe) => isSpecial(probe, name)).map((probe) => ({ tree, probe, number: index + 1 })),
  )
  const [first] = found
  if (first === undefined) return ''
  const returning = found.filter(({ probe }) => hasReturn(probe.body))
  if (returning.length > 0 && found.length > 1 && returning.length > 1) {
    throw conflict(`Several programs return from their \`${name}\` probe, which would end the work of the others.`)
  }
  // What follows a return would not run: its program comes last.
  const ordered = [...found.filter((each) => !returning.includes(each)), ...returning]
  const taken = new Set<string>()
  const bodies = ordered.map(({ tree, probe, number }) => {
    const variables = variablesOf(probe.body)
    const renames = clashes(variables, taken, new Set([...taken, ...variables]), number)
    for (const variable of variables) taken.add(renames.get(variable) ?? variable)
    return bodyText(tree, probe, renames)
  })
  const comments = found.map(({ tree, probe }) => commentsBefore(tree, probe)).filter((text) => text !== '')
  const spelling = first.probe.attachPoints[0]?.text ?? name
  return `${comments.map((text) => `${text}\n`).join('')}${spelling} {\n${bodies.join('\n')}\n}`
}

function bodyText(tree: SyntaxTree, probe: Probe, renames: ReadonlyMap<string, string>): string {
  const source = (node: { readonly span: { readonly start: number; readonly end: number } }) => {
    const edits = renameEdits(probe, renames).filter(
      ({ span }) => span.start >= node.span.start && span.end <= node.span.end,
    )
    const shifted = edits.map(({ span, newText }) => ({
      span: { start: span.start - node.span.start, end: span.end - node.span.start },
      newText,
    }))
    return applyEdits(tree.source.slice(node.span.start, node.span.end), shifted)
  }
  const inner = source(probe.body).slice(1, -1).trim()
  // A last statement may lack its semicolon; a line of its own keeps that out of a comment.
  const closed = endsOpen(tree, probe.body) ? `${inner}\n;` : inner
  return probe.predicate === null ? closed : `if (${source(probe.predicate.condition)}) {\n${closed}\n}`
}

function endsOpen({ tokens, source }: SyntaxTree, body: Block): boolean {
  const last = tokens.slice(body.firstToken + 1, body.lastToken).findLast((token) => !isTrivia(token))
  return last !== undefined && !/^[;}]$/.test(source.slice(last.start, last.end))
}

function hasReturn(body: Block): boolean {
  let found = false
  walk(body, (node) => {
    found ||= node.kind === 'Jump' && node.keyword === 'return'
  })
  return found
}

function variablesOf(body: Block): Set<string> {
  const names = new Set<string>()
  walk(body, (node) => {
    if (node.kind === 'Variable') names.add(node.name)
  })
  return names
}

function commentsBefore(tree: SyntaxTree, probe: Probe): string {
  const index = tree.program.items.indexOf(probe)
  const shebang = tree.tokens[0]?.kind === 'shebang' ? tree.tokens[0].end : 0
  const end = tree.program.items[index - 1]?.span.end ?? shebang
  return tree.source
    .slice(end, probe.span.start)
    .replace(/^\s*;+/, '')
    .trim()
}
