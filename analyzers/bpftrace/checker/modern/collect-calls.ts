/** What functions return, as far as that follows from their name and arguments. */

import { formatKind, formatType } from '../../types/format.ts'
import { promoteTypes } from '../../types/relations.ts'
import { sizeOf } from '../../types/size.ts'
import {
  aggregate,
  array,
  buffer,
  int64,
  integer,
  none,
  pointer,
  string,
  type Type,
  uint8,
  uint32,
  uint64,
  unknown,
  voidType,
  withSpace,
} from '../../types/type.ts'
import { addressSpace } from '../attach-points/attach-point.ts'
import { entryOf } from '../table.ts'
import { isAggregateFunction } from './aggregates.ts'
import { collect } from './collect.ts'
import { defaultStackLimit, stackModes } from './collect-builtins.ts'
import { addressFamily } from './internet-address.ts'
import type { CallExpr } from './ir.ts'
import { aggregateIntoMap, cellFor, derive, keyCell, keyIntoMap, type Resolution, valueCell } from './resolution.ts'

const returnsNothing = new Set([
  'join',
  'printf',
  'errorf',
  'warnf',
  'system',
  'cat',
  'debugf',
  'exit',
  'print',
  'clear',
  'zero',
  'time',
  'unwatch',
  'fail',
])

const simple: Readonly<Record<string, Type>> = {
  ksym: { kind: 'ksym' },
  usym: { kind: 'usym' },
  cgroupid: uint64,
  cgroup_path: { kind: 'cgroup-path' },
  stack_len: int64,
  macaddr: { kind: 'mac-address' },
  skboutput: uint32,
  strncmp: uint64,
  socket_cookie: uint64,
  pid: uint32,
  tid: uint32,
}

const maxStackLimit = 1024

export function collectCall(resolution: Resolution, call: CallExpr): void {
  const outer = resolution.call
  resolution.call = call.name
  for (const argument of call.args) collect(resolution, argument)
  const { solver } = resolution
  const cell = cellFor(resolution, call)
  if (call.result) solver.seed(cell, call.result)
  // exit() never comes back, so it has no value at all.
  else if (call.name === 'exit') solver.seed(cell, none)
  else if (isAggregateFunction(call.name)) collectAggregate(resolution, call)
  else {
    const later = entryOf(dependent, call.name)
    if (later?.(resolution, call)) {
      resolution.call = outer
      return
    }
    solver.seed(cell, immediateType(resolution, call))
  }
  resolution.call = outer
}

function collectAggregate(resolution: Resolution, call: CallExpr): void {
  const { solver, environment } = resolution
  const [map, key, value] = call.args
  const { name, span } = call
  if (!isAggregateFunction(name) || map?.kind !== 'map' || !key) {
    // Only broken arguments leave a call without its map.
    solver.seed(cellFor(resolution, call), unknown)
    return
  }
  const output = valueCell(resolution, map.name)
  if (name === 'count' || name === 'hist' || name === 'lhist' || name === 'tseries') {
    solver.rule(output, [cellFor(resolution, call)], () =>
      aggregateIntoMap(resolution, map.name, aggregate(name), span),
    )
  } else if (value) {
    solver.rule(output, [cellFor(resolution, value)], ([type = unknown]) => {
      if (type.kind === 'unknown') return output.type.kind === 'none' ? aggregate(name) : none
      if (type.kind !== 'integer') {
        environment.findings.report('argument-type', span, {
          name,
          expected: 'integer arguments',
          type: formatType(type),
        })
        return none
      }
      const seen = resolution.aggregateArguments.get(map.name)
      const promoted = seen ? promoteTypes(seen, type) : type
      if (promoted) resolution.aggregateArguments.set(map.name, promoted)
      return aggregateIntoMap(resolution, map.name, aggregate(name, type.signed), span)
    })
  }
  solver.rule(keyCell(resolution, map.name), [cellFor(resolution, key)], ([type = none]) =>
    keyIntoMap(resolution, map.name, type, span),
  )
  solver.seed(cellFor(resolution, call), voidType)
}

/** Functions whose type waits for that of an argument. True when a rule was made. */
const dependent: Readonly<Record<string, (resolution: Resolution, call: CallExpr) => boolean>> = {
  buf(resolution, call) {
    const [data] = call.args
    if (call.args.length !== 1 || !data) return false
    const limit = resolution.environment.settings.maxStringLength - 4
    derive(resolution, cellFor(resolution, call), [cellFor(resolution, data)], (type = unknown) =>
      withSpace(buffer(type.kind === 'array' ? Math.min(sizeOf(type), limit) : limit), 'kernel'),
    )
    return true
  },
  kptr: passThrough('kernel'),
  uptr: passThrough('user'),
  bswap(resolution, call) {
    const [value] = call.args
    if (!value) return false
    derive(resolution, cellFor(resolution, call), [cellFor(resolution, value)], (type = unknown) => {
      if (type.kind === 'integer') return integer(type.size, false)
      resolution.environment.findings.report('argument-type', call.span, {
        name: call.name,
        expected: 'integer arguments',
        type: formatKind(type),
      })
      return none
    })
    return true
  },
  nsecs(resolution, call) {
    const [mode] = call.args
    if (!mode) return false
    derive(resolution, cellFor(resolution, call), [cellFor(resolution, mode)], (type = unknown) => ({
      ...uint64,
      clock: type.clock,
    }))
    return true
  },
  strftime(resolution, call) {
    const [, time] = call.args
    if (!time) return false
    derive(resolution, cellFor(resolution, call), [cellFor(resolution, time)], (type = unknown) => ({
      kind: 'timestamp',
      clock: type.clock,
    }))
    return true
  },
}

function passThrough(space: 'kernel' | 'user') {
  return (resolution: Resolution, call: CallExpr) => {
    const [value] = call.args
    if (!value) return false
    derive(resolution, cellFor(resolution, call), [cellFor(resolution, value)], (type = unknown) =>
      withSpace(type, space),
    )
    return true
  }
}

function immediateType(resolution: Resolution, call: CallExpr): Type {
  const { environment } = resolution
  const { findings, settings } = environment
  const { name, args, span } = call
  const known = entryOf(simple, name)
  if (known) return known
  if (returnsNothing.has(name)) return voidType
  switch (name) {
    case 'str': {
      const [, length] = args
      let size = settings.maxStringLength
      if (length?.kind === 'integer') {
        if (length.value < 0n) findings.report('length-negative', span, { name })
        else if (length.value + 1n > BigInt(size))
          findings.report('str-length', span, { length: String(length.value), limit: size, ends: true })
        else size = Number(length.value) + 1
      }
      return { ...string(size), space: 'kernel' }
    }
    case 'buf': {
      const [, length] = args
      const limit = settings.maxStringLength - 4
      const size = length?.kind === 'integer' ? Math.min(Number(length.value), limit) : limit
      return withSpace(buffer(Math.max(size, 0)), 'kernel')
    }
    case 'ntop':
      return { kind: 'inet', size: 24, internal: true }
    case 'pton':
      return addressType(resolution, call)
    case 'nsecs':
      return { ...uint64, clock: 'boot' }
    case 'path': {
      const [, size] = args
      return string(size?.kind === 'integer' ? Number(size.value) : settings.maxStringLength)
    }
    case 'reg': {
      const first = resolution.root?.kind === 'probe' ? resolution.root.attachPoints[0] : undefined
      return withSpace(uint64, first ? addressSpace(first.provider) : 'kernel')
    }
    case 'kaddr':
    case 'percpu_kaddr':
      return withSpace(uint64, 'kernel')
    case 'uaddr':
      // The size of what it points to is that of the symbol, which lies in a binary.
      return pointer(unknown, 'user')
    case 'kstack':
    case 'ustack':
    case 'dw_ustack':
      return stackType(resolution, call)
    default:
      return foreignFunctionType(resolution, call)
  }
}

function foreignFunctionType(resolution: Resolution, call: CallExpr): Type {
  const { environment } = resolution
  // Functions of imported C, and the helpers of the standard library, have signatures that only their object files tell.
  if (environment.foreignFunctions || call.name.startsWith('__')) return unknown
  environment.findings.report('function-unknown', call.span, {
    name: call.name,
    start: call.nameSpan.start,
    end: call.nameSpan.end,
  })
  return none
}

function addressType(resolution: Resolution, call: CallExpr): Type {
  const { findings } = resolution.environment
  const [address] = call.args
  if (address?.kind === 'unknown') return unknown
  if (address?.kind !== 'string') {
    findings.report('argument-literal', call.span, { name: call.name, expected: 'string', type: '' })
    return none
  }
  const family = addressFamily(address.value)
  if (!family) {
    findings.report('address-invalid', call.span, { text: address.value })
    return none
  }
  return { ...array(uint8, family === 4 ? 4 : 16), space: 'kernel', internal: true }
}

function stackType(resolution: Resolution, call: CallExpr): Type {
  const { findings, settings } = resolution.environment
  const { name, args, span } = call
  const kernel = name === 'kstack'
  let mode = settings.stackMode
  let limit = defaultStackLimit
  const problem = (text: string) => findings.report('stack-arguments', span, { name, problem: text })
  const [first, second] = args
  let limitArgument = first
  if (args.length > 2) problem('takes a mode and a limit at most')
  else if (first?.kind === 'identifier') {
    if (stackModes.has(first.name)) mode = first.name
    else findings.report('stack-mode-unknown', first.span, { name: first.name })
    limitArgument = second
  } else if (second) {
    problem('takes the mode first')
    limitArgument = second
  }
  if (args.length <= 2 && limitArgument && limitArgument.kind !== 'unknown') {
    if (limitArgument.kind === 'integer' && limitArgument.value >= 0n) limit = Number(limitArgument.value)
    else problem('takes a literal number as limit')
  }
  if (limit > maxStackLimit) problem(`has a limit of at most ${maxStackLimit} frames`)
  if (mode === 'build_id' && kernel) problem('cannot have the mode build_id')
  return { kind: 'stack', kernel, mode, limit }
}
