/** From a finding of a pass to the diagnostic that people see: its message, its fixes, the level that they chose. */
import { lazy } from '../../shared/lazy.ts'
import type { Finding } from '../checker/findings.ts'
import type { Diagnostic, Fix } from '../diagnostic.ts'
import type { Vocabulary } from '../spelling/words.ts'
import type { DiagnosticDefinition } from './define.ts'
import { elided, elidedData } from './elide.ts'
import { diagnostics } from './index.ts'

export type Levels = Readonly<Record<string, 'warning' | 'info' | 'hint' | 'off'>>

/** The passes report each code with the data that its definition takes; the compiler has seen to that. */
const definitionOf = (finding: Finding): DiagnosticDefinition<unknown> =>
  diagnostics[finding.code] as DiagnosticDefinition<unknown>

export const isRule = (finding: Finding): boolean => definitionOf(finding).origin === 'rule'

/** So many different findings of one code get their fixes; to look for what thousands of names were meant to be takes time. */
const MOST_FIXED = 200

export function toDiagnostics(findings: readonly Finding[], words: Vocabulary, levels: Levels): readonly Diagnostic[] {
  const seen = new Map<string, Set<string>>()
  return findings.flatMap((finding) => {
    const different = seen.get(finding.code) ?? new Set()
    seen.set(finding.code, different)
    const texts = textsOf(finding.data)
    if (different.size < MOST_FIXED) different.add(texts)
    return toDiagnostic(finding, words, levels, different.has(texts))
  })
}

/** What was meant by the same words is known when it has been found once. */
const textsOf = (data: unknown): string =>
  typeof data !== 'object' || data === null
    ? ''
    : Object.values(data)
        .filter((value) => typeof value === 'string')
        .join('\n')

/** Nothing, when the level is `off`. What the compiler calls an error stays one. */
function toDiagnostic(finding: Finding, words: Vocabulary, levels: Levels, isFixed: boolean): readonly Diagnostic[] {
  const definition = definitionOf(finding)
  const level = finding.severity === 'error' ? undefined : levels[finding.code]
  if (level === 'off') return []
  const { span, data, related, code } = finding
  // Most are never asked for: an editor shows hundreds of findings and mends one.
  const fixes = lazy(() => (isFixed ? fixesOf(finding, definition, words) : []))
  return [
    {
      severity: level ?? finding.severity,
      code,
      message: definition.message(elidedData(data)),
      origin: definition.origin ?? 'compiler',
      span,
      related,
      get fixes() {
        return fixes()
      },
      ...(definition.tags && { tags: definition.tags }),
    },
  ]
}

function fixesOf({ span, data }: Finding, { fixes }: DiagnosticDefinition<unknown>, words: Vocabulary): readonly Fix[] {
  const found = fixes?.({ span, data, source: words.tree.source, words }) ?? []
  return found.map((fix) => ({ ...fix, title: elided(fix.title) }))
}
