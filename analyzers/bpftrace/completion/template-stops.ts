/**
 * Where the parameters of a template stand in its program: found by writing the program once more for every other value
 * and looking which words change. What changes more than single words, or shapes the program itself, has no place.
 */
import { UserError } from '../../shared/user-error.ts'
import type { Parameter } from '../templates/parameters.ts'
import { parametersOf, type RenderOptions, renderTemplate } from '../templates/render.ts'
import type { Template } from '../templates/template.ts'
import { escapeSnippet } from './names.ts'

/** One value in the program: its words by their place among all, and what else it could be. */
interface Stop {
  readonly places: readonly number[]
  readonly choices: readonly string[]
}

interface Word {
  readonly start: number
  readonly text: string
}

type Given = Readonly<Record<string, unknown>>

/**
 * The program as a snippet with tab stops. Yields between two renderings, of which there are as many as values, so that
 * whoever has other work can do it.
 */
export function* snippetSteps(
  template: Template,
  given: Given,
  program: string,
  target: RenderOptions,
): Generator<void, string> {
  const words = wordsOf(program)
  const taken = new Set<number>()
  const stops: Stop[] = []
  for (const [name, parameter] of Object.entries(parametersOf(template))) {
    const others = alternatives(parameter, given[name])
    let stop: Stop | undefined
    for (const value of others) {
      yield
      const found = changedBy(template, { ...given, [name]: value }, words, target)
      if (!found || found.places.some((place) => taken.has(place))) continue
      if (parameter.type !== 'choice') {
        stop = { places: found.places, choices: [] }
        break
      }
      if (!stop) stop = { places: found.places, choices: [found.text] }
      else if (stop.places.join() === found.places.join()) stop = { ...stop, choices: [...stop.choices, found.text] }
    }
    if (!stop) continue
    stops.push(stop)
    for (const place of stop.places) taken.add(place)
  }
  return write(program, words, stops)
}

/** Finer than the language's tokens: an attach point or a text is one of those. `page-faults` and `vfs_*` are one word. */
function wordsOf(program: string): readonly Word[] {
  return [...program.matchAll(/[\w*]+(?:-[\w*]+)*|[^\s\w]/g)].map(({ 0: text, index }) => ({ start: index, text }))
}

/** Values that are allowed and not the one the program has. */
function alternatives(parameter: Parameter<unknown>, given: unknown): readonly unknown[] {
  const now = given ?? parameter.default
  if (now === undefined) return []
  switch (parameter.type) {
    case 'choice':
      return (parameter.choices ?? []).filter((choice) => choice !== now)
    case 'integer': {
      const { minimum = 1, maximum = Number.MAX_SAFE_INTEGER } = parameter
      return [7919, 97, 3].filter((value) => minimum <= value && value <= maximum && value !== now).slice(0, 1)
    }
    case 'duration':
      return ['7s', '7ms']
    case 'function':
    case 'symbol':
    case 'comm':
    case 'text':
      return ['another_name', 'write', 'vfs_write'].filter((value) => value !== now)
    case 'probe':
      // Another probe of the same kind; which there are depends on the kernel.
      return ['sched_wakeup', 'vfs_write', 'vfs_read', 'malloc']
        .map((name) => String(now).replace(/[^:]+$/, name))
        .filter((value) => value !== now)
    case 'path':
      return ['libother', '/bin/sh'].filter((value) => value !== now)
    default:
      return []
  }
}

/** The places that another value changes, all from one text to one other; undefined when it changes more. */
function changedBy(template: Template, given: Given, words: readonly Word[], target: RenderOptions) {
  const other = rendered(template, given, target)
  const others = other === undefined ? [] : wordsOf(other)
  if (others.length !== words.length) return undefined
  const places = words.flatMap(({ text }, index) => (others[index]?.text === text ? [] : [index]))
  const [first] = places
  if (first === undefined) return undefined
  const before = words[first]?.text
  const text = others[first]?.text ?? ''
  const isOne = places.every((place) => words[place]?.text === before && others[place]?.text === text)
  return isOne && /\w/.test(text) ? { places, text } : undefined
}

function rendered(template: Template, given: Given, target: RenderOptions): string | undefined {
  try {
    return renderTemplate(template, given, target).program
  } catch (error) {
    // Not a value here, or values that do not go together.
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** Stops are numbered as they are read; all places of one value change together. */
function write(program: string, words: readonly Word[], stops: readonly Stop[]): string {
  const ordered = stops.toSorted((a, b) => (a.places[0] ?? 0) - (b.places[0] ?? 0))
  const places = ordered
    .flatMap(({ places, choices }, index) =>
      places.map((place, nth) => ({ place, choices: nth === 0 ? choices : [], index })),
    )
    .toSorted((a, b) => a.place - b.place)
  let snippet = ''
  let end = 0
  for (const { place, choices, index } of places) {
    const { start, text } = words[place] ?? { start: end, text: '' }
    const value = choices.length > 0 ? `|${[text, ...choices].map(escapeChoice).join(',')}|` : `:${escapeSnippet(text)}`
    snippet += `${escapeSnippet(program.slice(end, start))}\${${index + 1}${value}}`
    end = start + text.length
  }
  return snippet + escapeSnippet(program.slice(end))
}

function escapeChoice(text: string): string {
  return escapeSnippet(text).replace(/[,|]/g, '\\$&')
}
