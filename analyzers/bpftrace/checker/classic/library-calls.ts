/** Functions of everything but maps: output, symbols, strings, addresses and what acts on the system. */
import type * as Ast from '../../syntax/ast.ts'
import { formatClassicKind, formatClassicType } from '../../types/format.ts'
import { sizeOf } from '../../types/size.ts'
import {
  array,
  buffer,
  integer,
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
import { addressSpace } from '../attach-points/attach-point.ts'
import { isSignalName } from '../modern/check-library.ts'
import { addressFamily } from '../modern/internet-address.ts'
import { registers } from '../modern/registers.ts'
import type { Caller, CallRule } from './caller.ts'
import { checkFormat } from './format.ts'
import { bare, report, reportLast, since, typeOf } from './state.ts'

const byteArrays = ['string', 'usym', 'inet', 'buffer', 'timestamp', 'mac-address', 'cgroup-path']

export const libraryRules: Readonly<Record<string, CallRule>> = {
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
    if (size > limit) reportLast(state, 'str-length', call.node.span, { length: String(size), limit, ends: false })
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
