/** A line that the program prints when it begins or ends. */
import { UserError } from '../../../shared/user-error.ts'
import { applyEdits } from '../../apply-edits.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { atLeast, type Version } from '../../version.ts'
import type { Composed } from '../composed.ts'
import { isSpecial, probesOf } from '../probes.ts'

/** @throws UserError for text that cannot stand in a program. */
export function addText(tree: SyntaxTree, text: string, at: 'begin' | 'end', version: Version): Composed {
  const statement = `printf("${literal(text)}\\n");`
  const notes = [`It prints a line at its ${at === 'begin' ? 'beginning' : 'end'}.`]
  const probe = probesOf(tree.program).find((each) => isSpecial(each, at))
  if (probe !== undefined && probe.predicate === null) {
    const position = probe.body.span.start + 1
    const edit = { span: { start: position, end: position }, newText: `\n  ${statement}\n` }
    return { program: applyEdits(tree.source, [edit]), notes }
  }
  if (probe !== undefined) {
    throw new UserError({
      code: 'UNSUPPORTED',
      message: `The \`${at}\` probe has a predicate, so a line in it would not always be printed.`,
      hint: 'Make the predicate an `if` inside the probe.',
    })
  }
  const name = atLeast(version, '0.24') ? at : at.toUpperCase()
  return at === 'begin'
    ? { program: beforeProbes(tree, `${name} {\n  ${statement}\n}\n\n`), notes }
    : { program: `${tree.source.trimEnd()}\n\n${name} {\n  ${statement}\n}\n`, notes }
}

/** Definitions and settings stand before all probes, and so they stay. */
function beforeProbes(tree: SyntaxTree, text: string): string {
  const first = tree.program.items.findIndex((item) => item.kind === 'Probe')
  const before = tree.program.items[first - 1]
  const start = before?.span.end ?? (tree.tokens[0]?.kind === 'shebang' ? tree.tokens[0].end : 0)
  const rest = tree.source.slice(start)
  const semicolon = /^\s*;/.exec(rest)?.[0].length ?? 0
  const position = start + semicolon
  return `${tree.source.slice(0, position)}${position === 0 ? '' : '\n\n'}${text}${tree.source.slice(position).trimStart()}`
}

function literal(text: string): string {
  if (/[^\P{Cc}\n\t]/u.test(text) || text.length > 1000) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: 'The text to print must be at most 1000 characters without control characters.',
      hint: 'Line breaks and tabs are allowed.',
    })
  }
  return text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}
