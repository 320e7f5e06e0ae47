/** Looks templates up by words and tags: how many of the words stand where, the name and title counting most. */
import { rankByWords } from './rank-by-words.ts'
import type { Template } from './template.ts'
import { templates } from './templates.generated.ts'

export interface TemplateQuery {
  readonly query?: string | undefined
  readonly tag?: string | undefined
}

export function findTemplates(query: TemplateQuery): readonly Template[] {
  return rankTemplates(query).map(({ template }) => template)
}

export interface RankedTemplate {
  readonly template: Template
  /** Share of the best that the words could reach, from 0 to 1; 1 for all where there are no words. */
  readonly score: number
}

export function rankTemplates({ query, tag }: TemplateQuery): readonly RankedTemplate[] {
  const wanted = tag?.trim().toLowerCase()
  const tagged = templates.filter(
    (each) => wanted === undefined || each.tags.some((own) => own.toLowerCase() === wanted),
  )
  return rankByWords(tagged, query ?? '').map(({ item, score }) => ({ template: item, score }))
}
