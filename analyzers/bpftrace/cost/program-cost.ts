/**
 * What one run of a probe's program costs, in nanoseconds, and how many messages it sends to user space: a walk over the
 * tree that adds up the measured costs of its operations. Branches count by how often they are likely to be taken.
 */
import type { ProgramContext } from '../program-context.ts'
import type { Block, Call, Expression, Node, Probe, Statement } from '../syntax/ast.ts'
import { children } from '../syntax/visit.ts'
import { sizeOf } from '../types/size.ts'
import { builtinNs, callNs, operationNs, PROGRAM_NS, selectivities, UNKNOWN_SHARE } from './operation-costs.ts'

export interface ProgramCost {
  /** Average of one event, predicate included. */
  readonly ns: number
  /** Messages for user space in one event, on average. */
  readonly messages: number
  /** Share of events that pass the predicate. */
  readonly passing: number
}

interface Cost {
  ns: number
  messages: number
}

const aggregates = new Set(['count', 'sum', 'min', 'max', 'avg', 'stats', 'hist', 'lhist', 'tseries'])
const messageCalls = new Set([
  'printf',
  'errorf',
  'warnf',
  'print',
  'cat',
  'time',
  'system',
  'join',
  'clear',
  'zero',
  'exit',
])

/** Rounds of a loop whose bound is not written in the program. */
const UNKNOWN_ROUNDS = 20
/** Entries of a map that a loop meets: a small share of its maximum. */
const MAP_ROUNDS = 100
const MANY_PARTS = 3
const HALF = 0.5

export function programCost(context: ProgramContext, probe: Probe): ProgramCost {
  const walker = new CostWalker(context)
  const predicate = probe.predicate === null ? { ns: 0, messages: 0 } : walker.expression(probe.predicate.condition)
  const passing = probe.predicate === null ? 1 : share(context.tree.source, probe.predicate.condition)
  const body = walker.block(probe.body)
  return {
    ns: PROGRAM_NS + predicate.ns + passing * body.ns,
    messages: passing * body.messages,
    passing,
  }
}

/** Which share of events a condition lets through, by how it is written. */
export function share(source: string, condition: Expression): number {
  switch (condition.kind) {
    case 'Parenthesized':
      return share(source, condition.expression)
    case 'Unary':
      return condition.operator === '!' && condition.operand.kind !== 'MapAccess'
        ? 1 - share(source, condition.operand)
        : HALF
    case 'Binary':
      if (condition.operator === '&&') return share(source, condition.left) * share(source, condition.right)
      if (condition.operator === '||') {
        return Math.min(1, share(source, condition.left) + share(source, condition.right))
      }
      break
    case 'IntegerLiteral':
      return condition.value === 0n ? 0 : 1
    default:
  }
  const text = source.slice(condition.span.start, condition.span.end)
  return selectivities.find(({ pattern }) => pattern.test(text))?.share ?? UNKNOWN_SHARE
}

class CostWalker {
  private readonly context: ProgramContext

  constructor(context: ProgramContext) {
    this.context = context
  }

  block(block: Block): Cost {
    const total = sum(block.statements.map((statement) => this.statement(statement)))
    return block.result === null ? total : sum([total, this.expression(block.result)])
  }

  private statement(statement: Statement): Cost {
    switch (statement.kind) {
      case 'ExpressionStatement':
        return this.expression(statement.expression)
      case 'Assignment': {
        const { target, value } = statement
        const isAggregate = value.kind === 'Call' && aggregates.has(value.callee.text)
        const map = target.kind === 'MapAccess' || target.kind === 'MapReference'
        const write = isAggregate ? operationNs.aggregate : map ? operationNs.mapWrite : operationNs.arithmetic
        const read = map && !isAggregate && statement.operator !== '=' ? operationNs.mapRead : 0
        const copied = map && !isAggregate ? this.size(value) * operationNs.valueByte : 0
        const made = target.kind === 'MapAccess' && target.keys.length >= MANY_PARTS ? operationNs.manyPartKey : 0
        return sum([{ ns: write + made + read + copied + this.keys(target), messages: 0 }, this.expression(value)])
      }
      case 'VariableDeclaration':
        return statement.value === null ? nothing : this.expression(statement.value)
      case 'Discard':
        return this.expression(statement.value)
      case 'Jump':
        return statement.value === null ? nothing : this.expression(statement.value)
      case 'While':
        return times(UNKNOWN_ROUNDS, sum([this.expression(statement.condition), this.block(statement.body)]))
      case 'Unroll':
        return times(literal(statement.count) ?? UNKNOWN_ROUNDS, this.block(statement.body))
      case 'For':
        return times(this.rounds(statement.iterable), this.block(statement.body))
      default:
        return nothing
    }
  }

  private rounds(iterable: Expression): number {
    if (iterable.kind === 'MapReference') return MAP_ROUNDS
    if (iterable.kind !== 'Range') return UNKNOWN_ROUNDS
    const [start, end] = [literal(iterable.start), literal(iterable.end)]
    return start === undefined || end === undefined ? UNKNOWN_ROUNDS : Math.max(end - start, 0)
  }

  expression(node: Node): Cost {
    switch (node.kind) {
      case 'If': {
        const taken = share(this.context.tree.source, node.condition)
        const otherwise =
          node.alternate === null || node.alternate.kind === 'Missing' ? nothing : this.expression(node.alternate)
        return sum([
          this.expression(node.condition),
          times(taken, this.block(node.consequent)),
          times(1 - taken, otherwise),
        ])
      }
      case 'Block':
        return this.block(node)
      case 'Conditional':
        return sum([
          this.expression(node.condition),
          times(HALF, node.consequent === null ? nothing : this.expression(node.consequent)),
          times(HALF, this.expression(node.alternate)),
        ])
      case 'Call':
        return this.call(node)
      case 'MapAccess':
        return { ns: operationNs.mapRead + this.keys(node), messages: 0 }
      case 'MapReference':
        return { ns: operationNs.mapRead, messages: 0 }
      case 'Update': {
        const map = node.operand.kind === 'MapAccess' || node.operand.kind === 'MapReference'
        return {
          ns: map ? operationNs.mapRead + operationNs.mapWrite + this.keys(node.operand) : operationNs.arithmetic,
          messages: 0,
        }
      }
      case 'Identifier':
        return { ns: builtinNs[node.name] ?? operationNs.arithmetic, messages: 0 }
      case 'FieldAccess':
        return sum([
          { ns: this.isContext(node.object) ? operationNs.contextRead : operationNs.kernelRead, messages: 0 },
          this.expression(node.object),
        ])
      case 'Binary': {
        const compared = Math.min(this.stringSize(node.left), this.stringSize(node.right) || Infinity)
        return sum([
          { ns: operationNs.arithmetic + compared * operationNs.stringCompareByte, messages: 0 },
          this.expression(node.left),
          this.expression(node.right),
        ])
      }
      default:
        return sum([
          { ns: operationNs.arithmetic, messages: 0 },
          ...children(node).map((child) => this.expression(child)),
        ])
    }
  }

  private call(call: Call): Cost {
    const name = call.callee.text
    const own = callNs[name] ?? (aggregates.has(name) ? 0 : operationNs.arithmetic)
    const deletes = name === 'delete' ? operationNs.mapDelete : 0
    const fired = messageCalls.has(name) ? 1 : 0
    // A map that is printed, cleared or deleted from is not read here.
    const read = call.arguments.filter((each) => each.kind !== 'MapReference')
    const parts = read.map((each) =>
      name === 'delete' && each.kind === 'MapAccess' ? { ns: this.keys(each), messages: 0 } : this.expression(each),
    )
    return sum([{ ns: own + deletes, messages: fired }, ...parts])
  }

  /** Computing, hashing and comparing a map's key. */
  private keys(target: Node): number {
    if (target.kind !== 'MapAccess') return 0
    return target.keys.reduce((total, key) => total + this.expression(key).ns + this.size(key) * operationNs.keyByte, 0)
  }

  private size(node: Node): number {
    const type = this.context.types.typeOf(node)
    return type === undefined ? 8 : sizeOf(type) || 8
  }

  private stringSize(node: Node): number {
    if (node.kind === 'StringLiteral') return node.value.length + 1
    const type = this.context.types.typeOf(node)
    return type?.kind === 'string' ? type.size : 0
  }

  private isContext(node: Node): boolean {
    return node.kind === 'Identifier' && (node.name === 'args' || node.name === 'ctx')
  }
}

const nothing: Cost = { ns: 0, messages: 0 }

function sum(costs: readonly Cost[]): Cost {
  const total = { ns: 0, messages: 0 }
  for (const cost of costs) {
    total.ns += cost.ns
    total.messages += cost.messages
  }
  return total
}

function times(factor: number, cost: Cost): Cost {
  return { ns: cost.ns * factor, messages: cost.messages * factor }
}

function literal(node: Expression): number | undefined {
  if (node.kind === 'Parenthesized') return literal(node.expression)
  return node.kind === 'IntegerLiteral' && node.value !== null ? Number(node.value) : undefined
}
