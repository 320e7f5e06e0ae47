/** Fixes of calls: arguments that are too many, missing, or no literals although they have to be. */
import type { Fix, Span } from '../diagnostic.ts'
import type { Call, Expression } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { callAt, onlyValue, textOf } from './find.ts'
import { asType, sortOf } from './values.ts'

/** Without what stands behind the first `most` arguments. */
export function withoutSurplus(tree: SyntaxTree, span: Span, most: number): readonly Fix[] {
  const given = callAt(tree, span)?.arguments ?? []
  const [last, first] = [given.at(-1), given[0]]
  if (!first || !last || given.length <= most || last.kind === 'Missing') return []
  const place = { start: most === 0 ? first.span.start : (given[most - 1]?.span.end ?? 0), end: last.span.end }
  const text = tree.source.slice(place.start, place.end).replace(/^,\s*/, '')
  const title = text.length <= SHORT ? `Remove \`${text}\`` : 'Remove the arguments that are too many'
  return [{ title, edits: [{ span: place, newText: '' }], safe: false }]
}

/** What a title can quote. */
const SHORT = 40

/** What the arguments that people leave out usually are. */
const usual: Readonly<
  Record<string, (given: readonly Expression[], tree: SyntaxTree) => readonly string[] | undefined>
> = {
  strncmp(given) {
    const texts = given.flatMap((each) => (each.kind === 'StringLiteral' ? [each.value.length] : []))
    return texts.length > 0 ? ['', '', String(Math.max(...texts))] : undefined
  },
  strftime: ([only], tree) =>
    only?.kind === 'StringLiteral' ? ['', 'nsecs'] : only ? ['"%H:%M:%S"', textOf(tree, only)] : undefined,
  lhist: () => ['', '0', '1000', '10'],
}

/** With what is usually given where arguments are missing. */
export function withUsual(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const call = callAt(tree, span)
  const [first, last] = [call?.arguments[0], call?.arguments.at(-1)]
  if (!call || !first || !last || !Object.hasOwn(usual, name)) return []
  const whole = usual[name]?.(call.arguments, tree)
  if (!whole || whole.length <= call.arguments.length) return []
  const texts = whole.map((text, index) => {
    const given = call.arguments[index]
    return text === '' && given ? textOf(tree, given) : text
  })
  const newText = texts.join(', ')
  const place = { start: first.span.start, end: last.span.end }
  return [{ title: `Call it as \`${name}(${newText})\``, edits: [{ span: place, newText }], safe: false }]
}

/** A variable as an argument that has to be a literal, when it is one literal and nothing else in its whole probe. */
export function inlineLiterals(tree: SyntaxTree, span: Span, kind: 'StringLiteral' | 'IntegerLiteral'): readonly Fix[] {
  const variables = (callAt(tree, span)?.arguments ?? []).filter((each) => each.kind === 'Variable')
  return variables
    .flatMap((variable) => {
      const literal = onlyValue(tree, span, variable.name)
      if (literal?.kind !== kind) return []
      const newText = textOf(tree, literal)
      return [{ title: `Write \`${newText}\` here`, edits: [{ span: variable.span, newText }], safe: false }]
    })
    .slice(0, 1)
}

/** A text that is no literal, printed by a format that is one. */
export function throughFormat(tree: SyntaxTree, span: Span): readonly Fix[] {
  const call = callAt(tree, span)
  const [format, ...more] = call?.arguments ?? []
  if (!call || !format || more.length > 0 || !takesFormat.has(call.callee.text)) return []
  if (format.kind === 'StringLiteral' || format.kind === 'Missing') return []
  const at = { start: format.span.start, end: format.span.start }
  return [{ title: 'Print it with the format `"%s"`', edits: [{ span: at, newText: '"%s", ' }], safe: false }]
}

const takesFormat = new Set(['printf', 'errorf', 'warnf', 'debugf'])

/** Another word where the name of the function stands. */
export const callInstead = ({ callee }: Call, name: string): Fix => ({
  title: `Replace with \`${name}()\``,
  edits: [{ span: callee.span, newText: name }],
  safe: false,
})

/** Two arguments in each other's place. */
export function swapped(tree: SyntaxTree, span: Span, first: number, second: number): readonly Fix[] {
  const { [first]: a, [second]: b } = callAt(tree, span)?.arguments ?? []
  if (!a || !b) return []
  const edits = [
    { span: a.span, newText: textOf(tree, b) },
    { span: b.span, newText: textOf(tree, a) },
  ]
  return [{ title: `Swap \`${textOf(tree, a)}\` and \`${textOf(tree, b)}\``, edits, safe: false }]
}

/** One argument as another text. */
export function otherArgument(
  tree: SyntaxTree,
  span: Span,
  index: number,
  newText: string,
  safe = false,
): readonly Fix[] {
  const argument = callAt(tree, span)?.arguments[index]
  return argument ? [{ title: `Replace with \`${newText}\``, edits: [{ span: argument.span, newText }], safe }] : []
}

/** Several values in a place for one, as a tuple. */
export function asTuple(tree: SyntaxTree, span: Span): readonly Fix[] {
  const given = callAt(tree, span)?.arguments ?? []
  const [first, last] = [given[0], given.at(-1)]
  const isMap = first?.kind === 'MapReference' || first?.kind === 'MapAccess'
  if (!first || !last || given.length < 2 || isMap) return []
  const edits = [
    { span: { start: first.span.start, end: first.span.start }, newText: '(' },
    { span: { start: last.span.end, end: last.span.end }, newText: ')' },
  ]
  return [{ title: 'Print them as a tuple', edits, safe: false }]
}

/** The one argument of a type that does not fit, as the type that does. */
export function fittingArgument(tree: SyntaxTree, span: Span, from: string, to: string): readonly Fix[] {
  const given = callAt(tree, span)?.arguments ?? []
  // Texts are what texts are wanted for.
  const candidates = sortOf(to) === 'string' ? given.filter(({ kind }) => kind !== 'StringLiteral') : given
  return candidates.flatMap((node) => asType(tree, node, from, to)).slice(0, 1)
}

const mostFrames = 1024

/** By what is wrong with the arguments of a stack. */
export function fittingStack(tree: SyntaxTree, span: Span, problem: string): readonly Fix[] {
  const given = callAt(tree, span)?.arguments ?? []
  if (problem.startsWith('takes a mode and a limit')) return withoutSurplus(tree, span, 2)
  if (problem.startsWith('takes the mode first'))
    return given[1]?.kind === 'Identifier' ? swapped(tree, span, 0, 1) : []
  if (problem.startsWith('takes a literal')) return inlineLiterals(tree, span, 'IntegerLiteral')
  if (problem.startsWith('has a limit')) {
    const index = given.findIndex(({ kind }) => kind === 'IntegerLiteral')
    return index < 0 ? [] : otherArgument(tree, span, index, String(mostFrames))
  }
  return problem.includes('build_id') ? otherArgument(tree, span, 0, 'raw') : []
}
