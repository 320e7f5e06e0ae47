/**
 * What one run of a probe's program costs, in nanoseconds, and how many messages it sends to user space: a walk over the
 * tree that adds up the measured costs of its operations. Branches count by how often they are likely to be taken.
 *
 * What a statement costs is a sum that depends on types in some of its terms only. The sum is kept with the statement,
 * which an edited program has in common with the one before, and the sizes are asked for each time.
 */
import type { ProgramContext, TypeFacts } from '../program-context.ts'
import type { Assignment, Block, Call, Expression, Node, Probe, Statement } from '../syntax/ast.ts'
import { children } from '../syntax/visit.ts'
import { sizeOf } from '../types/size.ts'
import { share } from './condition-share.ts'
import { builtinNs, callNs, operationNs, PROGRAM_NS } from './operation-costs.ts'

export interface ProgramCost {
  /** Average of one event, predicate included. */
  readonly ns: number
  /** Messages for user space in one event, on average. */
  readonly messages: number
  /** Share of events that pass the predicate. */
  readonly passing: number
}

/** What is known of a cost without types, and what each size adds to its nanoseconds. */
interface Cost {
  ns: number
  messages: number
  readonly bySize: SizeTerm[]
}

/** `perByte` for each byte of a value, or with `other` for each that a comparison of two texts looks at. */
interface SizeTerm {
  readonly node: Node
  readonly other: Node | undefined
  readonly perByte: number
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
/** Of what nobody knows. */
const WORD = 8
const MANY_PARTS = 3
const HALF = 0.5

export function programCost(context: ProgramContext, { predicate, body }: Probe): ProgramCost {
  const { source } = context.tree
  const passing = predicate === null ? 1 : share(source, predicate.condition)
  const before = predicate === null ? 0 : nsOf(context, expressionCost(source, predicate.condition))
  const costs = body.statements.map((statement) => statementCost(source, statement))
  if (body.result !== null) costs.push(expressionCost(source, body.result))
  let ns = 0
  let messages = 0
  for (const cost of costs) {
    ns += nsOf(context, cost)
    messages += cost.messages
  }
  return { ns: PROGRAM_NS + before + passing * ns, messages: passing * messages, passing }
}

function nsOf({ types }: ProgramContext, cost: Cost): number {
  let { ns } = cost
  for (const { node, other, perByte } of cost.bySize) {
    ns += perByte * (other === undefined ? bytesOf(types, node) : comparedBytes(types, node, other))
  }
  return ns
}

function bytesOf(types: TypeFacts, node: Node): number {
  const type = types.typeOf(node)
  return type === undefined ? WORD : sizeOf(type) || WORD
}

function comparedBytes(types: TypeFacts, left: Node, right: Node): number {
  const bytes = textBytes(types, left)
  return bytes === 0 ? 0 : Math.min(bytes, textBytes(types, right) || Infinity)
}

function textBytes(types: TypeFacts, node: Node): number {
  if (node.kind === 'StringLiteral') return node.value.length + 1
  const type = types.typeOf(node)
  return type?.kind === 'string' ? type.size : 0
}

const known = new WeakMap<Statement, Cost>()

function statementCost(source: string, statement: Statement): Cost {
  const found = known.get(statement)
  if (found !== undefined) return found
  const walker = new CostWalker(source)
  walker.statement(statement, once)
  // A list that has grown has room for more, and there are thousands of these.
  const cost = { ...walker.cost, bySize: walker.cost.bySize.slice() }
  known.set(statement, cost)
  return cost
}

function expressionCost(source: string, expression: Expression): Cost {
  const walker = new CostWalker(source)
  walker.expression(expression, once)
  return walker.cost
}

/** How often a piece of program runs, on average, and whether what it sends counts. */
interface Runs {
  readonly times: number
  readonly sends: boolean
}

const once: Runs = { times: 1, sends: true }
const often = (factor: number, { times, sends }: Runs): Runs => ({ times: times * factor, sends })

class CostWalker {
  readonly cost: Cost = { ns: 0, messages: 0, bySize: [] }
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  statement(statement: Statement, runs: Runs): void {
    switch (statement.kind) {
      case 'ExpressionStatement':
        this.expression(statement.expression, runs)
        break
      case 'Assignment':
        this.#assignment(statement, runs)
        break
      case 'VariableDeclaration':
      case 'Jump':
        if (statement.value !== null) this.expression(statement.value, runs)
        break
      case 'Discard':
        this.expression(statement.value, runs)
        break
      case 'While': {
        const rounds = often(UNKNOWN_ROUNDS, runs)
        this.expression(statement.condition, rounds)
        this.#block(statement.body, rounds)
        break
      }
      case 'Unroll':
        this.#block(statement.body, often(literal(statement.count) ?? UNKNOWN_ROUNDS, runs))
        break
      case 'For':
        this.#block(statement.body, often(roundsOver(statement.iterable), runs))
        break
      default:
    }
  }

  #assignment({ target, operator, value }: Assignment, runs: Runs): void {
    const isMap = target.kind === 'MapAccess' || target.kind === 'MapReference'
    if (value.kind === 'Call' && aggregates.has(value.callee.text)) this.#add(operationNs.aggregate, runs)
    else if (isMap) {
      this.#add(operationNs.mapWrite, runs)
      if (operator !== '=') this.#add(operationNs.mapRead, runs)
      this.#addForSize(value, operationNs.valueByte, runs)
    } else this.#add(operationNs.arithmetic, runs)
    if (target.kind === 'MapAccess' && target.keys.length >= MANY_PARTS) this.#add(operationNs.manyPartKey, runs)
    this.#keys(target, runs)
    this.expression(value, runs)
  }

  #block(block: Block, runs: Runs): void {
    for (const statement of block.statements) this.statement(statement, runs)
    if (block.result !== null) this.expression(block.result, runs)
  }

  expression(node: Node, runs: Runs): void {
    switch (node.kind) {
      case 'If': {
        const taken = share(this.#source, node.condition)
        this.expression(node.condition, runs)
        this.#block(node.consequent, often(taken, runs))
        if (node.alternate !== null && node.alternate.kind !== 'Missing') {
          this.expression(node.alternate, often(1 - taken, runs))
        }
        break
      }
      case 'Block':
        this.#block(node, runs)
        break
      case 'Conditional': {
        this.expression(node.condition, runs)
        const branch = often(HALF, runs)
        if (node.consequent !== null) this.expression(node.consequent, branch)
        this.expression(node.alternate, branch)
        break
      }
      case 'Call':
        this.#call(node, runs)
        break
      case 'MapAccess':
        this.#add(operationNs.mapRead, runs)
        this.#keys(node, runs)
        break
      case 'MapReference':
        this.#add(operationNs.mapRead, runs)
        break
      case 'Update': {
        const isMap = node.operand.kind === 'MapAccess' || node.operand.kind === 'MapReference'
        this.#add(isMap ? operationNs.mapRead + operationNs.mapWrite : operationNs.arithmetic, runs)
        if (isMap) this.#keys(node.operand, runs)
        break
      }
      case 'Identifier':
        this.#add(builtinNs.get(node.name) ?? operationNs.arithmetic, runs)
        break
      case 'FieldAccess':
        this.#add(isContext(node.object) ? operationNs.contextRead : operationNs.kernelRead, runs)
        this.expression(node.object, runs)
        break
      case 'Binary':
        this.#add(operationNs.arithmetic, runs)
        // What is compared with a number is one.
        if (node.left.kind !== 'IntegerLiteral' && node.right.kind !== 'IntegerLiteral') {
          this.#addForSize(node.left, operationNs.stringCompareByte, runs, node.right)
        }
        this.expression(node.left, runs)
        this.expression(node.right, runs)
        break
      default:
        this.#add(operationNs.arithmetic, runs)
        for (const child of children(node)) this.expression(child, runs)
    }
  }

  #call(call: Call, runs: Runs): void {
    const name = call.callee.text
    this.#add(callNs.get(name) ?? (aggregates.has(name) ? 0 : operationNs.arithmetic), runs)
    if (name === 'delete') this.#add(operationNs.mapDelete, runs)
    if (messageCalls.has(name) && runs.sends) this.cost.messages += runs.times
    for (const argument of call.arguments) {
      // A map that is printed, cleared or deleted from is not read here.
      if (argument.kind === 'MapReference') continue
      if (name === 'delete' && argument.kind === 'MapAccess') this.#keys(argument, runs)
      else this.expression(argument, runs)
    }
  }

  /** Computing, hashing and comparing a map's key. */
  #keys(target: Node, { times }: Runs): void {
    if (target.kind !== 'MapAccess') return
    const runs = { times, sends: false }
    for (const key of target.keys) {
      this.expression(key, runs)
      this.#addForSize(key, operationNs.keyByte, runs)
    }
  }

  #add(ns: number, { times }: Runs): void {
    this.cost.ns += ns * times
  }

  #addForSize(node: Node, nsPerByte: number, { times }: Runs, other?: Node): void {
    this.cost.bySize.push({ node, other, perByte: nsPerByte * times })
  }
}

function isContext(node: Node): boolean {
  return node.kind === 'Identifier' && (node.name === 'args' || node.name === 'ctx')
}

function roundsOver(iterable: Expression): number {
  if (iterable.kind === 'MapReference') return MAP_ROUNDS
  if (iterable.kind !== 'Range') return UNKNOWN_ROUNDS
  const [start, end] = [literal(iterable.start), literal(iterable.end)]
  return start === undefined || end === undefined ? UNKNOWN_ROUNDS : Math.max(end - start, 0)
}

function literal(node: Expression): number | undefined {
  if (node.kind === 'Parenthesized') return literal(node.expression)
  return node.kind === 'IntegerLiteral' && node.value !== null ? Number(node.value) : undefined
}
