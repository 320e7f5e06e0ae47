/** How often the first fix of a misspelt program gives the program back, by kind of word. */
import type { KernelFacts } from '../../../analyzers/bpftrace/kernel-facts.ts'
import type { Version } from '../../../analyzers/bpftrace/version.ts'
import { sites } from './programs.ts'
import { misspell, randomFrom } from './typo.ts'

export interface Misspelt {
  readonly kind: string
  readonly written: string
  readonly meant: string
  readonly program: string
  /** Where the word stands. */
  readonly start: number
  readonly original: string
}

/** Programs with one word misspelt, the same for the same seed. */
export function misspeltPrograms(
  version: Version,
  kernel: KernelFacts,
  seed: number,
  perKind: number,
): readonly Misspelt[] {
  const random = randomFrom(seed)
  return sites(version, kernel, random, perKind).flatMap(({ kind, before, word, after, others }) => {
    const written = misspell(word, random)
    const isWord = written !== word && /^[\w-]+$/.test(written) && !/^\d/.test(written) && written.length > 1
    if (!isWord || others.includes(written)) return []
    const program = before + written + after
    return [{ kind, written, meant: word, program, start: before.length, original: before + word + after }]
  })
}

/** What a face says of a program: places as offsets of its text. */
export interface Said {
  readonly severity: 'error' | 'warning' | 'info' | 'hint'
  readonly span: { readonly start: number; readonly end: number }
  readonly fixes: readonly {
    readonly edits: readonly {
      readonly span: { readonly start: number; readonly end: number }
      readonly newText: string
    }[]
  }[]
}

const rank = { error: 0, warning: 1, info: 2, hint: 3 } as const

/** The program after the first fix: of what is said of the word itself, else of what could not be read because of it. */
export function mended({ program, start, written }: Misspelt, said: readonly Said[]): string | undefined {
  const isThere = ({ span }: Said) => span.start <= start + written.length && start <= span.end
  const length = ({ span }: Said) => span.end - span.start
  const [fix] = said
    .toSorted(
      (a, b) => Number(isThere(b)) - Number(isThere(a)) || rank[a.severity] - rank[b.severity] || length(a) - length(b),
    )
    .flatMap(({ fixes }) => fixes[0] ?? [])
  return fix?.edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), program)
}

/** Shares of right fixes by kind, and of `all`. */
export function shares(
  outcomes: readonly (Misspelt & { readonly mended: string | undefined })[],
): ReadonlyMap<string, number> {
  const share = (list: typeof outcomes) => list.filter((each) => each.mended === each.original).length / list.length
  const kinds = Map.groupBy(outcomes, ({ kind }) => kind)
  return new Map([['all', share(outcomes)], ...[...kinds].map(([kind, list]) => [kind, share(list)] as const)])
}
