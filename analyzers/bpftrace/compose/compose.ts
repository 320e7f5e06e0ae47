/**
 * Puts programs together and adds what a finished program often lacks: a filter, a time limit, output over time, a first
 * and a last line. Everything is found in syntax trees and changed as edits of the text, so that comments stay; the
 * result is formatted.
 */
import { UserError } from '../../shared/user-error.ts'
import { format } from '../format.ts'
import { parse } from '../syntax/parse.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Version } from '../version.ts'
import type { Composed } from './composed.ts'
import { mergePrograms } from './merge.ts'
import { addFilter } from './operations/filter.ts'
import { addSeries } from './operations/series.ts'
import { addText } from './operations/text.ts'
import { addTimeLimit } from './operations/time-limit.ts'

export type Operation =
  | { readonly kind: 'filter'; readonly condition: string }
  | { readonly kind: 'time_limit'; readonly duration: string }
  | { readonly kind: 'series'; readonly interval: string; readonly maps?: readonly string[] | undefined }
  | { readonly kind: 'begin_text'; readonly text: string }
  | { readonly kind: 'end_text'; readonly text: string }

export interface ComposeOptions {
  /** What is added is written as this version has it. */
  readonly bpftrace: Version
}

/** @throws UserError for programs that cannot be read or do not go together, and for operations that do not apply. */
export function compose(
  programs: readonly string[],
  operations: readonly Operation[],
  { bpftrace }: ComposeOptions,
): Composed {
  const trees = programs.map((program, index) => readProgram(program, programs.length > 1 ? index + 1 : undefined))
  const [only] = trees
  if (only === undefined) {
    throw new UserError({ code: 'INVALID_ARGUMENT', message: 'There is no program to compose.', hint: 'Give one.' })
  }
  const notes: string[] = []
  const merged = trees.length === 1 ? { program: only.source, notes: [] } : mergePrograms(trees)
  notes.push(...merged.notes)
  let { program } = merged
  for (const operation of operations) {
    const done = apply(readProgram(program, undefined), operation, bpftrace)
    program = done.program
    notes.push(...done.notes)
  }
  return { program: format(program).text, notes }
}

function apply(tree: SyntaxTree, operation: Operation, version: Version): Composed {
  switch (operation.kind) {
    case 'filter':
      return addFilter(tree, operation.condition)
    case 'time_limit':
      return addTimeLimit(tree, operation.duration)
    case 'series':
      return addSeries(tree, operation.interval, operation.maps)
    case 'begin_text':
      return addText(tree, operation.text, 'begin', version)
    case 'end_text':
      return addText(tree, operation.text, 'end', version)
  }
}

function readProgram(program: string, number: number | undefined): SyntaxTree {
  const tree = parse(program)
  const [first] = tree.errors
  if (first === undefined) return tree
  const line = program.slice(0, first.span.start).split('\n').length
  const which = number === undefined ? 'The program' : `Program ${number}`
  throw new UserError({
    code: 'SYNTAX_ERROR',
    message: `${which} cannot be read: line ${line}: ${first.message}`,
    hint: 'Correct the syntax error first: bpftrace.fix_program helps.',
    details: { program: number ?? 1, line },
  })
}
