/**
 * What a program does, part by part, in plain sentences made from its tree, its types and the catalog: for people who
 * meet a script for the first time and for agents that must say what they are about to run.
 */

import type { Estimate } from './cost/estimate.ts'
import type { Span } from './diagnostic.ts'
import { elided } from './diagnostics/elide.ts'
import { type ProgramContext, probeTypeOf } from './program-context.ts'
import type {
  Assignment,
  AttachPoint,
  Block,
  Call,
  Expression,
  If,
  MapAccess,
  Probe,
  Statement,
  TopLevel,
} from './syntax/ast.ts'
import { formatType } from './types/format.ts'

export interface ExplainedPart {
  readonly span: Span
  readonly text: string
}

/** What an aggregate does with its first argument. */
const aggregates: Readonly<Record<string, (argument: string) => string>> = {
  count: () => 'counts events',
  sum: (value) => `adds up ${value}`,
  min: (value) => `keeps the smallest ${value}`,
  max: (value) => `keeps the largest ${value}`,
  avg: (value) => `averages ${value}`,
  stats: (value) => `keeps count, average and total of ${value}`,
  hist: (value) => `sorts ${value} into a histogram of powers of two`,
  lhist: (value) => `sorts ${value} into a histogram of equal steps`,
  tseries: (value) => `keeps ${value} as a series over time`,
}

const mapCalls: Readonly<Record<string, (map: string, rest: string) => string>> = {
  print(map, rest) {
    const [top, divisor] = rest.split(', ')
    const which = top === undefined || top === '' || top === '`0`' ? map : `the ${top} largest entries of ${map}`
    return `Prints ${which}${divisor === undefined ? '' : `, values divided by ${divisor}`}`
  },
  clear: (map) => `Removes every entry of ${map}`,
  zero: (map) => `Sets every value of ${map} to zero`,
  delete: (map, rest) => `Removes ${rest === '' ? `the entry ${map}` : `the entry ${rest} of ${map}`}`,
}

export function explain(context: ProgramContext, estimate: Estimate): ExplainedPart[] {
  const parts: ExplainedPart[] = []
  const explainer = new Explainer(context, estimate, parts)
  for (const item of context.tree.program.items) explainer.item(item)
  return parts
}

class Explainer {
  private readonly context: ProgramContext
  private readonly estimate: Estimate
  private readonly parts: ExplainedPart[]

  constructor(context: ProgramContext, estimate: Estimate, parts: ExplainedPart[]) {
    this.context = context
    this.estimate = estimate
    this.parts = parts
  }

  item(item: TopLevel): void {
    switch (item.kind) {
      case 'Preprocessor':
        return this.say(item.span, `Preprocessor line for the C parser: ${this.code(item)}.`)
      case 'CDefinition':
        return this.say(item.span, `Defines the C type \`${item.keyword} ${item.name}\`.`)
      case 'Config':
        return this.say(item.span, `Settings: ${item.entries.map((entry) => this.code(entry)).join(', ') || 'none'}.`)
      case 'Import':
        return this.say(item.span, `Takes in another file: ${this.code(item.path)}.`)
      case 'MapDeclaration':
        return this.say(
          item.span,
          `Declares the map \`${item.map.name}\` as \`${item.type.text}\` with at most ${this.code(item.size)} entries.`,
        )
      case 'Macro':
        this.say(
          { start: item.span.start, end: item.body.span.start },
          `Defines the macro \`${item.name.text}\`, which is copied to where it is called.`,
        )
        return this.block(item.body)
      case 'Subprogram':
        this.say(
          { start: item.span.start, end: item.body.span.start },
          `Defines the function \`${item.name.text}\`, which returns ${this.code(item.returns)}.`,
        )
        return this.block(item.body)
      case 'Probe':
        return this.probe(item)
      case 'Error':
        return this.say(item.span, 'This text cannot be read.')
    }
  }

  private probe(probe: Probe): void {
    const points = probe.attachPoints.map((point) => this.attachPoint(point)).join(' ')
    const [first] = probe.attachPoints
    const head = {
      start: first?.span.start ?? probe.span.start,
      end: probe.attachPoints.at(-1)?.span.end ?? probe.span.start,
    }
    this.say(head, points)
    if (probe.predicate !== null) {
      this.say(
        probe.predicate.span,
        `Only when ${this.code(probe.predicate.condition)} holds; every other event ends here.`,
      )
    }
    if (probe.body.statements.length === 0 && probe.body.result === null) this.say(probe.body.span, 'Does nothing.')
    this.block(probe.body)
  }

  private attachPoint(point: AttachPoint): string {
    const entry = probeTypeOf(this.context.catalog, point)
    const load = this.estimate.probes.find((each) => each.load.attachPoint === point)?.load
    const about = entry === undefined ? 'a probe type that is not known' : lowerFirst(firstSentence(entry.description))
    const matches = load?.matches !== undefined && load.matches > 1 ? `; expands to ${load.matches} probes` : ''
    const rate =
      load === undefined || load.eventsPerSecond < 1
        ? ''
        : `; ${load.basis === 'exact' ? '' : 'about '}${new Intl.NumberFormat('en', { notation: 'compact' }).format(load.eventsPerSecond)} events a second${load.what === undefined ? '' : ` (${load.what})`}`
    return `\`${elided(point.text)}\`: ${about}${matches}${rate}.`
  }

  private block(block: Block): void {
    for (const statement of block.statements) this.statement(statement)
    if (block.result !== null) this.expression(block.result, `Gives the value ${this.code(block.result)}.`)
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'Assignment':
        return this.say(statement.span, this.assignment(statement))
      case 'VariableDeclaration': {
        const type = this.type(statement.variable)
        const value = statement.value === null ? '' : `, first ${this.code(statement.value)}`
        return this.say(statement.span, `Declares ${this.code(statement.variable)}${type}${value}.`)
      }
      case 'ExpressionStatement':
        return this.expression(statement.expression, `Evaluates ${this.code(statement.expression)}.`)
      case 'Discard':
        return this.expression(statement.value, `Evaluates ${this.code(statement.value)} and drops the result.`)
      case 'Jump': {
        const text = { break: 'Leaves the loop', continue: 'Goes on with the next round', return: 'Ends here' }[
          statement.keyword
        ]
        return this.say(
          statement.span,
          `${text}${statement.value === null ? '' : ` with ${this.code(statement.value)}`}.`,
        )
      }
      case 'While':
        this.say(statement.condition.span, `Repeats while ${this.code(statement.condition)} holds:`)
        return this.block(statement.body)
      case 'Unroll':
        this.say(statement.count.span, `Repeats ${this.code(statement.count)} times, copied out by the compiler:`)
        return this.block(statement.body)
      case 'For': {
        const over = statement.iterable.kind === 'Range' ? 'each number of' : 'each entry of'
        this.say(
          statement.iterable.span,
          `For ${over} ${this.code(statement.iterable)} as ${this.code(statement.variable)}:`,
        )
        return this.block(statement.body)
      }
      case 'Import':
        return this.say(statement.span, `Takes in another file: ${this.code(statement.path)}.`)
      case 'Error':
        return this.say(statement.span, 'This text cannot be read.')
    }
  }

  private expression(expression: Expression, otherwise: string): void {
    switch (expression.kind) {
      case 'If':
        return this.branch(expression)
      case 'Block':
        return this.block(expression)
      case 'Call':
        return this.say(expression.span, this.call(expression))
      case 'Update': {
        const verb = expression.operator === '++' ? 'Adds one to' : 'Takes one from'
        return this.say(expression.span, `${verb} ${this.code(expression.operand)}.`)
      }
      default:
        return this.say(expression.span, otherwise)
    }
  }

  private branch(branch: If): void {
    this.say(branch.condition.span, `If ${this.code(branch.condition)}:`)
    this.block(branch.consequent)
    if (branch.alternate === null || branch.alternate.kind === 'Missing') return
    const start = branch.consequent.span.end
    this.say({ start, end: branch.alternate.span.start }, 'Otherwise:')
    if (branch.alternate.kind === 'If') this.branch(branch.alternate)
    else this.block(branch.alternate)
  }

  private assignment({ target, operator, value }: Assignment): string {
    const name = value.kind === 'Call' ? value.callee.text : ''
    const aggregate = Object.hasOwn(aggregates, name) ? aggregates[name] : undefined
    if (
      value.kind === 'Call' &&
      aggregate !== undefined &&
      (target.kind === 'MapAccess' || target.kind === 'MapReference')
    ) {
      const [argument] = value.arguments
      const what = aggregate(argument === undefined ? '' : this.code(argument))
      return `${upperFirst(what)} in ${this.mapName(target)}${this.keys(target)}.`
    }
    if (target.kind === 'MapAccess' || target.kind === 'MapReference') {
      if (operator !== '=') return `Changes ${this.code(target)} by \`${operator} ${this.text(value)}\`.`
      if (this.text(value) === 'nsecs') return `Remembers the time in ${this.mapName(target)}${this.keys(target)}.`
      return `Stores ${this.code(value)} in ${this.mapName(target)}${this.keys(target)}.`
    }
    if (operator !== '=') return `Changes ${this.code(target)} by \`${operator} ${this.text(value)}\`.`
    return `Sets ${this.code(target)} to ${this.code(value)}${this.type(target)}.`
  }

  private call(call: Call): string {
    const name = call.callee.text
    const [first, ...rest] = call.arguments
    const mapCall = Object.hasOwn(mapCalls, name) ? mapCalls[name] : undefined
    if (mapCall !== undefined && (first?.kind === 'MapReference' || first?.kind === 'MapAccess')) {
      return `${mapCall(this.code(first), rest.map((each) => this.code(each)).join(', '))}.`
    }
    if (name === 'printf' && first?.kind === 'StringLiteral') {
      const values = rest.map((each) => this.code(each)).join(', ')
      return `Prints ${this.code(first)}${values === '' ? '' : ` with ${values}`}.`
    }
    const entry = this.context.catalog.function(name)
    if (entry === undefined)
      return `Calls \`${name}\` with ${call.arguments.map((each) => this.code(each)).join(', ') || 'nothing'}.`
    return `${this.code(call)}: ${lowerFirst(firstSentence(entry.description))}.`
  }

  private keys(target: Expression): string {
    if (target.kind !== 'MapAccess' || target.keys.length === 0) return ''
    return `, separately for each ${keyList(target)
      .map((key) => this.code(key))
      .join(' and ')}`
  }

  private mapName(target: Expression): string {
    return `\`${target.kind === 'MapAccess' ? target.map.name : this.text(target)}\``
  }

  private type(node: Expression): string {
    const type = this.context.types.typeOf(node)
    return type === undefined || type.kind === 'none' || type.kind === 'unknown' ? '' : ` (${formatType(type)})`
  }

  private text(node: { readonly span: Span }): string {
    return elided(this.context.tree.source.slice(node.span.start, node.span.end).trim()).replace(/\s+/g, ' ')
  }

  private code(node: { readonly span: Span }): string {
    return `\`${this.text(node)}\``
  }

  private say(span: Span, text: string): void {
    this.parts.push({ span, text })
  }
}

function keyList(access: MapAccess): readonly Expression[] {
  const [only] = access.keys
  return access.keys.length === 1 && only?.kind === 'Tuple' ? only.elements : access.keys
}

function firstSentence(text: string): string {
  return (/^.*?[^.]\.(?=\s|$)/s.exec(text)?.[0] ?? text).replace(/\.$/, '').replace(/\s+/g, ' ')
}

/** Only words that are no names: `BPF …` and `PMU …` stay. */
const lowerFirst = (text: string) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
