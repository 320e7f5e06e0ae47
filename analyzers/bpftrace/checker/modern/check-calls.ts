/** The types of arguments, call by call. */

import { formatKind, formatType } from '../../types/format.ts'
import { sizeOf } from '../../types/size.ts'
import { isMultiKeyAggregate, none, type Type } from '../../types/type.ts'
import { type FormatProblem, formatProblem, suitableSpecifier } from '../format-string.ts'
import { entryOf } from '../table.ts'
import { argumentKinds } from './argument-kinds.ts'
import { checkLibraryCall } from './check-library.ts'
import { isLiteral } from './fold.ts'
import type { CallExpr, Expr } from './ir.ts'
import { typeOf } from './resolution.ts'
import type { Check } from './type-check.ts'

export function checkCallTypes(check: Check, call: CallExpr): void {
  if (call.args.some((argument) => argument.kind === 'unknown')) return
  if (!checkKinds(check, call)) return
  entryOf(own, call.name)?.(check, call)
  checkLibraryCall(check, call)
}

function checkKinds(check: Check, call: CallExpr): boolean {
  const kinds = entryOf(argumentKinds, call.name)
  if (!kinds || call.result) return true
  let good = true
  for (const [i, spec] of kinds.entries()) {
    const argument = call.args[i + call.injected]
    if (!spec || !argument) continue
    const [kind, literal] = spec
    const type = typeOf(argument)
    if (type.kind === 'unknown') continue
    if (literal && (!isLiteral(argument) || type.kind !== kind)) {
      check.environment.findings.report('argument-literal', call.span, {
        name: call.name,
        expected: kindName(kind),
        type: formatKind(type),
      })
      good = false
    } else if (type.kind !== kind) {
      check.environment.findings.report('argument-type', call.span, {
        name: call.name,
        expected: `${kindName(kind)} arguments`,
        type: formatKind(type),
      })
      good = false
    }
  }
  return good
}

const kindName = (kind: string) => (kind === 'integer' ? 'int' : kind)

function wants(check: Check, call: CallExpr, index: number, expected: string, fits: (type: Type) => boolean): boolean {
  const argument = call.args[index]
  const type = argument ? typeOf(argument) : none
  if (!argument || type.kind === 'unknown' || fits(type)) return true
  check.environment.findings.report('argument-type', call.span, { name: call.name, expected, type: formatType(type) })
  return false
}

const anyOf =
  (...kinds: readonly string[]) =>
  (type: Type) =>
    kinds.includes(type.kind)

const byteArrays = ['string', 'usym', 'inet', 'buffer', 'timestamp', 'mac-address', 'cgroup-path']

const problem = (check: Check, call: CallExpr, text: string) =>
  check.environment.findings.report('argument-invalid', call.span, { name: call.name, problem: text })

const isNegative = (expression: Expr | undefined) => expression?.kind === 'integer' && expression.value < 0n

const own: Readonly<Record<string, (check: Check, call: CallExpr) => void>> = {
  str(check, call) {
    wants(check, call, 0, 'a string, an integer or a pointer', anyOf('string', 'integer', 'pointer'))
  },
  buf(check, call) {
    wants(check, call, 0, 'an integer, string, pointer or array', anyOf('integer', 'string', 'pointer', 'array'))
    const [data, length] = call.args
    if (!data) return
    const type = typeOf(data)
    if (call.args.length === 1 && type.kind !== 'array' && type.kind !== 'unknown') {
      problem(check, call, `expects a length argument for ${formatKind(type)}`)
    }
    if (isNegative(length)) problem(check, call, 'cannot have a negative length')
  },
  ksym: symbolAddress,
  usym: symbolAddress,
  ntop(check, call) {
    const index = call.args.length === 2 ? 1 : 0
    if (index === 1) wants(check, call, 0, 'int arguments', anyOf('integer'))
    if (!wants(check, call, index, 'an integer or array', anyOf('integer', 'string', 'array'))) return
    const argument = call.args[index]
    const type = argument ? typeOf(argument) : none
    if ((type.kind === 'array' || type.kind === 'string') && sizeOf(type) !== 4 && sizeOf(type) !== 16) {
      problem(check, call, 'takes 4 or 16 bytes')
    }
  },
  join(check, call) {
    wants(check, call, 0, 'int or pointer arguments', anyOf('integer', 'pointer'))
  },
  printf: checkFormat,
  errorf: checkFormat,
  warnf: checkFormat,
  system: checkFormat,
  cat: checkFormat,
  debugf: checkFormat,
  print: checkPrint,
  stack_len(check, call) {
    wants(check, call, 0, 'a map, ustack or kstack', anyOf('stack'))
  },
  strftime(check, call) {
    if (typeOf(call).clock === 'monotonic') problem(check, call, 'cannot take a monotonic timestamp')
    if (isNegative(call.args[1])) problem(check, call, 'does not accept negative timestamps')
  },
  path(check, call) {
    wants(check, call, 0, 'a pointer or a C type', anyOf('c', 'pointer'))
  },
  kptr(check, call) {
    wants(check, call, 0, 'integer or pointer arguments', anyOf('integer', 'pointer'))
  },
  uptr(check, call) {
    wants(check, call, 0, 'integer or pointer arguments', anyOf('integer', 'pointer'))
  },
  macaddr(check, call) {
    if (!wants(check, call, 0, 'array or pointer arguments', anyOf('integer', 'array', 'pointer', ...byteArrays)))
      return
    const [address] = call.args
    if (!address) return
    if (address.kind === 'string') problem(check, call, 'does not support literal strings')
    const type = typeOf(address)
    if ((type.kind === 'array' || byteArrays.includes(type.kind)) && sizeOf(type) < 6)
      problem(check, call, 'takes at least 6 bytes')
  },
  socket_cookie(check, call) {
    wants(
      check,
      call,
      0,
      "'struct sock *'",
      (type) => type.kind === 'pointer' && type.to.kind === 'c' && type.to.name === 'struct sock',
    )
  },
  percpu_kaddr() {
    // Whether the kernel has such a variable is the machine's affair.
  },
  fail(check, call) {
    const literals = call.args.every(isLiteral)
    const [format] = call.args
    if (!literals) check.environment.findings.report('fail-arguments', call.span, {})
    else
      check.environment.findings.report('fail-call', call.span, {
        message: format?.kind === 'string' ? filled(format.value, call.args.slice(1)) : '',
      })
  },
}

function filled(format: string, args: readonly Expr[]): string {
  const values = args.map((argument) => ('value' in argument ? String(argument.value) : '…'))
  return format.replace(/%[a-z]+/g, () => values.shift() ?? '')
}

function symbolAddress(check: Check, call: CallExpr): void {
  wants(check, call, 0, 'an integer or a pointer', anyOf('integer', 'pointer'))
}

function checkFormat(check: Check, call: CallExpr): void {
  const [format, ...rest] = call.args
  if (format?.kind !== 'string') return
  const types = rest.map(typeOf)
  const found = formatProblem(format.value, types)
  if (found) reportFormat(check, call, format, found)
  if (call.name === 'debugf' && !found) checkDebugFormat(check, call, format, types)
}

function reportFormat(check: Check, call: CallExpr, format: Expr, found: FormatProblem): void {
  const { findings } = check.environment
  if (found.kind === 'count') {
    const kinds = call.args.slice(1).map((value) => suitableSpecifier(typeOf(value)))
    findings.report('format-arguments', call.span, { expected: found.expected, found: found.found, kinds })
    return
  }
  const type = found.kind === 'type' ? formatType(found.type) : ''
  const value = call.args[found.index + 1]
  const suggestion = value && found.kind !== 'no-value' ? suitableSpecifier(typeOf(value)) : ''
  findings.report('format-specifier', call.span, {
    specifier: found.conversion.text,
    type,
    suggestion,
    index: found.index,
    start: format.span.start,
    end: format.span.end,
  })
}

const debugKinds: Readonly<Record<string, string>> = {
  d: 'integer',
  u: 'integer',
  x: 'integer',
  p: 'integer',
  s: 'string',
}

function checkDebugFormat(
  check: Check,
  call: CallExpr,
  format: Expr & { kind: 'string' },
  types: readonly Type[],
): void {
  const specifiers = [...format.value.matchAll(/%[-+ #0-9.hljzt]*([a-zA-Z])/g)].map((match) => match[1] ?? '')
  for (const [i, type] of types.entries()) {
    const kind = entryOf(debugKinds, specifiers[i] ?? '')
    if (!kind) return problem(check, call, `does not know the conversion "${specifiers[i] ?? ''}"`)
    if (type.kind !== kind && type.kind !== 'unknown')
      return problem(check, call, `"%${specifiers[i]}" does not fit ${formatType(type)}`)
  }
}

/** A context is no value. The arguments of a probe are one, unless they are the tracepoint's own record. */
function isBareContext({ root }: Check, type: Type): boolean {
  if (!type.context) return false
  return !type.arguments || (root?.kind === 'probe' && root.attachPoints[0]?.provider === 'tracepoint')
}

function checkPrint(check: Check, call: CallExpr): void {
  const { findings } = check.environment
  const [value] = call.args
  if (!value) return
  if (value.kind === 'map') {
    if (check.loops > 0) findings.report('print-in-loop', call.span, {})
    const type = check.resolution.values.get(value.name)?.type
    if (type?.kind === 'aggregate' && type.aggregate === 'stats' && call.args.length > 1)
      findings.report('print-stats', call.span, {})
    return
  }
  const type = typeOf(value)
  if (type.kind === 'unknown') return
  if (isMultiKeyAggregate(type))
    findings.report('print-invalid', call.span, {
      problem: `${formatType(type)} cannot be printed by key; print the whole map`,
    })
  else if (type.kind === 'none' || type.kind === 'timestamp-mode' || isBareContext(check, type)) {
    findings.report('print-invalid', call.span, { problem: `${formatType(type)} is not printable` })
  } else if (call.args.length !== 1)
    findings.report('print-invalid', call.span, { problem: 'what is not a map is printed alone' })
}
