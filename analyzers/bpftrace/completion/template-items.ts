/**
 * Templates as completion items: the program for the target with tab stops at the values that its reader would want to
 * change. Rendering takes some milliseconds, so whoever offers many keeps what this returns.
 */
import { UserError } from '../../shared/user-error.ts'
import { parametersOf, type RenderOptions, renderTemplate } from '../templates/render.ts'
import type { Template } from '../templates/template.ts'
import type { CompletionItem } from './item.ts'
import { escapeSnippet } from './names.ts'
import { snippetSteps } from './template-stops.ts'

/** With its required values alone as tab stops. Undefined for a template that the target cannot have. */
export function templateItem(template: Template, target: RenderOptions): CompletionItem | undefined {
  const given = examples(template)
  const program = rendered(template, given, target)
  if (program === undefined) return undefined
  const { name: label, title: detail } = template
  const topic = { about: 'template', name: label } as const
  const insert = withExamples(program, given)
  return { label, kind: 'snippet', detail, insert, snippet: true, rank: 6, topic }
}

/**
 * The same with a tab stop at every value that has a place of its own. Yields between two renderings: together they take
 * longer than anyone waits for a list.
 */
export function* refinedItem(item: CompletionItem, template: Template, target: RenderOptions): Refinement {
  const given = examples(template)
  const program = rendered(template, given, target)
  if (program === undefined) return item
  return { ...item, insert: yield* snippetSteps(template, given, program, target) }
}

export type Refinement = Generator<void, CompletionItem>

type Given = Readonly<Record<string, unknown>>

/** Values for what must be given. */
function examples(template: Template): Given {
  const parameters = Object.entries(parametersOf(template))
  return Object.fromEntries(parameters.flatMap(([name, { required, example }]) => (required ? [[name, example]] : [])))
}

function rendered(template: Template, given: Given, target: RenderOptions): string | undefined {
  try {
    return renderTemplate(template, given, target).program
  } catch (error) {
    // The version is too old for it, or the kernel lacks what it needs.
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** All places of one value change together. */
function withExamples(program: string, given: Given): string {
  let snippet = escapeSnippet(program)
  let stop = 0
  for (const example of Object.values(given).filter((value) => typeof value === 'string')) {
    const text = escapeSnippet(example)
    if (!snippet.includes(text)) continue
    const place = `\${${++stop}:${text}}`
    snippet = snippet.replaceAll(text, () => place)
  }
  return snippet
}
