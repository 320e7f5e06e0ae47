/**
 * The macros of the standard library that have rules of their own: what a call of each comes to, as far as types and
 * faults go. The library's text is not needed for that, only its effect.
 */
import { standing } from '../../catalog/index.ts'
import type { Span } from '../../diagnostic.ts'
import { boolean, int32, int64, none, pointer, record, string, type Type, uint64, unknown } from '../../types/type.ts'
import type { Environment } from '../environment.ts'
import { type Builders, builders } from './build.ts'
import type { Expr } from './ir.ts'
import { cloneExpr } from './walk.ts'

export interface StandardCall {
  readonly span: Span
  readonly args: readonly Expr[]
  readonly environment: Environment
}

export interface StandardMacro {
  readonly parameters: readonly { readonly kind: 'map' | 'variable' | 'any' }[]
  /** First version in which it can be called so. */
  readonly since: string
  readonly expand: (call: StandardCall) => Expr
}

type Maker = (b: Builders, args: readonly Expr[], call: StandardCall) => Expr

const table = new Map<string, StandardMacro[]>()

function define(name: string, parameters: string, since: string, make: Maker): void {
  const kinds = parameters.split(' ').filter((word) => word !== '')
  const macro: StandardMacro = {
    parameters: kinds.map((kind) => ({ kind: kind === '@' ? 'map' : kind === '$' ? 'variable' : 'any' })),
    since,
    expand: (call) => make(builders(call.span), call.args, call),
  }
  table.set(name, [...(table.get(name) ?? []), macro])
}

export const standardMacros: ReadonlyMap<string, readonly StandardMacro[]> = table

const copy = (b: Builders, expression: Expr | undefined): Expr => (expression ? cloneExpr(expression) : b.none())

// Builtins that are macros without parameters: the bare word and the call mean the same.
for (const name of [
  'comm',
  'cpu',
  'curtask',
  'elapsed',
  'func',
  'gid',
  'uid',
  'jiffies',
  'ncpus',
  'numaid',
  'rand',
  'retval',
  'cgroup',
  'usermode',
  'username',
  'cpid',
]) {
  define(name, '', '0.24', (b) => b.builtin(name))
}
define('probe', '', '0.24', (b) => b.builtin('probe'))
define('probetype', '', '0.25', (b) => b.builtin('probetype'))
define('dw_ustack', '', '0.26', (b) => b.builtin('dw_ustack'))
for (const parameters of ['any', 'any any']) {
  define('dw_ustack', parameters, '0.26', (b, args) => b.call('dw_ustack', [...args]))
}
define('has_cpid', '', '0.25', (b) => b.binary('==', b.builtin('cpid'), b.integer(0)))
define('config', '', '0.27', (b, _, { environment: { catalog, version } }) => {
  const keys = catalog.configKeys.filter((key) => standing(key, version).kind === 'available')
  return b.call('config', [], record(keys.map(({ name }) => ({ name, type: unknown }))))
})

// The fields of tasks.
const taskField = (first: string, second: string) => (b: Builders, task: Expr) => b.field(b.field(task, first), second)
for (const [name, first, second, since] of [
  ['ppid', 'real_parent', 'pid', '0.24'],
  ['pcomm', 'real_parent', 'comm', '0.25'],
  ['leader_tid', 'group_leader', 'pid', '0.26'],
  ['leader_comm', 'group_leader', 'comm', '0.26'],
] as const) {
  const make = taskField(first, second)
  define(name, '', since, (b) => b.block([], make(b, b.builtin('curtask'))))
  define(name, 'any', since, (b, [task]) => b.block([], make(b, copy(b, task))))
}

// Questions about types, answered while compiling.
const baseType = (b: Builders, expression: Expr) => b.field(b.typeinfo(expression), 'base_type')
for (const [name, kind] of [
  ['is_str', 'string'],
  ['is_ptr', 'pointer'],
  ['is_array', 'array'],
  ['is_integer', 'int'],
] as const) {
  define(name, 'any', '0.25', (b, [value]) => b.binary('==', baseType(b, copy(b, value)), b.string(kind)))
}
define('is_unsigned_integer', 'any', '0.25', (b, [value]) =>
  b.binary(
    '&&',
    b.binary('==', baseType(b, copy(b, value)), b.string('int')),
    b.binary(
      '==',
      {
        kind: 'index',
        span: value?.span ?? { start: 0, end: 0 },
        object: b.field(b.typeinfo(copy(b, value)), 'full_type'),
        index: b.integer(0),
      },
      b.integer(117),
    ),
  ),
)
define('is_literal', 'any', '0.25', (b, [value]) => b.call('__builtin_is_literal', [copy(b, value)], boolean))
define('static_assert', 'any any', '0.25', (b, [condition, message]) =>
  b.block([b.run(b.comptimeIf(b.not(copy(b, condition)), b.block([b.run(b.call('fail', [copy(b, message)]))])))]),
)
define('assert', 'any any', '0.24', (b, [condition, message]) =>
  b.block([
    b.run({
      kind: 'if',
      span: condition?.span ?? { start: 0, end: 0 },
      condition: b.not(copy(b, condition)),
      consequent: b.block([b.run(b.call('errorf', [b.string('assert failed: %s'), copy(b, message)]))]),
      alternate: b.none(),
    }),
  ]),
)
define('is_err', 'any', '0.26', (b, [value]) =>
  b.binary(
    '&&',
    b.binary('<', b.cast(int64, copy(b, value)), b.integer(0)),
    b.binary('>=', b.cast(int64, copy(b, value)), b.integer(-4095)),
  ),
)

// Maps.
const refuse = (b: Builders, text: string, ...rest: Expr[]) =>
  b.block([b.run(b.call('fail', [b.string(text), ...rest]))])
/** Demands a map with keys, and lets the key take part in the map's key type. */
function checkedKey(b: Builders, map: Expr, key: Expr, name: string): Expr {
  if (map.kind !== 'map') return b.none()
  const access: Expr = { kind: 'map-access', span: key.span, map: cloneExpr(map), key }
  return b.comptimeIf(
    b.call('is_scalar', [cloneExpr(map)]),
    refuse(b, `call to ${name} expects a map with explicit keys (non-scalar map)`),
    b.comptimeIf(b.binary('==', baseType(b, access), b.string('__dummy_key_type')), refuse(b, 'impossible')),
  )
}
/** `let $key : typeof(@map) = key` */
function keyVariable(b: Builders, map: Expr, key: Expr, name: string) {
  return b.declare(`$$${name}_key`, b.typeOf(cloneExpr(map)), key)
}
function keyedCall(b: Builders, map: Expr, key: Expr, name: string, label: string, direct: boolean): Expr {
  const statements = [b.run(checkedKey(b, map, cloneExpr(key), label))]
  if (!direct) statements.push(keyVariable(b, map, cloneExpr(key), name))
  return b.block(statements, b.call(`__${name}`, [], boolean))
}
const deleteLabel = 'delete() with two arguments'
define('delete', '@ $', '0.24', (b, [map, key]) =>
  keyedCall(b, copy(b, map), copy(b, key), 'delete', deleteLabel, true),
)
define('delete', '@ any', '0.24', (b, [map, key]) =>
  keyedCall(b, copy(b, map), copy(b, key), 'delete', deleteLabel, false),
)
define('has_key', '@ any', '0.24', (b, [map, key]) =>
  keyedCall(b, copy(b, map), copy(b, key), 'has_key', 'has_key()', false),
)
define('delete', '@', '0.24', (b, [map]) =>
  b.comptimeIf(
    b.not(b.call('is_scalar', [copy(b, map)])),
    b.block(
      [
        b.run(
          b.call('fail', [
            b.string('call to delete() with a single argument expects a map without explicit keys (scalar map)'),
          ]),
        ),
      ],
      b.boolean(false),
    ),
    b.block([], b.call('__delete', [], boolean)),
  ),
)
define('delete', 'any', '0.24', (b, [access]) =>
  access?.kind === 'map-access'
    ? keyedCall(b, access.map, access.key, 'delete', deleteLabel, access.key.kind === 'variable')
    : b.call('__deprecated_delete', access ? [cloneExpr(access)] : []),
)
define('find', '@ any $', '0.25', (b, [map, key, target]) => {
  const m = copy(b, map)
  const statements = [b.run(checkedKey(b, m, copy(b, key), 'find')), keyVariable(b, m, copy(b, key), 'find')]
  if (target?.kind === 'variable' && m.kind === 'map') {
    statements.push({
      kind: 'assign-variable',
      span: target.span,
      declaration: undefined,
      variable: cloneExpr(target),
      value: { kind: 'map-access', span: target.span, map: cloneExpr(m), key: b.variable('$$find_key') },
    })
  }
  return b.block(statements, b.call('__find', [], boolean))
})
define('len', '@', '0.24', (b, [map]) =>
  b.comptimeIf(
    b.call('is_scalar', [copy(b, map)]),
    refuse(b, 'call to len() expects a map with explicit keys (non-scalar map)'),
    b.block([], b.call('__elem_count', [], int64)),
  ),
)
define('len', 'any', '0.24', (b, [value]) => b.call('stack_len', [copy(b, value)]))

// Strings. What each demands of its arguments is asked once their types are known.
function library(name: string, parameters: string, since: string, result: Type): void {
  define(name, parameters, since, (b, args) =>
    b.call(
      name,
      args.map((argument) => copy(b, argument)),
      result,
    ),
  )
}
library('strlen', 'any', '0.25', uint64)
library('strcap', 'any', '0.25', uint64)
library('strstr', 'any any', '0.25', int32)
library('strcontains', 'any any', '0.24', boolean)
library('str_concat', 'any any', '0.27', string(1024))
library('strerror', 'any', '0.24', string(64))
library('signal_name', 'any', '0.26', string(64))
library('syscall_name', 'any', '0.25', string(64))
library('default_str_length', '', '0.25', uint64)
library('memcmp', 'any any any', '0.25', int32)
library('assert_str', 'any', '0.25', { kind: 'void' })

// Tasks, processes, the kernel.
library('comm', 'any', '0.25', string(64))
library('kfunc_exist', 'any', '0.25', boolean)
library('kfunc_allowed', 'any', '0.25', boolean)
library('signal', 'any', '0.24', { kind: 'void' })
library('signal_thread', 'any', '0.25', { kind: 'void' })
library('override', 'any', '0.24', { kind: 'void' })
library('write_user', 'any any any', '0.26', none)
library('uaddr', 'any', '0.24', pointer(unknown, 'user'))
library('usdt_arg', 'any', '0.25', uint64)
library('elf_is_exe', '', '0.25', boolean)
library('elf_info', '', '0.25', uint64)
define('container_of', 'any any any', '0.27', (b, [address, type]) => {
  const inner = type?.kind === 'type-argument' ? type.type.written : undefined
  const named = type?.kind === 'identifier' ? { kind: 'named' as const, keyword: null, name: type.name } : inner
  if (!named || !address) return b.call('container_of', [], unknown)
  return {
    kind: 'cast',
    span: address.span,
    implicit: true,
    type: { kind: 'type-ref', span: address.span, written: { kind: 'pointer', to: named }, expression: undefined },
    operand: copy(b, address),
  }
})
