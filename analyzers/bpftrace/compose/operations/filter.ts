/** Adds a condition to every probe that watches something, beside the predicate that it may have. */
import { UserError } from '../../../shared/user-error.ts'
import { applyEdits } from '../../apply-edits.ts'
import type { TextEdit } from '../../diagnostic.ts'
import type { Expression } from '../../syntax/ast.ts'
import { parse } from '../../syntax/parse.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import type { Composed } from '../composed.ts'
import { isEvent, probesOf } from '../probes.ts'

/** @throws UserError when the text is no condition, or nothing can be filtered. */
export function addFilter(tree: SyntaxTree, text: string): Composed {
  const condition = enclosed(text.trim(), readCondition(text))
  const probes = probesOf(tree.program).filter(isEvent)
  if (probes.length === 0) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: 'The program has no probe that a filter could be put on.',
      hint: 'begin, end and interval probes are not filtered.',
    })
  }
  const edits = probes.map(({ predicate, attachPoints, body }): TextEdit => {
    if (predicate === null) {
      const end = attachPoints.at(-1)?.span.end ?? body.span.start
      return { span: { start: end, end }, newText: ` /${text.trim()}/` }
    }
    const { span } = predicate.condition
    const before = tree.source.slice(span.start, span.end)
    return { span, newText: `${enclosed(before, predicate.condition)} && ${condition}` }
  })
  return {
    program: applyEdits(tree.source, edits),
    notes: [`${edits.length} probe${edits.length === 1 ? ' has' : 's have'} the filter \`${text.trim()}\`.`],
  }
}

function readCondition(text: string): Expression {
  const source = `BEGIN /${text}/ { }`
  const { program, errors } = parse(source)
  const [probe, ...more] = program.items
  const condition = probe?.kind === 'Probe' ? probe.predicate?.condition : undefined
  const isWhole =
    condition !== undefined && source.slice(condition.span.start, condition.span.end).trim() === text.trim()
  if (errors.length > 0 || more.length > 0 || condition === undefined || !isWhole || text.trim() === '') {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `"${text}" cannot be a condition: ${errors[0]?.message ?? 'it is no single expression'}.`,
      hint: 'Write it as between the slashes of a predicate, for example `pid == 1234 && comm != "sshd"`; a division needs parentheses.',
    })
  }
  return condition
}

/** In parentheses where `&&` binds more tightly. */
function enclosed(text: string, node: Expression): string {
  const isLoose = node.kind === 'Conditional' || (node.kind === 'Binary' && node.operator === '||')
  return isLoose ? `(${text})` : text
}
