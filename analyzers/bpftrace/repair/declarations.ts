/** Fixes of variables and functions that are declared: their types, their first values, declarations too many. */
import type { Fix, Span } from '../diagnostic.ts'
import type { Expression } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { allAround, around, nodeAt, textOf } from './find.ts'
import { removal } from './statements.ts'
import { asType, castTo, sortOf } from './values.ts'

/** `let $a = 2` as `$a = 2`, where `$a` is there already; without a value there is nothing to keep. */
export function assignInstead(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const declaration = around(tree, span, 'VariableDeclaration')
  if (!declaration) return []
  const { variable, value } = declaration
  if (!value) return removal(tree, declaration, 'Remove the declaration')
  const gap = tree.source.slice(0, value.span.start).search(/=\s*$/)
  const place = { start: declaration.span.start, end: gap }
  if (variable.kind !== 'Variable' || gap < variable.span.end) return []
  return [{ title: `Assign to \`${name}\` instead`, edits: [{ span: place, newText: `${name} ` }], safe: false }]
}

/** A type that variables can have: that of the value, or a plain number. */
export function otherDeclaredType(tree: SyntaxTree, span: Span): readonly Fix[] {
  const declaration = around(tree, span, 'VariableDeclaration')
  const type = declaration?.type
  if (!declaration || !type) return []
  if (!declaration.value) {
    return [{ title: 'Replace with `int64`', edits: [{ span: type.span, newText: 'int64' }], safe: false }]
  }
  const place = { start: declaration.variable.span.end, end: type.span.end }
  return [{ title: 'Leave the type to the value', edits: [{ span: place, newText: '' }], safe: false }]
}

/** The first value of a variable, cast to the type that a later one has. */
export function firstAs(tree: SyntaxTree, span: Span, name: string, type: string): readonly Fix[] {
  const first = valuesOf(tree, span, name)[0]
  return first && first.span.end <= span.start ? castTo(first, type) : []
}

function valuesOf(tree: SyntaxTree, span: Span, name: string): readonly Expression[] {
  return allAround(tree, span, 'Assignment', 'VariableDeclaration').flatMap((node) => {
    const variable = node.kind === 'Assignment' ? node.target : node.variable
    return variable.kind === 'Variable' && variable.name === name && node.value ? [node.value] : []
  })
}

/** A value as the variable's type, or the variable declared with the value's. */
export function fittingAssignment(
  tree: SyntaxTree,
  span: Span,
  { name, type, current }: { readonly name: string; readonly type: string; readonly current: string },
): readonly Fix[] {
  const node = nodeAt(tree, span, 'Assignment', 'VariableDeclaration')
  if (!node?.value) return []
  const declared = declaredType(tree, span, name)
  const isWidth = sortOf(type) === 'integer' && sortOf(current) === 'integer'
  const wider: readonly Fix[] =
    declared && isWidth && /^u?int\d+$/.test(type)
      ? [{ title: `Declare ${name} as \`${type}\``, edits: [{ span: declared.span, newText: type }], safe: false }]
      : []
  return [...wider, ...asType(tree, node.value, type, current)]
}

const declaredType = (tree: SyntaxTree, span: Span, name: string) =>
  allAround(tree, span, 'VariableDeclaration').find(
    ({ variable }) => variable.kind === 'Variable' && variable.name === name,
  )?.type

/** `let $a;` with a first value, of the kind that it is given later. */
export function initialised(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const declaration = allAround(tree, span, 'VariableDeclaration').findLast(
    (each) => each.variable.kind === 'Variable' && each.variable.name === name && each.span.start <= span.start,
  )
  if (!declaration || declaration.value) return []
  const type = declaration.type ? textOf(tree, declaration.type) : ''
  const [later] = valuesOf(tree, span, name)
  const isText = type === '' ? later !== undefined && isTextual(later) : sortOf(type) === 'string'
  if (type !== '' && sortOf(type) === 'other') return []
  const value = isText ? '""' : sortOf(type) === 'pointer' ? `(${type})0` : '0'
  // A later value of a type that nobody knows here is none that a number could stand for.
  if (type === '' && later && !isText && !isPlain(later)) return []
  const end = declaration.type?.span.end ?? declaration.variable.span.end
  return [
    { title: `Begin with \`${value}\``, edits: [{ span: { start: end, end }, newText: ` = ${value}` }], safe: false },
  ]
}

const textual = new Set(['str', 'comm', 'strcontains', 'ksym', 'usym'])

const isTextual = (value: Expression) =>
  value.kind === 'StringLiteral' ||
  (value.kind === 'Identifier' && value.name === 'comm') ||
  (value.kind === 'Call' && value.callee.text === 'str')

const isPlain = (value: Expression): boolean =>
  value.kind === 'IntegerLiteral' ||
  (value.kind === 'Identifier' &&
    !textual.has(value.name) &&
    !/^(?:[ku]stack|curtask|args|ctx|func|probe)$/.test(value.name)) ||
  (value.kind === 'Binary' && isPlain(value.left) && isPlain(value.right))

/** A declaration whose variable is not used at all. */
export function withoutDeclaration(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const declaration = around(tree, span, 'VariableDeclaration')
  const uses = allAround(tree, span, 'Variable').filter((each) => each.name === name)
  return declaration && uses.length === 1 ? removal(tree, declaration, 'Remove the declaration') : []
}

/** Variables that are read in the probe around a place and never set: one of them may be what a setting means. */
export function neverAssigned(tree: SyntaxTree, span: Span): readonly string[] {
  const set = new Set<string>()
  for (const node of allAround(tree, span, 'Assignment', 'VariableDeclaration', 'For', 'SubprogramParameter')) {
    const variable = node.kind === 'Assignment' ? node.target : node.variable
    if (variable.kind === 'Variable') set.add(variable.name)
  }
  return [...new Set(allAround(tree, span, 'Variable').map(({ name }) => name))].filter((name) => !set.has(name))
}

/** What is returned as the function's type, or the function as one of that type. */
export function otherReturnType(tree: SyntaxTree, span: Span, type: string, returns: string): readonly Fix[] {
  const jump = nodeAt(tree, span, 'Jump')
  const declared = around(tree, span, 'Subprogram')?.returns
  if (!jump?.value || !declared) return []
  const changed = { title: `Let it return \`${type}\``, edits: [{ span: declared.span, newText: type }], safe: false }
  // A function returns no text.
  const isWritable = sortOf(type) === 'integer' || sortOf(type) === 'pointer'
  return [...(isWritable ? [changed] : []), ...asType(tree, jump.value, type, returns)]
}
