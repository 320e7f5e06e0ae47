/**
 * How many BPF instructions a probe's program has, and how many the kernel's verifier follows when it loads. Estimated
 * from the tree with counts that were taken from programs of 0.27 after loading (`xlated` and `verified_insns` of
 * bpftool and fdinfo): right within a factor of two, which is enough to tell a thousand from a million.
 */
import type { Block, Expression, Node, Probe, Statement } from '../syntax/ast.ts'
import { children } from '../syntax/visit.ts'

/** Since Linux 5.2 for whoever may load tracing programs; before that a program had at most 4096 instructions. */
export const VERIFIED_LIMIT = 1_000_000
export const OLD_PROGRAM_LIMIT = 4096

export interface Instructions {
  /** In the program. */
  readonly loaded: number
  /** That the verifier walks through, branches and rounds of loops included. */
  readonly verified: number
}

const PROLOGUE = 10
const MAP_OPERATION = 50
const CALL = 20
const OTHER = 2
/** Loaded and verified, for every character that a comparison looks at. */
const COMPARED = { loaded: 7, verified: 22 }
const LONG_STRING = 16

const perCall: Readonly<Record<string, number>> = {
  hist: 55,
  lhist: 50,
  count: 15,
  sum: 15,
  avg: 25,
  stats: 25,
  min: 25,
  max: 25,
  printf: 60,
  print: 40,
  kstack: 80,
  ustack: 80,
  str: 20,
}

const nothing: Instructions = { loaded: 0, verified: 0 }

export function instructions(probe: Probe): Instructions {
  const predicate = probe.predicate === null ? nothing : of(probe.predicate.condition)
  return sum([{ loaded: PROLOGUE, verified: PROLOGUE }, predicate, of(probe.body)])
}

function of(node: Node): Instructions {
  const own = ownCost(node)
  const inner = children(node).map(of)
  switch (node.kind) {
    case 'Unroll':
      return repeat(sum(inner), literal(node.count) ?? 1, literal(node.count) ?? 1)
    case 'While':
      return sum([own, repeat(sum(inner), 1, boundOf(node.condition) ?? 1)])
    // The body is a function of its own that the kernel calls: it is verified once.
    case 'For':
      return sum([own, ...inner])
    default:
      return sum([own, ...inner])
  }
}

function ownCost(node: Node): Instructions {
  switch (node.kind) {
    case 'MapReference':
      return same(MAP_OPERATION / 2)
    case 'Assignment':
      return same(node.target.kind === 'MapAccess' || node.target.kind === 'MapReference' ? MAP_OPERATION / 5 : OTHER)
    case 'Call':
      return same(perCall[node.callee.text] ?? CALL)
    case 'For':
      return same(MAP_OPERATION)
    case 'Binary': {
      const length = comparedLength(node.left, node.right)
      return { loaded: OTHER + length * COMPARED.loaded, verified: OTHER + length * COMPARED.verified }
    }
    default:
      return same(OTHER)
  }
}

/** Characters that a comparison with a text goes through; 0 for numbers. */
function comparedLength(left: Expression, right: Expression): number {
  const text = [left, right].find((each) => each.kind === 'StringLiteral')
  return text?.kind === 'StringLiteral' ? Math.min(text.value.length + 1, LONG_STRING) : 0
}

/** Rounds of `while ($i < 100)`, where the bound is written. */
function boundOf(condition: Expression): number | undefined {
  if (condition.kind === 'Parenthesized') return boundOf(condition.expression)
  if (condition.kind !== 'Binary' || !/^(<|<=|!=|>|>=)$/.test(condition.operator)) return undefined
  return literal(condition.right) ?? literal(condition.left)
}

function literal(node: Expression | Block | Statement): number | undefined {
  if (node.kind === 'Parenthesized') return literal(node.expression)
  return node.kind === 'IntegerLiteral' && node.value !== null ? Number(node.value) : undefined
}

const same = (count: number): Instructions => ({ loaded: count, verified: count * 1.1 })

function repeat(one: Instructions, loaded: number, verified: number): Instructions {
  return { loaded: one.loaded * loaded, verified: one.verified * verified }
}

function sum(parts: readonly Instructions[]): Instructions {
  return parts.reduce(
    (total, part) => ({ loaded: total.loaded + part.loaded, verified: total.verified + part.verified }),
    nothing,
  )
}
