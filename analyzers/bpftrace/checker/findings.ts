/**
 * Where the passes put what they find: the code of a diagnostic, a place, and data from which its message and fixes are
 * made later. A compiler stops at its first pass that finds an error; the stage of a finding says which pass it is of,
 * and `surviving` keeps what the compiler would have come to say.
 */
import type { Span } from '../diagnostic.ts'
import type { Code, DataOf } from '../diagnostics/index.ts'
import { stages } from './stages.ts'

export interface Finding {
  readonly code: Code
  readonly span: Span
  /** What the code's definition takes. */
  readonly data: unknown
  readonly severity: 'error' | 'warning' | 'info' | 'hint'
  readonly stage: number
  readonly related: readonly { readonly span: Span; readonly message: string }[]
}

export interface ReportOptions {
  readonly related?: readonly { readonly span: Span; readonly message: string }[]
}

export interface Findings {
  /** Set by the pipeline before each pass. */
  stage: number
  readonly list: Finding[]
  report<C extends Code>(code: C, span: Span, data: DataOf<C>, options?: ReportOptions): void
}

export function createFindings(severityOf: (code: Code) => Finding['severity']): Findings {
  const seen = new Set<string>()
  const findings: Findings = {
    stage: 0,
    list: [],
    report(code, span, data, options) {
      const key = `${code} ${span.start} ${span.end}`
      // The same rule may run many times over growing types; the first thing said about a place stands.
      if (seen.has(key)) return
      seen.add(key)
      const { stage } = findings
      findings.list.push({ code, span, data, severity: severityOf(code), stage, related: options?.related ?? [] })
    },
  }
  return findings
}

/** Without what belongs to passes after the first one that failed. */
export function surviving(list: readonly Finding[]): readonly Finding[] {
  const failed = Math.min(...list.filter((finding) => finding.severity === 'error').map((finding) => finding.stage))
  return list.filter((finding) => finding.stage <= failed || finding.stage === stages.rules)
}

/** A name that nobody knows: what it stands for has no type, and whatever holds it is complained about, too. */
const unknownNames: ReadonlySet<Code> = new Set([
  'identifier-unknown',
  'function-unknown',
  'argument-unknown',
  'field-unknown',
  'struct-unknown',
  'type-unknown',
  'variable-undeclared',
  'map-undefined',
  'stack-mode-unknown',
] satisfies Code[])

/** Without what only follows from an unknown name: the name is what has to be mended. */
export function withoutEchoes(list: readonly Finding[]): readonly Finding[] {
  const roots = list.filter(({ code }) => unknownNames.has(code))
  if (roots.length === 0) return list
  return list.filter(({ code, severity, span, data }) => {
    if (unknownNames.has(code) || severity !== 'error') return true
    const values: readonly unknown[] = typeof data === 'object' && data !== null ? Object.values(data) : []
    const named = values.some((value) => typeof value === 'string' && /\bnone\b/.test(value))
    // Through a variable the lack of a type spreads further down.
    if (named || code === 'type-unresolved' || code === 'assignment-invalid')
      return !roots.some((root) => root.span.start <= span.end)
    return !(values.includes('') && roots.some((root) => root.span.start >= span.start && root.span.end <= span.end))
  })
}
