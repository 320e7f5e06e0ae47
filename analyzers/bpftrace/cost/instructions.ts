/**
 * How many BPF instructions a probe's program has, and how many the kernel's verifier follows when it loads. Estimated
 * from the tree with counts that were taken from programs of 0.27 after loading (`xlated` and `verified_insns` of
 * bpftool and fdinfo): right within a factor of two, which is enough to tell a thousand from a million.
 */
import type { Block, Expression, Node, Probe, Statement } from '../syntax/ast.ts'
import { walk } from '../syntax/visit.ts'

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

const perCall: ReadonlyMap<string, number> = new Map(
  Object.entries({
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
  }),
)
/** Verified for every one that is loaded. */
const VERIFIED_AGAIN = 1.1

export function instructions({ predicate, body }: Probe): Instructions {
  const parts = body.statements.map(ofStatement)
  if (predicate !== null) parts.push(of(predicate.condition))
  if (body.result !== null) parts.push(of(body.result))
  const total = { loaded: PROLOGUE + OTHER, verified: PROLOGUE + OTHER * VERIFIED_AGAIN }
  for (const part of parts) add(total, part.loaded, part.verified)
  return total
}

/** Most statements of an edited program are those of the one before. */
const known = new WeakMap<Statement, Instructions>()

function ofStatement(statement: Statement): Instructions {
  const found = known.get(statement) ?? of(statement)
  known.set(statement, found)
  return found
}

/** A loop, and how often what is in it counts. */
interface Rounds {
  readonly end: number
  readonly loaded: number
  readonly verified: number
}

function of(root: Node): Instructions {
  const total = { loaded: 0, verified: 0 }
  const open: Rounds[] = []
  walk(root, (node) => {
    while ((open.at(-1)?.end ?? Infinity) <= node.span.start) open.pop()
    const around = open.at(-1) ?? once
    const { end } = node.span
    if (node.kind === 'Unroll') {
      const rounds = literal(node.count) ?? 1
      open.push({ end, loaded: around.loaded * rounds, verified: around.verified * rounds })
      return
    }
    addOwn(total, node, around)
    // The body of a `for` is a function of its own that the kernel calls: it is verified once.
    if (node.kind === 'While') {
      open.push({ end, loaded: around.loaded, verified: around.verified * (boundOf(node.condition) ?? 1) })
    }
  })
  return total
}

const once: Rounds = { end: Infinity, loaded: 1, verified: 1 }

function addOwn(total: Total, node: Node, { loaded, verified }: Rounds): void {
  if (node.kind === 'Binary') {
    const length = comparedLength(node.left, node.right)
    add(total, (OTHER + length * COMPARED.loaded) * loaded, (OTHER + length * COMPARED.verified) * verified)
  } else {
    const count = ownCount(node)
    add(total, count * loaded, count * VERIFIED_AGAIN * verified)
  }
}

interface Total {
  loaded: number
  verified: number
}

function add(total: Total, loaded: number, verified: number): void {
  total.loaded += loaded
  total.verified += verified
}

function ownCount(node: Node): number {
  switch (node.kind) {
    case 'MapReference':
      return MAP_OPERATION / 2
    case 'Assignment':
      return node.target.kind === 'MapAccess' || node.target.kind === 'MapReference' ? MAP_OPERATION / 5 : OTHER
    case 'Call':
      return perCall.get(node.callee.text) ?? CALL
    case 'For':
      return MAP_OPERATION
    default:
      return OTHER
  }
}

/** Characters that a comparison with a text goes through; 0 for numbers. */
function comparedLength(left: Expression, right: Expression): number {
  const text = left.kind === 'StringLiteral' ? left : right
  return text.kind === 'StringLiteral' ? Math.min(text.value.length + 1, LONG_STRING) : 0
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
