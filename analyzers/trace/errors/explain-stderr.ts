/**
 * The standard error of bpftrace as structured errors: what kind each is, where in the program, why, and what to do. It
 * knows the printed forms of all versions (`file:line:first-last: ERROR: …`, `file:first-last: …`, hints, source lines)
 * and nothing of the program itself.
 */
import { knownErrors } from './catalog.ts'
import type { ErrorCategory, KnownError } from './known-error.ts'

export interface ExplainedError {
  readonly category: ErrorCategory
  readonly severity: 'error' | 'warning'
  /** As printed, without the place. */
  readonly message: string
  /** 1-based line of the program, where one is named. */
  readonly line?: number
  /** 1-based columns, both inclusive as bpftrace prints them. */
  readonly columns?: { readonly first: number; readonly last: number }
  readonly cause: string
  readonly nextStep: string
  /** Name of the known error, where it is one. */
  readonly known?: string
  /** It says something is wrong when nothing is. */
  readonly harmless: boolean
}

const PLACED =
  /^(?:(?<file>[^\s:][^:\n]*):)?(?<line>\d+)(?::(?<first>\d+)-(?<last>\d+)|-(?<lastLine>\d+))?: (?<level>ERROR|WARNING): (?<message>.*)$/
const UNPLACED = /^(?<level>ERROR|WARNING|BUG|FATAL): (?<message>.*)$/
const HINT = /^\s*HINT: (?<hint>.*)$/
/** The source line that is shown again, and the markers below it. */
const EXCERPT = /^\s*[~^]+\s*$/
const EXPANDED = /^(?:stdin|[^\s:]+):(?<line>\d+):(?<first>\d+)-(?<last>\d+):.*expanded from/
/** Lines of the verifier's log are many; the last ones say what failed. */
const MAX_ERRORS = 100

const compiled = knownErrors.map((error) => ({ error, patterns: error.patterns.map((pattern) => new RegExp(pattern)) }))

export function explainStderr(stderr: string): ExplainedError[] {
  const found: { -readonly [K in keyof ExplainedError]: ExplainedError[K] }[] = []
  const seen = new Set<string>()
  const lines = stderr.split('\n')
  for (const [i, raw] of lines.entries()) {
    const text = raw.trimEnd()
    const hint = HINT.exec(text)?.groups?.hint
    const last = found.at(-1)
    if (hint !== undefined && last !== undefined) {
      last.nextStep = `${hint.replace(/\.?$/, '.')} ${last.nextStep}`
      continue
    }
    const expanded = EXPANDED.exec(text)?.groups
    // An error inside the standard library belongs to where the program calls it.
    if (expanded !== undefined && last !== undefined) {
      last.line = Number(expanded.line)
      last.columns = { first: Number(expanded.first), last: Number(expanded.last) }
      continue
    }
    if (EXCERPT.test(text) || EXCERPT.test(lines[i + 1] ?? '')) continue
    const explained = explainLine(text)
    if (explained === undefined) continue
    const key = `${explained.line ?? ''}:${explained.columns?.first ?? ''}:${explained.message}`
    if (seen.has(key)) continue
    seen.add(key)
    found.push(explained)
    if (found.length === MAX_ERRORS) break
  }
  return found
}

function explainLine(text: string): ExplainedError | undefined {
  const placed = PLACED.exec(text)?.groups
  const unplaced = placed === undefined ? UNPLACED.exec(text)?.groups : undefined
  const known = knownError(text)
  if (placed === undefined && unplaced === undefined && known === undefined) return undefined
  const message = placed?.message ?? unplaced?.message ?? text.trim()
  const isWarning = (placed?.level ?? unplaced?.level) === 'WARNING'
  const severity = isWarning
    ? 'warning'
    : placed !== undefined || unplaced !== undefined
      ? 'error'
      : (known?.error.severity ?? 'error')
  return {
    ...(known === undefined ? unknownError(message, placed !== undefined) : describe(known.error, known.groups)),
    severity,
    message,
    harmless: known?.error.harmless === true,
    ...(placed === undefined ? {} : { line: Number(placed.line) }),
    ...(placed?.first === undefined ? {} : { columns: { first: Number(placed.first), last: Number(placed.last) } }),
  }
}

function knownError(text: string): { readonly error: KnownError; readonly groups: readonly string[] } | undefined {
  for (const { error, patterns } of compiled) {
    for (const pattern of patterns) {
      const match = pattern.exec(text)
      if (match !== null) return { error, groups: match }
    }
  }
  return undefined
}

function describe({ name, category, cause, nextStep }: KnownError, groups: readonly string[]) {
  return { known: name, category, cause: fillIn(cause, groups), nextStep: fillIn(nextStep, groups) }
}

/** Puts what the pattern's groups took into a text of the catalog. */
function fillIn(text: string, groups: readonly string[]): string {
  const isTaken = (part: string) =>
    [...part.matchAll(/\$(\d)/g)].every(([, number]) => (groups[Number(number)] ?? '') !== '')
  return text
    .replace(/\[([^\]|]*\$\d[^\]|]*)(?:\|([^\]]*))?\]/g, (_, whole: string, otherwise = '') =>
      isTaken(whole) ? whole : otherwise,
    )
    .replace(/\$(\d)/g, (_, number: string) => (groups[Number(number)] ?? '').trim() || 'it')
}

/** An error with a place in the program is one of its text or its types; anything else is nobody's fault that is known. */
function unknownError(message: string, isPlaced: boolean) {
  if (!isPlaced) {
    return {
      category: 'internal' as const,
      cause: 'bpftrace reported something that is not known here.',
      nextStep: 'Read the message; if the program is valid, search the issues of bpftrace for it.',
    }
  }
  if (/^(syntax( error)?[:,]|parse error|unterminated|invalid character|unexpected )/i.test(message)) {
    return {
      category: 'syntax' as const,
      cause: 'The text of the program does not follow the grammar of this version.',
      nextStep: 'Correct the text at the place named; `bpftrace.validate_program` offers fixes.',
    }
  }
  return {
    category: 'type' as const,
    cause: 'The program is readable, but what it says does not fit together: a name, a type, or a call.',
    nextStep: 'Correct the expression at the place named; `bpftrace.validate_program` offers fixes.',
  }
}
