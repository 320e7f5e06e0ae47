/** Options of the script: every `getopt()` becomes the map that holds its value. */
import { boolean, int64, string, type Type, uint64 } from '../../types/type.ts'
import type { Environment } from '../environment.ts'
import type { CallExpr, Expr, ProgramIr } from './ir.ts'
import type { MapFacts } from './resolution.ts'
import { rewriteExpr } from './walk.ts'

export function resolveOptions(program: ProgramIr, environment: Environment, facts: MapFacts): void {
  const seen = new Map<string, { readonly value: string; readonly description: string }>()
  const rewrite = (expression: Expr): Expr => {
    if (expression.kind === 'call' && expression.name === 'getopt') return option(expression, environment, facts, seen)
    rewriteExpr(expression, rewrite)
    return expression
  }
  for (const root of [...program.subprograms, ...program.probes]) rewriteExpr(root.body, rewrite)
}

function option(
  call: CallExpr,
  environment: Environment,
  facts: MapFacts,
  seen: Map<string, { readonly value: string; readonly description: string }>,
): Expr {
  const { span, args } = call
  const problem = (place: Expr, text: string): Expr => {
    environment.findings.report('getopt', place.span, { problem: text })
    return { kind: 'unknown', span }
  }
  const [name, fallback, description] = args
  if (args.some((argument) => argument.kind === 'unknown')) return { kind: 'unknown', span }
  if (name?.kind !== 'string') return problem(name ?? call, 'the first argument of getopt is a string literal')
  if (args.length > 3) return problem(call, 'getopt takes one to three arguments')
  if (description && description.kind !== 'string') {
    return problem(description, 'the third argument of getopt is a string literal')
  }
  const literal = fallback && (fallback.kind === 'integer' || fallback.kind === 'string' || fallback.kind === 'boolean')
  if (fallback && !literal) return problem(fallback, 'the second argument of getopt is a literal')
  const value = fallback && 'value' in fallback ? `${fallback.kind} ${fallback.value}` : 'boolean false'
  const text = description?.kind === 'string' ? description.value : ''
  const before = seen.get(name.value)
  if (before && before.value !== value) {
    return problem(call, `the option "${name.value}" has the same default in all places`)
  }
  if (before && text && before.description && before.description !== text) {
    return problem(call, `the option "${name.value}" has the same description in all places`)
  }
  seen.set(name.value, { value, description: text || (before?.description ?? '') })
  facts.options.set(name.value, optionType(fallback, environment))
  facts.scalar.set(name.value, true)
  return {
    kind: 'map-access',
    span,
    map: { kind: 'map', span, name: name.value },
    key: { kind: 'integer', span, value: 0n },
  }
}

function optionType(fallback: Expr | undefined, environment: Environment): Type {
  switch (fallback?.kind) {
    case 'string':
      return string(environment.settings.maxStringLength)
    case 'integer':
      return fallback.value < 0n ? int64 : uint64
    default:
      return boolean
  }
}
