/**
 * What a template is: a program with typed parameters that answers one question. One file in `all/` is one template; it
 * writes the newest spelling, and `render.ts` turns that into the spelling of the target version. A template knows
 * nothing of editors or tools.
 */
import type { Parameter } from './parameters.ts'
import type { TemplateTarget } from './target.ts'

export type Parameters = Readonly<Record<string, Parameter<unknown>>>

export type Values<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer Value> ? Value : never
}

export interface Template<P extends Parameters = Parameters> {
  /** Kebab-case, as the file. */
  readonly name: string
  readonly title: string
  /** The question that its output answers, as a person would ask it. */
  readonly question: string
  readonly tags: readonly string[]
  /** Oldest version of bpftrace that it can be written for, `X.Y`. */
  readonly since: string
  readonly parameters: P
  /** The program in the newest spelling; the layout is the formatter's matter. Notes go to the target. */
  render(values: Values<P>, target: TemplateTarget): string
}

/** Oldest version that every template is tested with. */
export const OLDEST_TESTED = '0.17'

type Definition<P extends Parameters> = Omit<Template<P>, 'since'> & { readonly since?: string }

/** Infers the types of the values from the parameters. */
export function template<const P extends Parameters>(definition: Definition<P>): Template<P> {
  return { since: OLDEST_TESTED, ...definition }
}
