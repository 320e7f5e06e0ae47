/** Looks templates up by words and tags: how many of the words stand where, the name and title counting most. */
import type { Template } from './template.ts'
import { templates } from './templates.generated.ts'

export interface TemplateQuery {
  readonly query?: string | undefined
  readonly tag?: string | undefined
}

const IN_NAME = 4
const IN_TAGS = 3
const IN_TITLE = 3
const IN_QUESTION = 1

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
  const words = wordsOf(query ?? '')
  if (words.length === 0) return tagged.map((template) => ({ template, score: 1 }))
  const most = words.length * (IN_NAME + IN_TAGS + IN_TITLE + IN_QUESTION)
  return tagged
    .map((template) => ({ template, score: templateScore(template, words) / most }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.template.name.localeCompare(b.template.name))
}

function templateScore(template: Template, words: readonly string[]): number {
  const places = [
    [IN_NAME, wordsOf(template.name)],
    [IN_TAGS, wordsOf(template.tags.join(' '))],
    [IN_TITLE, wordsOf(template.title)],
    [IN_QUESTION, wordsOf(template.question)],
  ] as const
  let score = 0
  for (const word of words) {
    for (const [weight, own] of places) if (own.some((each) => matches(each, word))) score += weight
  }
  return score
}

/** Without the words that every question has, and without endings of the plural. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !common.has(word))
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
}

const common = new Set(
  'the is are of to in on by and or for with what which who how does do did my a an from it its this that per all many much long show me'.split(
    ' ',
  ),
)

function matches(own: string, word: string): boolean {
  return own === word || (word.length > 3 && own.startsWith(word)) || (own.length > 3 && word.startsWith(own))
}
