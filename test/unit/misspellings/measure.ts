/** How often the first fix of a misspelt program gives the program back, by kind of word. */
import type { Fix } from '../../../analyzers/bpftrace/diagnostic.ts'
import { inspect } from '../../../analyzers/bpftrace/inspect.ts'
import type { KernelFacts } from '../../../analyzers/bpftrace/kernel-facts.ts'
import { withMigration } from '../../../analyzers/bpftrace/migrate/offer-migration.ts'
import type { Version } from '../../../analyzers/bpftrace/version.ts'
import { sites } from './programs.ts'
import { misspell, randomFrom } from './typo.ts'

export interface Outcome {
  readonly kind: string
  readonly written: string
  readonly meant: string
  readonly program: string
  /** What the first fix makes of it. */
  readonly fixed: string | undefined
  readonly original: string
}

const rank = { error: 0, warning: 1, info: 2, hint: 3 } as const

export function measure(version: Version, kernel: KernelFacts, seed: number, perKind: number): readonly Outcome[] {
  const random = randomFrom(seed)
  const options = { bpftrace: version, kernel, params: [] }
  return sites(version, kernel, random, perKind).flatMap(({ kind, before, word, after, others }) => {
    const written = misspell(word, random)
    const isWord = written !== word && /^[\w-]+$/.test(written) && !/^\d/.test(written) && written.length > 1
    if (!isWord || others.has(written)) return []
    const program = before + written + after
    const diagnostics = withMigration(program, inspect(program, options).diagnostics, options)
    const [fix] = diagnostics
      .toSorted((a, b) => rank[a.severity] - rank[b.severity])
      .flatMap(({ fixes }) => fixes[0] ?? [])
    const original = before + word + after
    return [{ kind, written, meant: word, program, original, fixed: fix && applied(fix, program) }]
  })
}

function applied({ edits }: Fix, program: string): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), program)
}

/** Shares of right fixes, by kind and in all. */
export function shares(outcomes: readonly Outcome[]): ReadonlyMap<string, number> {
  const kinds = Map.groupBy(outcomes, ({ kind }) => kind)
  const share = (list: readonly Outcome[]) =>
    list.filter(({ fixed, original }) => fixed === original).length / list.length
  return new Map([...[...kinds].map(([kind, list]) => [kind, share(list)] as const), ['all', share(outcomes)]])
}
