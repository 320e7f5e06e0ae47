/** Calls: how many arguments of which types, where each function may stand, and what it returns. */

import type * as Ast from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { formatClassicKind, formatClassicType } from '../../types/format.ts'
import { sizeOf } from '../../types/size.ts'
import {
  aggregate,
  array,
  buffer,
  integer,
  isSigned,
  none,
  pointer,
  string,
  type Type,
  uint8,
  uint32,
  uint64,
  unknown,
  withSpace,
} from '../../types/type.ts'
import { addressSpace, type Provider, programType } from '../attach-points/attach-point.ts'
import { isSignalName } from '../modern/check-library.ts'
import { addressFamily } from '../modern/internet-address.ts'
import { registers } from '../modern/registers.ts'
import { entryOf } from '../table.ts'
import { visit } from './expressions.ts'
import { checkFormat } from './format.ts'
import { type MapNode, visitMap } from './maps.ts'
import {
  bare,
  integerLiteral,
  isLiteral,
  report,
  reportLast,
  type State,
  since,
  stringLiteral,
  typeOf,
} from './state.ts'

/** Where the result of a call goes: which functions may stand there depends on it. */
export type Use = 'map' | 'variable' | 'key' | 'other'

const uses = new WeakMap<Ast.Call, { readonly use: Use; readonly map: string | undefined }>()
const useOf = (node: Ast.Call): Use => uses.get(node)?.use ?? 'other'
const mapOfCall = (node: Ast.Call) => uses.get(node)?.map

/** Notes that a call is the right side of an assignment, or a key. */
export function noteUse(node: Ast.Expression, use: Use, map?: string): void {
  const inner = bare(node)
  if (inner.kind === 'Call') uses.set(inner, { use, map })
}

export function visitCall(state: State, node: Ast.Call): Type {
  const name = node.callee.text
  const outer = { call: state.call, argument: state.argument }
  if (!state.environment.unsafe && state.environment.catalog.function(name)?.unsafe) {
    report(state, 'unsafe-function', node.span, { name })
  }
  state.call = name
  for (const [i, argument] of node.arguments.entries()) {
    state.argument = i
    const inner = bare(argument)
    const whole = isWholeMap(name, i) && (inner.kind === 'MapReference' || inner.kind === 'MapAccess')
    if (whole) state.types.set(argument, visitMap(state, inner as MapNode, true))
    else visit(state, argument)
  }
  for (const point of state.points) {
    if (!isAvailable(state, name, point.provider)) {
      report(state, 'function-unavailable', node.span, { name, probe: point.spelled })
    }
  }
  const rule = entryOf(rules, name)
  const type = rule ? rule(new Caller(state, node)) : unknownFunction(state, node)
  state.call = outer.call
  state.argument = -1
  return type
}

const isWholeMap = (name: string, index: number) =>
  index === 0 && ['print', 'clear', 'zero', 'len', 'has_key', 'delete'].includes(name)

function unknownFunction(state: State, node: Ast.Call): Type {
  const name = node.callee.text
  return isKnownFunction(state, name) ? unknown : none
}

const isKnownFunction = (state: State, name: string) =>
  Object.hasOwn(rules, name) || state.environment.catalog.function(name) !== undefined || since(state, '0.23')

/** The parser itself knows the functions, so an unknown one is the first thing that is said. */
export function checkFunctionNames(state: State, program: Ast.Program): void {
  walk(program, (node) => {
    if (node.kind !== 'Call' || isKnownFunction(state, node.callee.text)) return
    const { text: name, span } = node.callee
    report(state, 'function-unknown', span, { name, start: span.start, end: span.end })
  })
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

function isAvailable(state: State, name: string, provider: Provider): boolean {
  switch (name) {
    case 'reg':
      return registerProbes.has(provider)
    case 'uaddr':
      return provider === 'usdt' || provider === 'uprobe' || provider === 'uretprobe'
    case 'signal':
      return ['kprobe', 'tracepoint', 'tracing'].includes(programType(provider))
        ? provider !== 'iter'
        : provider === 'profile'
    case 'skboutput':
      return since(state, '0.19') ? provider === 'fentry' || provider === 'fexit' : true
    default:
      return true
  }
}

/** One call under its rule. */
class Caller {
  readonly state: State
  readonly node: Ast.Call
  readonly name: string
  readonly args: readonly Ast.Expression[]

  constructor(state: State, node: Ast.Call) {
    this.state = state
    this.node = node
    this.name = node.callee.text
    this.args = node.arguments
  }

  type(index: number): Type {
    const argument = this.args[index]
    return argument ? typeOf(this.state, argument) : none
  }

  problem(text: string): void {
    report(this.state, 'argument-invalid', this.node.span, { name: this.name, problem: text })
  }

  /** Whether the number of arguments is right. */
  count(least: number, most = least): boolean {
    const found = this.args.length
    if (found >= least && found <= most) return true
    report(this.state, 'argument-count', this.node.span, { name: this.name, least, most, found })
    return false
  }

  /** Aggregates go into maps, and statements nowhere. */
  use(wanted: 'map' | 'variable' | 'nowhere'): void {
    const use = useOf(this.node)
    if (wanted === 'map' && use !== 'map')
      report(this.state, 'aggregate-not-assigned', this.node.span, { name: this.name })
    if (wanted === 'nowhere' && use !== 'other')
      report(this.state, 'assignment-not-allowed', this.node.span, { name: this.name })
    if (wanted === 'variable' && use !== 'variable') this.problem('should be assigned to a variable')
  }

  /** Whether an argument is of a kind; a literal is demanded at once, a type in the last pass. */
  argument(index: number, kind: string, literal = false): boolean {
    const argument = this.args[index]
    if (!argument) return false
    const type = this.type(index)
    if (type.kind === 'unknown') return !literal || isLiteral(this.state, argument)
    const label = kind === 'c' ? 'record' : kind
    if (literal && (!isLiteral(this.state, argument) || type.kind !== kind)) {
      report(this.state, 'argument-literal', this.node.span, {
        name: this.name,
        expected: label,
        type: formatClassicKind(type),
      })
      return false
    }
    if (this.state.final && type.kind !== kind) {
      if (since(this.state, '0.18') && ['boolean', 'aggregate', 'integer'].includes(type.kind) && kind === 'integer')
        return true
      report(this.state, 'argument-type', this.node.span, {
        name: this.name,
        expected: `${label} arguments`,
        type: formatClassicKind(type),
      })
      return false
    }
    return true
  }

  oneOf(index: number, expected: string, kinds: readonly string[]): boolean {
    const type = this.type(index)
    if (type.kind === 'unknown' || kinds.includes(type.kind)) return true
    if (type.kind === 'none' && !this.state.final) return true
    report(this.state, 'argument-type', this.node.span, { name: this.name, expected, type: formatClassicType(type) })
    return false
  }

  literal(index: number): bigint | undefined {
    const argument = this.args[index]
    return argument && integerLiteral(this.state, argument)
  }

  text(index: number): string | undefined {
    const argument = this.args[index]
    return argument && stringLiteral(this.state, argument)
  }
}

function aggregated(name: 'sum' | 'min' | 'max' | 'avg' | 'stats') {
  return (call: Caller): Type => {
    call.use('map')
    if (call.count(1)) call.argument(0, 'integer')
    const signed = name === 'avg' || name === 'stats' ? true : isSigned(call.type(0))
    return aggregate(name, signed)
  }
}

function mapFunction(call: Caller): Type {
  call.use('nowhere')
  if (!call.count(1)) return none
  const [argument] = call.args
  const inner = argument && bare(argument)
  if (inner?.kind === 'MapAccess') report(call.state, 'map-key-on-whole', call.node.span, { name: call.name })
  else if (inner?.kind !== 'MapReference')
    report(call.state, 'map-argument-expected', call.node.span, { name: call.name })
  return none
}

function formatted(call: Caller): Type {
  call.use('nowhere')
  if (call.count(1, 128)) {
    call.argument(0, 'string', true)
    const format = call.text(0)
    if (call.state.final && format !== undefined) {
      checkFormat(
        call.state,
        call.node,
        format,
        call.args.slice(1).map((argument) => typeOf(call.state, argument)),
      )
    }
  }
  if (call.name === 'debugf') reportLast(call.state, 'debugf', call.node.span, {})
  return none
}

function stack(call: Caller): Type {
  const kernel = call.name === 'kstack'
  const { state } = call
  let limit = 127
  let mode = 'bpftrace'
  if (!call.count(0, 2)) return { kind: 'stack', kernel, mode, limit }
  const [first, second] = call.args
  const firstInner = first && bare(first)
  let limitAt = -1
  if (firstInner?.kind === 'Identifier' && call.type(0).kind === 'stack') {
    mode = firstInner.name
    if (second) limitAt = 1
  } else if (second) {
    call.argument(0, 'stack', true)
    limitAt = 1
  } else if (first) limitAt = 0
  if (limitAt >= 0 && call.argument(limitAt, 'integer', true)) limit = Number(call.literal(limitAt) ?? 127n)
  if (limit > 1024)
    report(state, 'stack-arguments', call.node.span, { name: call.name, problem: 'has a limit of at most 1024 frames' })
  return { kind: 'stack', kernel, mode, limit }
}

const byteArrays = ['string', 'usym', 'inet', 'buffer', 'timestamp', 'mac-address', 'cgroup-path']

const rules: Readonly<Record<string, (call: Caller) => Type>> = {
  count(call) {
    call.use('map')
    call.count(0)
    return aggregate('count', true)
  },
  sum: aggregated('sum'),
  min: aggregated('min'),
  max: aggregated('max'),
  avg: aggregated('avg'),
  stats: aggregated('stats'),
  hist(call) {
    call.use('map')
    if (since(call.state, '0.18')) call.count(1, 2)
    else call.count(1)
    call.argument(0, 'integer')
    return aggregate('hist')
  },
  lhist(call) {
    call.use('map')
    if (!call.count(4)) return aggregate('lhist')
    call.argument(0, 'integer')
    for (const index of [1, 2, 3]) call.argument(index, 'integer', true)
    if (call.state.final) {
      linearBounds(call)
      sameBounds(call)
    }
    return aggregate('lhist')
  },
  delete(call) {
    const many = since(call.state, '0.18')
    if (!since(call.state, '0.22')) call.use('nowhere')
    if (many ? call.count(1, 128) : call.count(1)) {
      const [argument] = call.args
      const inner = argument && bare(argument)
      if (inner?.kind !== 'MapReference' && inner?.kind !== 'MapAccess') {
        report(call.state, 'map-argument-expected', call.node.span, { name: call.name })
      } else if (inner.kind === 'MapAccess') visit(call.state, inner)
      else if (!many) visit(call.state, inner)
    }
    return since(call.state, '0.22') ? unknown : none
  },
  clear: mapFunction,
  zero: mapFunction,
  str(call) {
    const { state, node } = call
    if (!call.count(1, 2)) return string(state.environment.settings.maxStringLength)
    const [argument] = call.args
    const kinds = ['integer', 'pointer', ...(since(state, '0.18') ? ['string', 'array', 'boolean', 'aggregate'] : [])]
    const type = call.type(0)
    if (!kinds.includes(type.kind) && type.kind !== 'unknown') {
      report(state, 'argument-type', node.span, {
        name: 'str',
        expected: 'an integer or a pointer',
        type: formatClassicType(type),
      })
    }
    if (state.parameterInStr && argument && !parameterAlone(argument)) {
      report(state, 'str-parameter', node.span, {
        problem: 'str() takes a positional parameter directly or with a single constant offset',
      })
    }
    state.parameterInStr = false
    if (state.final && call.args.length === 2 && call.argument(1, 'integer')) {
      const length = call.literal(1)
      if (length !== undefined && length < 0n) report(state, 'length-negative', node.span, { name: 'str' })
    }
    return withSpace(string(state.environment.settings.maxStringLength), type.space)
  },
  buf(call) {
    const { state } = call
    if (!call.count(1, 2)) return unknown
    const type = call.type(0)
    if (state.final) call.oneOf(0, 'an integer, string or array', ['integer', 'string', 'pointer', 'array'])
    const limit = state.environment.settings.maxStringLength
    let size = limit
    if (call.args.length === 1) {
      if (type.kind === 'array') size = sizeOf(type)
      else if (state.final && type.kind !== 'unknown')
        call.problem(`expects a length argument for ${formatClassicKind(type)}`)
    } else {
      if (state.final) call.argument(1, 'integer')
      const length = call.literal(1)
      if (length !== undefined) {
        if (length < 0n) report(state, 'length-negative', call.node.span, { name: 'buf' })
        size = Number(length)
      }
    }
    if (size > limit) reportLast(state, 'str-length', call.node.span, { length: String(size), limit })
    return withSpace(buffer(Math.min(Math.max(size, 0), limit)), 'kernel')
  },
  ksym: symbol,
  usym: symbol,
  ntop(call) {
    const result: Type = { kind: 'inet', size: 24 }
    if (!call.count(1, 2)) return result
    const index = call.args.length === 2 ? 1 : 0
    if (index === 1) call.argument(0, 'integer')
    if (!call.oneOf(index, 'an integer or array', ['integer', 'string', 'array'])) return result
    const type = call.type(index)
    if ((type.kind === 'array' || type.kind === 'string') && ![4, 16].includes(sizeOf(type)))
      call.problem('takes 4 or 16 bytes')
    return result
  },
  pton(call) {
    if (!call.count(1)) return unknown
    const text = call.text(0)
    const family = text === undefined ? undefined : addressFamily(text)
    if (!family) {
      report(call.state, 'address-invalid', call.node.span, { text: text ?? '' })
      return none
    }
    return { ...array(uint8, family === 4 ? 4 : 16), space: 'kernel', internal: true }
  },
  join(call) {
    call.use('nowhere')
    if (!call.count(1, 2) || !call.state.final) return none
    call.oneOf(0, 'int or pointer arguments', ['integer', 'pointer'])
    if (call.args.length > 1) call.argument(1, 'string', true)
    return none
  },
  reg(call) {
    if (call.count(1) && call.argument(0, 'string', true)) {
      const name = call.text(0) ?? ''
      if (!registers(false).has(name) && !since(call.state, '0.23'))
        report(call.state, 'register-unknown', call.node.span, { name })
    }
    const [first] = call.state.points
    return withSpace(uint64, first && addressSpace(first.provider))
  },
  kaddr(call) {
    if (call.count(1)) call.argument(0, 'string', true)
    return withSpace(uint64, 'kernel')
  },
  uaddr(call) {
    if (!call.count(1) || !call.argument(0, 'string', true)) return unknown
    const text = call.text(0) ?? ''
    if (!/^[a-zA-Z0-9./_-]+$/.test(text)) call.problem(`"${text}" is no symbol`)
    return pointer(unknown, 'user')
  },
  cgroupid(call) {
    if (call.count(1)) call.argument(0, 'string', true)
    return uint64
  },
  cgroup_path(call) {
    if (call.count(1, 2)) {
      call.argument(0, 'integer')
      if (call.args.length > 1) call.argument(1, 'string')
    }
    return { kind: 'cgroup-path' }
  },
  printf: formatted,
  system: formatted,
  cat: formatted,
  debugf: formatted,
  exit(call) {
    call.use('nowhere')
    if (since(call.state, '0.22')) call.count(0, 1)
    else call.count(0)
    return none
  },
  print: print,
  time(call) {
    call.use('nowhere')
    if (call.count(0, 1) && call.state.final && call.args.length > 0) call.argument(0, 'string', true)
    return none
  },
  strftime(call) {
    if (call.count(2) && call.state.final && call.argument(0, 'string', true)) call.argument(1, 'integer')
    return { kind: 'timestamp' }
  },
  kstack: stack,
  ustack: stack,
  signal(call) {
    call.use('nowhere')
    if (!call.count(1)) return none
    const type = call.type(0)
    const text = call.text(0)
    const value = call.literal(0)
    const invalid = (problem: string) => report(call.state, 'signal-invalid', call.node.span, { problem })
    if (type.kind === 'string' && text !== undefined) {
      if (!isSignalName(text)) invalid(`${text} is not a valid signal`)
    } else if (value !== undefined) {
      if (value < 1n || value > 64n) invalid(`${value} is not a valid signal, allowed range: [1,64]`)
    } else if (type.kind !== 'integer' && type.kind !== 'unknown')
      invalid('signal takes a string literal or an integer')
    return none
  },
  path(call) {
    if (since(call.state, '0.20')) call.count(1, 2)
    else call.count(1)
    call.oneOf(0, 'a pointer or a record', ['c', 'pointer'])
    for (const point of call.state.points) {
      if (!['fentry', 'fexit', 'iter'].includes(point.provider)) {
        report(call.state, 'function-unavailable', call.node.span, { name: 'path', probe: point.spelled })
      }
    }
    return string(call.state.environment.settings.maxStringLength)
  },
  strerror(call) {
    if (call.count(1)) call.argument(0, 'integer')
    return { kind: 'strerror' }
  },
  strncmp(call) {
    if (call.count(3)) {
      call.argument(0, 'string')
      call.argument(1, 'string')
      if (call.argument(2, 'integer', true) && (call.literal(2) ?? 0n) < 0n)
        call.problem('needs a size that is not negative')
    }
    return uint64
  },
  strcontains(call) {
    if (call.count(2)) {
      call.argument(0, 'string')
      call.argument(1, 'string')
    }
    return uint64
  },
  override(call) {
    call.use('nowhere')
    if (call.count(1)) call.argument(0, 'integer')
    for (const point of call.state.points) {
      if (point.provider !== 'kprobe')
        report(call.state, 'function-unavailable', call.node.span, { name: 'override', probe: point.spelled })
    }
    return none
  },
  kptr: (call) => addressed(call, 'kernel'),
  uptr: (call) => addressed(call, 'user'),
  macaddr(call) {
    if (!call.count(1)) return unknown
    const type = call.type(0)
    call.oneOf(0, 'array or pointer arguments', ['integer', 'array', 'pointer', ...byteArrays])
    const bytes = type.kind === 'array' || byteArrays.includes(type.kind)
    if (bytes && (since(call.state, '0.22') ? sizeOf(type) < 6 : sizeOf(type) !== 6)) call.problem('takes 6 bytes')
    if (type.kind === 'string' && call.text(0) !== undefined) call.problem('does not support literal strings')
    return { kind: 'mac-address' }
  },
  unwatch(call) {
    if (call.count(1)) call.argument(0, 'integer')
    return none
  },
  bswap(call) {
    if (!call.count(1)) return none
    const type = call.type(0)
    if (type.kind === 'unknown') return unknown
    if (type.kind !== 'integer') {
      call.oneOf(0, 'integer arguments', ['integer'])
      return none
    }
    return integer(type.size, false)
  },
  skboutput(call) {
    if (!since(call.state, '0.18')) call.use('variable')
    if (call.count(4) && call.state.final) {
      call.argument(0, 'string', true)
      call.argument(1, 'pointer')
      call.argument(2, 'integer')
      call.argument(3, 'integer')
    }
    return uint32
  },
}

function addressed(call: Caller, space: 'kernel' | 'user'): Type {
  if (!call.count(1)) return none
  return call.oneOf(0, 'integer or pointer arguments', ['integer', 'pointer']) ? withSpace(call.type(0), space) : none
}

function symbol(call: Caller): Type {
  if (call.count(1)) call.oneOf(0, 'an integer or a pointer', ['integer', 'pointer'])
  return { kind: call.name === 'ksym' ? 'ksym' : 'usym' }
}

function parameterAlone(argument: Ast.Expression): boolean {
  const inner = bare(argument)
  if (inner.kind === 'PositionalParameter') return true
  if (inner.kind !== 'Binary') return false
  return bare(inner.left).kind === 'PositionalParameter' || bare(inner.right).kind === 'PositionalParameter'
}

function linearBounds(call: Caller): void {
  const [min, max, step] = [call.literal(1), call.literal(2), call.literal(3)]
  if (min === undefined || max === undefined || step === undefined) return
  if (step <= 0n) call.problem(`step must be >= 1 (${step} given)`)
  else if ((max - min) / step > 1000n) call.problem(`too many buckets: ${(max - min) / step} of at most 1000`)
  if (min < 0n) call.problem(`min must not be negative (${min} given)`)
  if (min > max) call.problem(`min ${min} must be less than max ${max}`)
  if (max - min < step) call.problem(`step ${step} is too large for the range ${max - min}`)
}

/** The right sides for one map have one shape. */
function sameBounds(call: Caller): void {
  const map = mapOfCall(call.node)
  if (map === undefined) return
  const bounds = [1, 2, 3].map((index) => String(call.literal(index))).join(' ')
  const known = call.state.bounds.get(map)
  if (known === undefined) call.state.bounds.set(map, bounds)
  else if (known !== bounds) report(call.state, 'histogram-shape', call.node.span, { name: call.name, map })
}

function print(call: Caller): Type {
  const { state, node } = call
  if (!since(state, '0.18')) call.use('nowhere')
  if (state.loops > 0 && call.args[0] && isMap(call.args[0])) reportLast(state, 'print-in-loop', node.span, {})
  else if (state.loops > 0 && !since(state, '0.18')) reportLast(state, 'print-in-loop', node.span, {})
  if (!call.count(1, 3)) return none
  const [argument] = call.args
  const inner = argument && bare(argument)
  if (inner?.kind === 'MapReference' || (inner?.kind === 'MapAccess' && !since(state, '0.18'))) {
    if (inner.kind === 'MapAccess') report(state, 'map-key-on-whole', node.span, { name: 'print' })
    if (!state.final) return none
    if (call.args.length > 1) call.argument(1, 'integer', true)
    if (call.args.length > 2) call.argument(2, 'integer', true)
    const type = call.type(0)
    if (type.kind === 'aggregate' && type.aggregate === 'stats' && call.args.length > 1)
      report(state, 'print-stats', node.span, {})
    return none
  }
  const type = call.type(0)
  if (type.kind === 'unknown') return none
  if (type.kind === 'none' || (type.context && !type.arguments)) {
    reportLast(state, 'print-invalid', node.span, { problem: `${formatClassicType(type)} is not printable` })
  } else if (call.args.length !== 1)
    report(state, 'print-invalid', node.span, { problem: 'what is not a map is printed alone' })
  return none
}

function isMap(node: Ast.Expression): boolean {
  const inner = bare(node)
  return inner.kind === 'MapReference'
}
