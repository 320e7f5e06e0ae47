/**
 * Turns what a schema says about a wrong input into one error that names the argument, what is expected and, for an
 * unknown argument, the right names.
 */
import { distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { UserError } from '../../analyzers/shared/user-error.ts'
import type { Tool } from '../tool.ts'

const secretName = /key|token|secret|password|authorization|cookie/i

export function explainInvalidInput(tool: Tool, input: unknown, error: z.ZodError): UserError {
  const known = Object.keys(tool.input.shape)
  // A wrong name is often the reason why a required argument is missing: it comes first.
  const issues = [...error.issues].sort((a, b) => Number(isUnknown(b)) - Number(isUnknown(a)))
  const [first] = issues
  if (first === undefined) throw error
  const field = first.path.map(String).join('.')
  const hints = issues.filter(isUnknown).flatMap((issue) => guessesFor(issue.keys, known))
  return new UserError({
    code: 'INVALID_ARGUMENT',
    message: `Wrong input for \`${tool.name}\`: ${issues
      .slice(0, 3)
      .map((issue) => describeIssue(issue, input))
      .join('; ')}`,
    hint: [...new Set(hints), `Arguments: ${known.length > 0 ? known.join(', ') : 'none'}.`].join(' '),
    details: {
      field,
      received: receivedAt(input, first.path),
      arguments: known,
      issues: error.issues
        .slice(0, 20)
        .map((issue) => ({ field: issue.path.map(String).join('.'), message: issue.message })),
    },
  })
}

type UnknownArguments = z.core.$ZodIssueUnrecognizedKeys

function isUnknown(issue: z.core.$ZodIssue): issue is UnknownArguments {
  return issue.code === 'unrecognized_keys'
}

function describeIssue(issue: z.core.$ZodIssue, input: unknown): string {
  const field = issue.path.map(String).join('.')
  if (isUnknown(issue)) {
    const names = issue.keys.slice(0, 5).map((key) => `\`${key.slice(0, 60)}\``)
    const where = field === '' ? '' : ` in \`${field}\``
    return `there is no argument ${names.join(', ')}${where}`
  }
  if (field === '') return issue.message
  if (issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined) return `\`${field}\` is missing`
  return `\`${field}\`: ${issue.message}`
}

function guessesFor(keys: readonly string[], known: readonly string[]): string[] {
  const nearest = keys.flatMap((key) => nearestOf(key, known))
  return nearest.length > 0 ? [`Did you mean ${nearest.map((name) => `\`${name}\``).join(', ')}?`] : []
}

function nearestOf(key: string, known: readonly string[]): string[] {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const scored = known
    .map((name) => ({ name, far: distance(plain(name), plain(key).slice(0, 60)) }))
    .sort((a, b) => a.far - b.far)
  const [best] = scored
  return best !== undefined && best.far <= Math.max(2, key.length / 3) ? [best.name] : []
}

/** The wrong value, short, and never a secret. */
function receivedAt(input: unknown, path: readonly PropertyKey[]): unknown {
  if (path.some((key) => secretName.test(String(key)))) return '(hidden)'
  const value = valueAt(input, path)
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return `an object with ${Object.keys(value).slice(0, 20).join(', ')}`
  return typeof value === 'string' ? value.slice(0, 200) : value
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}
