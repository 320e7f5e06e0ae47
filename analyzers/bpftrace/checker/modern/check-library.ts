/** What the macros of the standard library demand of their arguments; a failed demand shows at the call. */

import { formatKind, formatType } from '../../types/format.ts'
import { equalTypes } from '../../types/relations.ts'
import { int8, int32, type Type, uint32, uint64 } from '../../types/type.ts'
import { entryOf } from '../table.ts'
import { isLiteral } from './fold.ts'
import type { CallExpr, Expr } from './ir.ts'
import { typeOf } from './resolution.ts'
import type { Check } from './type-check.ts'

export function checkLibraryCall(check: Check, call: CallExpr): void {
  entryOf(demands, call.name)?.(check, call)
  if (discards.has(call.name)) check.environment.findings.report('discarded-value', call.span, {})
  const cast = entryOf(casts, call.name)
  const argument = cast && call.args[cast.index]
  if (argument && plainCasts.has(call.name) && ['string', 'tuple'].includes(typeOf(argument).kind)) {
    problem(check, call, `takes a number, not ${formatType(typeOf(argument))}`)
  }
  if (argument && equalTypes(typeOf(argument), cast.type) && typeOf(argument).kind !== 'unknown') {
    check.environment.findings.report('unnecessary-cast', call.span, {
      type: formatType(cast.type),
      end: call.span.start,
    })
  }
}

/** The text of these macros throws a result away, which the compiler warns of at every call. */
const discards = new Set(['strerror', 'syscall_name', 'write_user'])

/** The text of these macros casts an argument, which is warned of where it has the type already. */
const casts: Readonly<Record<string, { readonly index: number; readonly type: Type }>> = {
  override: { index: 0, type: uint64 },
  signal: { index: 0, type: uint32 },
  signal_thread: { index: 0, type: uint32 },
  strerror: { index: 0, type: int32 },
  signal_name: { index: 0, type: int32 },
  syscall_name: { index: 0, type: int32 },
  comm: { index: 0, type: int32 },
  memcmp: { index: 2, type: uint64 },
  write_user: { index: 2, type: uint32 },
}

/** Of these, those that take nothing but a number. */
const plainCasts = new Set(['strerror', 'signal_name', 'syscall_name'])

const problem = (check: Check, call: CallExpr, text: string) =>
  check.environment.findings.report('argument-invalid', call.span, { name: call.name, problem: text })

function needsString(check: Check, call: CallExpr, ...indexes: readonly number[]): void {
  for (const index of indexes) {
    const argument = call.args[index]
    if (!argument) continue
    const type = typeOf(argument)
    if (type.kind === 'unknown' || type.kind === 'string') continue
    const element: Type | undefined = type.kind === 'array' ? type.of : type.kind === 'pointer' ? type.to : undefined
    if (!element) problem(check, call, `takes strings, arrays or pointers, not ${formatType(type)}`)
    else if (element.kind !== 'unknown' && !equalTypes(element, int8)) {
      problem(check, call, `takes arrays of and pointers to characters, not ${formatType(type)}`)
    }
  }
}

function needsUnsafe(check: Check, call: CallExpr): boolean {
  if (check.environment.unsafe) return true
  check.environment.findings.report('unsafe-function', call.span, { name: call.name })
  return false
}

function probeIs(check: Check, call: CallExpr, ...providers: readonly string[]): boolean {
  const probe = check.root?.kind === 'probe' ? check.root.attachPoints[0]?.provider : undefined
  if (!probe || providers.includes(probe)) return true
  check.environment.findings.report('function-unavailable', call.span, { name: call.name, probe })
  return false
}

const signalProbes = [
  'kprobe',
  'kretprobe',
  'uprobe',
  'uretprobe',
  'usdt',
  'tracepoint',
  'profile',
  'fentry',
  'fexit',
  'rawtracepoint',
]

function checkSignal(check: Check, call: CallExpr): void {
  if (!probeIs(check, call, ...signalProbes) || !needsUnsafe(check, call)) return
  const [signal] = call.args
  if (!signal) return
  const type = typeOf(signal)
  if (signal.kind === 'string') {
    if (!isSignalName(signal.value)) problem(check, call, `"${signal.value}" is no signal`)
  } else if (signal.kind === 'integer') {
    if (signal.value < 1n || signal.value > 64n) problem(check, call, 'takes a number from 1 to 64')
  } else if (type.kind !== 'integer' && type.kind !== 'unknown') {
    problem(check, call, `takes a string literal or an integer, not ${formatKind(type)}`)
  }
}

const signals = new Set(
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  ),
)

/** All of them, in the spelling of a word that was meant as one. */
export const signalNames = (like: string): readonly string[] =>
  [...signals].map((name) => (/^sig/i.test(like) ? `SIG${name}` : name))

export function isSignalName(text: string): boolean {
  return signals.has(text.toUpperCase().replace(/^SIG/, ''))
}

function needsInteger(check: Check, call: CallExpr, argument: Expr | undefined): void {
  const type = argument ? typeOf(argument) : undefined
  if (type && type.kind !== 'integer' && type.kind !== 'unknown')
    problem(check, call, `takes an integer, not ${formatType(type)}`)
}

const demands: Readonly<Record<string, (check: Check, call: CallExpr) => void>> = {
  strlen: (check, call) => needsString(check, call, 0),
  strcap: (check, call) => needsString(check, call, 0),
  strstr: (check, call) => needsString(check, call, 0, 1),
  strcontains: (check, call) => needsString(check, call, 0, 1),
  str_concat: (check, call) => needsString(check, call, 0, 1),
  assert_str: (check, call) => needsString(check, call, 0),
  comm(check, call) {
    needsInteger(check, call, call.args[0])
    probeIs(check, call, 'fentry', 'fexit', 'tracepoint', 'rawtracepoint', 'iter', 'test', 'bench')
  },
  signal: checkSignal,
  signal_thread: checkSignal,
  override(check, call) {
    if (!probeIs(check, call, 'kprobe') || !needsUnsafe(check, call)) return
    needsInteger(check, call, call.args[0])
  },
  write_user: (check, call) => {
    needsUnsafe(check, call)
  },
  uaddr: (check, call) => {
    probeIs(check, call, 'uprobe', 'uretprobe', 'usdt')
  },
  elf_is_exe: (check, call) => {
    probeIs(check, call, 'uprobe', 'uretprobe', 'usdt')
  },
  elf_info: (check, call) => {
    probeIs(check, call, 'uprobe', 'uretprobe', 'usdt')
  },
  __deprecated_delete(check, call) {
    check.environment.findings.report('map-argument-expected', call.span, { name: 'delete' })
  },
  kfunc_exist: literalName,
  kfunc_allowed: literalName,
}

function literalName(check: Check, call: CallExpr): void {
  const [name] = call.args
  if (name && !(isLiteral(name) && name.kind === 'string')) problem(check, call, 'takes a string literal')
}
