/** What can be said of calls before any type is known: unsafe functions, places, numbers and literals of arguments. */

import { atLeast } from '../../version.ts'
import { type Provider, programType } from '../attach-points/attach-point.ts'
import type { Environment } from '../environment.ts'
import { entryOf } from '../table.ts'
import { isAggregateFunction, wholeMapFunctions } from './aggregates.ts'
import { argumentCounts } from './argument-counts.ts'
import type { CallExpr, Expr, ProgramIr, Root, Stmt } from './ir.ts'
import { registers } from './registers.ts'
import { visitExpr, visitStmtParts } from './walk.ts'

interface Pass {
  readonly environment: Environment
  root: Root | undefined
  call: string
  argument: number
  readonly visit: (expression: Expr) => void
  readonly visitStatement: (statement: Stmt) => void
}

export function checkCalls(program: ProgramIr, environment: Environment): void {
  const pass: Pass = {
    environment,
    root: undefined,
    call: '',
    argument: -1,
    visit: (expression) => visit(pass, expression),
    visitStatement: (statement) => visitStatement(pass, statement),
  }
  for (const root of [...program.subprograms, ...program.probes]) {
    pass.root = root
    visit(pass, root.body)
  }
}

function visit(pass: Pass, expression: Expr): void {
  switch (expression.kind) {
    case 'call':
      return visitCall(pass, expression)
    case 'string':
      return checkLength(pass, expression)
    case 'identifier':
      return checkNamespace(pass, expression)
    default:
      visitExpr(expression, pass.visit, pass.visitStatement)
  }
}

function visitStatement(pass: Pass, statement: Stmt): void {
  if (statement.kind === 'unroll') {
    const { count } = statement
    const { findings } = pass.environment
    visit(pass, count)
    if (count.kind === 'unknown') return visit(pass, statement.body)
    if (count.kind !== 'integer')
      return findings.report('unroll-count', statement.span, { problem: 'needs a literal number' })
    if (count.value > 100n) findings.report('unroll-count', statement.span, { problem: 'goes up to 100' })
    else if (count.value < 1n) findings.report('unroll-count', statement.span, { problem: 'starts at 1' })
    return visit(pass, statement.body)
  }
  visitStmtParts(statement, pass.visit)
}

function checkLength(pass: Pass, expression: Expr & { kind: 'string' }): void {
  const format = ['printf', 'errorf', 'warnf'].includes(pass.call) && pass.argument === 0
  const limit = pass.environment.settings.maxStringLength
  if (format || pass.call === 'cgroupid' || expression.value.length <= limit - 1) return
  pass.environment.findings.report('string-too-long', expression.span, { limit })
}

function checkNamespace(pass: Pass, expression: Expr & { kind: 'identifier' }): void {
  if (pass.call !== 'pid' && pass.call !== 'tid') return
  if (expression.name === 'curr_ns' || expression.name === 'init') return
  pass.environment.findings.report('namespace-unknown', expression.span, { name: expression.name })
}

function visitCall(pass: Pass, call: CallExpr): void {
  const { environment } = pass
  const { findings } = environment
  if (!environment.unsafe && call.name === 'system') findings.report('unsafe-function', call.span, { name: call.name })
  checkPlace(pass, call)
  if (!checkCount(pass, call)) return
  const outer = pass.call
  pass.call = call.name
  for (const [i, argument] of call.args.entries()) {
    pass.argument = i
    visit(pass, argument)
  }
  pass.call = outer
  pass.argument = -1
  const [first] = call.args
  if (
    wholeMapFunctions.has(call.name) &&
    call.name !== 'print' &&
    first &&
    first.kind !== 'map' &&
    first.kind !== 'unknown'
  ) {
    findings.report('map-argument-expected', first.span, { name: call.name })
  }
  entryOf(literalRules, call.name)?.(pass, call)
}

const registerProbes = new Set<Provider>([
  'kprobe',
  'kretprobe',
  'uprobe',
  'uretprobe',
  'usdt',
  'profile',
  'interval',
  'software',
  'hardware',
  'watchpoint',
  'asyncwatchpoint',
])

export function isAvailable(name: string, provider: Provider): boolean {
  switch (name) {
    case 'reg':
    case 'usermode':
      return registerProbes.has(provider)
    case 'uaddr':
      return provider === 'usdt' || provider === 'uprobe' || provider === 'uretprobe'
    case 'skboutput':
    case 'socket_cookie':
      return programType(provider) === 'tracing'
    default:
      return true
  }
}

function checkPlace(pass: Pass, call: CallExpr): void {
  if (pass.root?.kind !== 'probe') return
  for (const point of pass.root.attachPoints) {
    if (isAvailable(call.name, point.provider)) continue
    pass.environment.findings.report('function-unavailable', call.span, { name: call.name, probe: point.spelled })
  }
}

function checkCount(pass: Pass, call: CallExpr): boolean {
  const limits = argumentCounts.get(call.name)
  if (!limits || call.result) return true
  const [least, most] = limits
  const found = call.args.length - call.injected
  if (isAggregateFunction(call.name) && call.injected === 0) return true
  if (found >= least && found <= most) return true
  pass.environment.findings.report('argument-count', call.span, { name: call.name, least, most, found })
  return false
}

type Rule = (pass: Pass, call: CallExpr) => void

const problem = (pass: Pass, call: CallExpr, text: string) =>
  pass.environment.findings.report('argument-invalid', call.span, { name: call.name, problem: text })

const number = (expression: Expr | undefined): bigint | undefined =>
  expression?.kind === 'integer' && expression.value >= 0n ? expression.value : undefined

const isUnknown = (expression: Expr | undefined) => expression?.kind === 'unknown'

const literalRules: Readonly<Record<string, Rule>> = {
  hist(pass, call) {
    const bits = call.args[3]
    if (!bits || isUnknown(bits)) return
    const value = number(bits)
    if (value === undefined) return problem(pass, call, 'the number of bits must be a literal')
    if (value > 5n) problem(pass, call, `bits ${value} must be 0..5`)
  },
  lhist(pass, call) {
    const [, , , low, high, width] = call.args
    if ([low, high, width].some(isUnknown)) return
    const [min, max, step] = [number(low), number(high), number(width)]
    if (min === undefined) return problem(pass, call, 'invalid min value (must be a literal that is not negative)')
    if (max === undefined) return problem(pass, call, 'invalid max value (must be a literal that is not negative)')
    if (step === undefined) return problem(pass, call, 'invalid step value')
    if (step <= 0n) problem(pass, call, `step must be >= 1 (${step} given)`)
    else if ((max - min) / step > 1000n) problem(pass, call, `too many buckets: ${(max - min) / step} of at most 1000`)
    if (min > max) problem(pass, call, `min ${min} must be less than max ${max}`)
    else if (max - min < step) problem(pass, call, `step ${step} is too large for the range ${max - min}`)
  },
  tseries(pass, call) {
    const [, , , width, count, aggregator] = call.args
    if ([width, count].some(isUnknown)) return
    const [interval, intervals] = [number(width), number(count)]
    if (interval === undefined) return problem(pass, call, 'the interval must be a literal that is not negative')
    if (intervals === undefined)
      return problem(pass, call, 'the number of intervals must be a literal that is not negative')
    if (interval <= 0n) return problem(pass, call, 'the interval must be at least 1 ns')
    if (intervals <= 0n || intervals > 1_000_000n) problem(pass, call, 'the number of intervals is 1 to 1000000')
    if (aggregator?.kind === 'string' && !['avg', 'sum', 'max', 'min'].includes(aggregator.value)) {
      problem(pass, call, `"${aggregator.value}" is none of avg, max, min, sum`)
    }
  },
  reg(pass, call) {
    const [name] = call.args
    if (name?.kind !== 'string') return
    if (!registers(atLeast(pass.environment.version, '0.24')).has(name.value)) {
      pass.environment.findings.report('register-unknown', call.span, { name: name.value })
    }
  },
  debugf(pass, call) {
    pass.environment.findings.report('debugf', call.span, {})
    if (call.args.length > 4) problem(pass, call, 'takes at most 3 values')
  },
  path(pass, call) {
    const [, size] = call.args
    if (size && !isUnknown(size) && number(size) === undefined)
      problem(pass, call, 'invalid size value, need a literal that is not negative')
    if (pass.root?.kind !== 'probe') return
    const provider = pass.root.attachPoints[0]?.provider
    if (provider && provider !== 'fentry' && provider !== 'fexit' && provider !== 'iter') {
      pass.environment.findings.report('function-unavailable', call.span, { name: 'path', probe: provider })
    }
  },
  strncmp(pass, call) {
    const [, , length] = call.args
    if (!isUnknown(length) && number(length) === undefined)
      problem(pass, call, 'the length must be a literal that is not negative')
  },
  pid: checkNamespaceArgument,
  tid: checkNamespaceArgument,
  uaddr(pass, call) {
    const [symbol] = call.args
    if (!symbol || isUnknown(symbol)) return
    if (symbol.kind !== 'string') return problem(pass, call, 'expects a string literal')
    if (!/^[a-zA-Z0-9./_-]+$/.test(symbol.value)) problem(pass, call, `"${symbol.value}" is no symbol`)
  },
}

function checkNamespaceArgument(pass: Pass, call: CallExpr): void {
  const [mode] = call.args
  if (mode && mode.kind !== 'identifier' && !isUnknown(mode)) problem(pass, call, 'takes only curr_ns or init')
}
