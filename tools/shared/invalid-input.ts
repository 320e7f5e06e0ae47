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
  const [first] = error.issues
  if (first === undefined) throw error
  const field = first.path.map(String).join('.')
  const hints = error.issues.slice(0, 5).map((issue) => hintFor(issue, known))
  return new UserError({
    code: 'INVALID_ARGUMENT',
    message: `Wrong input for \`${tool.name}\`: ${describeIssue(first)}`,
    hint: [...new Set(hints)].join(' '),
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

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `\`${key.slice(0, 60)}\``).join(', ')
    return issue.keys.length === 1 ? `there is no argument ${names}` : `there are no arguments ${names}`
  }
  const field = issue.path.map(String).join('.')
  return field === '' ? issue.message : `\`${field}\`: ${issue.message}`
}

function hintFor(issue: z.core.$ZodIssue, known: readonly string[]): string {
  if (issue.code !== 'unrecognized_keys' || issue.path.length > 0) return `Arguments: ${known.join(', ')}.`
  const nearest = issue.keys.flatMap((key) => nearestOf(key, known))
  const guess = nearest.length > 0 ? `Did you mean ${nearest.map((name) => `\`${name}\``).join(', ')}? ` : ''
  return `${guess}Arguments: ${known.length > 0 ? known.join(', ') : 'none'}.`
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
  let value = input
  for (const key of path) {
    if (secretName.test(String(key))) return '(hidden)'
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return `an object with ${Object.keys(value).slice(0, 20).join(', ')}`
  return typeof value === 'string' ? value.slice(0, 200) : value
}
