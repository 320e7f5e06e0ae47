/**
 * Templates as completion items: the program for the target with a tab stop at every value that its reader would want to
 * change. Rendering takes some milliseconds, so whoever offers many keeps what this returns.
 */
import { UserError } from '../../shared/user-error.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import type { Parameter } from '../templates/parameters.ts'
import { parametersOf, renderTemplate } from '../templates/render.ts'
import type { Template } from '../templates/template.ts'
import type { Version } from '../version.ts'
import type { CompletionItem } from './item.ts'
import { escapeSnippet } from './names.ts'

export interface TemplateTargets {
  readonly bpftrace: Version
  readonly kernel: KernelFacts
}

/** Undefined for a template that the target cannot have. */
export function templateItem(template: Template, target: TemplateTargets): CompletionItem | undefined {
  const parameters = Object.entries(parametersOf(template))
  const given = Object.fromEntries(
    parameters.flatMap(([name, { required, example }]) => (required ? [[name, example]] : [])),
  )
  try {
    const { program } = renderTemplate(template, given, target)
    return {
      label: template.name,
      kind: 'snippet',
      detail: template.title,
      insert: withTabStops(template, given, program, target),
      snippet: true,
      rank: 6,
      topic: { about: 'template', name: template.name },
    }
  } catch (error) {
    // The version is too old for it, or the kernel lacks what it needs.
    if (error instanceof UserError) return undefined
    throw error
  }
}

type Given = Readonly<Record<string, unknown>>

interface Mark {
  readonly name: string
  readonly mark: number
  readonly value: string
}

/** Where a value stands is found by writing the program once more with values that occur nowhere else. */
function withTabStops(template: Template, given: Given, program: string, target: TemplateTargets): string {
  const marks = Object.entries(parametersOf(template)).flatMap(([name, parameter], index): Mark[] => {
    const mark = markFor(parameter, index)
    return mark === undefined ? [] : [{ name, mark, value: String(parameter.default) }]
  })
  const marked = marks.length > 0 ? renderMarked(template, given, marks, target) : undefined
  const restored = marked && marks.reduce((text, { mark, value }) => replaceNumber(text, mark, value), marked)
  // A value that is reckoned with leaves no place of its own, and then the program is not the same.
  const places = restored === program ? marks : []
  let stop = 0
  let snippet = escapeSnippet(places.length > 0 && marked ? marked : program)
  for (const example of Object.values(given).filter((value) => typeof value === 'string')) {
    const text = escapeSnippet(example)
    if (!snippet.includes(text)) continue
    stop++
    // All places of one value change together.
    const place = `\${${stop}:${text}}`
    snippet = snippet.replaceAll(text, () => place)
  }
  for (const { mark, value } of places) {
    if (!new RegExp(`\\b${mark}\\b`).test(snippet)) continue
    snippet = replaceNumber(snippet, mark, `\${${++stop}:${value}}`)
  }
  return snippet
}

function replaceNumber(text: string, mark: number, value: string): string {
  return text.replace(new RegExp(`\\b${mark}\\b`, 'g'), () => value)
}

/** A number within the parameter's limits that no program has by chance. */
function markFor(parameter: Parameter<unknown>, index: number): number | undefined {
  if (parameter.type !== 'integer' || typeof parameter.default !== 'number') return undefined
  const mark = 7919 + 13 * index
  const { minimum = 1, maximum = Number.MAX_SAFE_INTEGER } = parameter
  return minimum <= mark && mark <= maximum ? mark : undefined
}

function renderMarked(
  template: Template,
  given: Given,
  marks: readonly { readonly name: string; readonly mark: number }[],
  target: TemplateTargets,
): string | undefined {
  const values = Object.fromEntries(marks.map(({ name, mark }) => [name, mark]))
  try {
    return renderTemplate(template, { ...given, ...values }, target).program
  } catch (error) {
    // Values that do not go together: then there are no tab stops.
    if (error instanceof UserError) return undefined
    throw error
  }
}
