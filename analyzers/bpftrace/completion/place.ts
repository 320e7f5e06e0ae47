/**
 * Where in a program the cursor stands, as far as completion cares. The tree says which construct it is in, the tokens
 * before the cursor say what is being written; a half-typed program has to give the same answer as a whole one.
 */
import { partitionPoint } from '../../shared/partition-point.ts'
import type { Span } from '../diagnostic.ts'
import { isClosed } from '../program-context.ts'
import type { Block, Call, Expression, FieldAccess, Node, Offsetof, Sizeof, TopLevel, Typeinfo } from '../syntax/ast.ts'
import { isTrivia, type SyntaxTree, type Token } from '../syntax/tree.ts'
import { pathTo, walk } from '../syntax/visit.ts'
import type { FileUse } from './item.ts'

export type Place =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'top-level'; readonly span: Span }
  | { readonly kind: 'attach-point'; readonly parts: readonly string[]; readonly span: Span }
  | { readonly kind: 'config-key'; readonly span: Span }
  | { readonly kind: 'config-value'; readonly key: string; readonly span: Span }
  | { readonly kind: 'field'; readonly object: Expression; readonly span: Span }
  | { readonly kind: 'map'; readonly span: Span; readonly argument: Argument | undefined }
  | { readonly kind: 'variable'; readonly span: Span }
  | {
      readonly kind: 'file'
      readonly use: FileUse
      readonly written: string
      readonly quoted: boolean
      readonly span: Span
    }
  | { readonly kind: 'directive'; readonly span: Span }
  | { readonly kind: 'map-type'; readonly span: Span }
  | { readonly kind: 'type'; readonly keyword: 'struct' | 'union' | 'enum' | undefined; readonly span: Span }
  | { readonly kind: 'format'; readonly call: Call; readonly span: Span }
  | { readonly kind: 'string'; readonly argument: Argument; readonly span: Span }
  | {
      readonly kind: 'expression'
      readonly span: Span
      /** A statement may start here. */
      readonly statement: boolean
      readonly argument: Argument | undefined
    }

export interface Argument {
  readonly call: Call
  readonly index: number
}

export function placeAt(tree: SyntaxTree, offset: number): Place {
  const { source } = tree
  const at = tokenBefore(tree, offset)
  const token = tree.tokens[at]
  if (token && isInside(token, offset, source)) {
    switch (token.kind) {
      case 'lineComment':
      case 'blockComment':
      case 'shebang':
      case 'cDefinition':
        return { kind: 'nowhere' }
      case 'preprocessor':
        return directivePlace(lineBefore(source, offset), offset)
      case 'string':
        if (/^\s*import\s/.test(lineBefore(source, offset))) return importPlace(lineBefore(source, offset), offset)
        return isAttachPointRegion(tree, offset) ? attachPointPlace(tree, offset) : stringPlace(tree, token, offset)
    }
  }
  const line = lineBefore(source, offset)
  if (/^\s*#/.test(line)) return directivePlace(line, offset)
  if (/^\s*import\s+[^;]*$/.test(line)) return importPlace(line, offset)
  const declared = /^\s*let\s+@\w*\s*=\s*(\w*)$/.exec(line)
  if (declared) return { kind: 'map-type', span: { start: offset - (declared[1] ?? '').length, end: offset } }
  if (/^\s*(?:let\s+@[^;]*|(?:macro|fn)\b[^{;]*)$/.test(line)) return parameterPlace(tree, line, offset)
  const item = itemBefore(tree.program.items, offset)
  if (item?.kind === 'Config' && isOpenAt(tree, item, offset)) return configPlace(tree, offset)
  if (isAttachPointRegion(tree, offset)) return attachPointPlace(tree, offset)
  if (item?.kind === 'MapDeclaration' || item?.kind === 'Import') return { kind: 'nowhere' }
  return codePlace(tree, offset)
}

function lineBefore(source: string, offset: number): string {
  return source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset)
}

function directivePlace(line: string, offset: number): Place {
  const include = /^\s*#\s*include\s*([<"])([^<>"]*)$/.exec(line)
  if (include) {
    const written = include[2] ?? ''
    const use = include[1] === '<' ? 'system-include' : 'include'
    return { kind: 'file', use, written, quoted: true, span: { start: offset - written.length, end: offset } }
  }
  const word = /^\s*(#\s*\w*)$/.exec(line)?.[1]
  return word ? { kind: 'directive', span: { start: offset - word.length, end: offset } } : { kind: 'nowhere' }
}

function importPlace(line: string, offset: number): Place {
  const match = /^\s*import\s+("?)([^"]*)$/.exec(line)
  if (!match) return { kind: 'nowhere' }
  const written = match[2] ?? ''
  return {
    kind: 'file',
    use: 'import',
    written,
    quoted: match[1] === '"',
    span: { start: offset - written.length, end: offset },
  }
}

/** In the head of a macro, a function or a map's declaration: a type, or a name that is being made up. */
function parameterPlace(tree: SyntaxTree, line: string, offset: number): Place {
  if (!isTypeDue(tree, offset)) return { kind: 'nowhere' }
  const word = /\w*$/.exec(line)?.[0] ?? ''
  return { kind: 'type', keyword: undefined, span: { start: offset - word.length, end: offset } }
}

/** Index of the last token that starts before the offset; -1 when there is none. */
export const tokenBefore = ({ tokens }: SyntaxTree, offset: number): number =>
  partitionPoint(tokens.length, (token) => (tokens[token]?.start ?? 0) < offset) - 1

/** A closed string or block comment is left at its end; an unclosed one and a line comment are not. */
function isInside(token: Token, offset: number, source: string): boolean {
  if (offset < token.end) return true
  const text = source.slice(token.start, token.end)
  switch (token.kind) {
    case 'blockComment':
      return !text.endsWith('*/') || text.length < 4
    case 'string':
      return text.length < 2 || !text.endsWith('"') || text.endsWith('\\"')
    case 'lineComment':
    case 'shebang':
    case 'preprocessor':
      return offset === token.end
    default:
      return false
  }
}

function itemBefore(items: readonly TopLevel[], offset: number): TopLevel | undefined {
  let found: TopLevel | undefined
  for (const item of items) {
    if (item.span.start >= offset) break
    found = item
  }
  return found
}

/** Whether the offset is behind the node's opening brace and not behind the brace that closes it. */
function isOpenAt(tree: SyntaxTree, node: Node, offset: number): boolean {
  const brace = tree.source.indexOf('{', node.span.start)
  if (brace < 0 || offset <= brace) return false
  return offset < node.span.end || !isClosed(tree, node)
}

/** The body of an item in which the offset lies, also when it was never closed. */
function bodyAround(tree: SyntaxTree, offset: number): Block | undefined {
  const item = itemBefore(tree.program.items, offset)
  if (item?.kind !== 'Probe' && item?.kind !== 'Macro' && item?.kind !== 'Subprogram') return undefined
  const { body } = item
  if (tree.source[body.span.start] !== '{' || offset <= body.span.start) return undefined
  return offset < body.span.end || !isClosed(tree, body) ? body : undefined
}

function isInPredicate(tree: SyntaxTree, offset: number): boolean {
  const item = itemBefore(tree.program.items, offset)
  if (item?.kind !== 'Probe' || !item.predicate) return false
  const { span } = item.predicate
  const closed = span.end - span.start > 1 && tree.source[span.end - 1] === '/'
  if (closed) return offset > span.start && offset < span.end
  const isBehind = tree.source.slice(span.end, offset).trim() === ''
  return offset > span.start && (isBehind || offset <= Math.max(span.end, item.body.span.start))
}

function isAttachPointRegion(tree: SyntaxTree, offset: number): boolean {
  const item = itemBefore(tree.program.items, offset)
  if (item?.kind === 'Macro' || item?.kind === 'Subprogram') {
    return offset > item.span.end || (offset === item.span.end && bodyAround(tree, offset) === undefined)
  }
  if (item?.kind === 'Config' && isOpenAt(tree, item, offset)) return false
  if ((item?.kind === 'Import' || item?.kind === 'MapDeclaration') && offset <= item.span.end) return false
  return !bodyAround(tree, offset) && !isInPredicate(tree, offset)
}

/** Reads backwards from the cursor: an attach point has no blanks outside quotes. */
function attachPointPlace(tree: SyntaxTree, offset: number): Place {
  const line = lineBefore(tree.source, offset)
  const text = /(?:"(?:[^"\\]|\\.)*"?|[^\s,{}"])*$/.exec(line)?.[0] ?? ''
  const named = /^[A-Za-z_]\w*=(?=[A-Za-z_])/.exec(text)?.[0].length ?? 0
  const parts = splitParts(text.slice(named))
  const last = parts.at(-1) ?? ''
  const span = { start: offset - last.length, end: offset }
  if (parts.length > 1) return { kind: 'attach-point', parts, span }
  // After a comma or a name only another probe can follow; at the start of a line anything can.
  const before = line.slice(0, line.length - text.length)
  const fresh = named === 0 && /^\s*$/.test(before) && !/,\s*$/.test(tree.source.slice(0, offset - line.length))
  return fresh ? { kind: 'top-level', span } : { kind: 'attach-point', parts, span }
}

function splitParts(text: string): string[] {
  const parts = ['']
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? ''
    if (character === '"' && text[i - 1] !== '\\') quoted = !quoted
    if (character === ':' && !quoted) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

function configPlace(tree: SyntaxTree, offset: number): Place {
  const before = tree.source.slice(0, offset)
  const value = /([A-Za-z_]\w*)\s*=\s*("?[\w ]*)$/.exec(before)
  const span = (text: string) => ({ start: offset - text.length, end: offset })
  if (value?.[1] && value[1] !== 'config') return { kind: 'config-value', key: value[1], span: span(value[2] ?? '') }
  return { kind: 'config-key', span: span(/[A-Za-z_]\w*$/.exec(before)?.[0] ?? '') }
}

function stringPlace(tree: SyntaxTree, token: Token, offset: number): Place {
  const argument = argumentAt(tree, offset)
  if (!argument) return { kind: 'nowhere' }
  const written = tree.source.slice(token.start + 1, offset)
  const conversion = /%[-+ #0]*\d*(?:\.\d+)?[hl]*$/.exec(written)?.[0]
  if (conversion !== undefined) {
    return { kind: 'format', call: argument.call, span: { start: offset - conversion.length, end: offset } }
  }
  return { kind: 'string', argument, span: { start: token.start + 1, end: offset } }
}

function codePlace(tree: SyntaxTree, offset: number): Place {
  const { source } = tree
  const word = /[A-Za-z0-9_]*$/.exec(source.slice(Math.max(0, offset - 200), offset))?.[0] ?? ''
  const start = offset - word.length
  const sigil = source[start - 1]
  if (sigil === '$') return { kind: 'variable', span: { start: start - 1, end: offset } }
  const argument = argumentAt(tree, offset)
  if (sigil === '@') return { kind: 'map', span: { start: start - 1, end: offset }, argument }
  const span = { start, end: offset }
  // A number is being written: `1e`, `5ms`.
  if (/^\d/.test(word)) return { kind: 'nowhere' }

  const previous = significantBefore(tree, start)
  const text = previous ? source.slice(previous.start, previous.end) : ''
  if (previous && (text === '->' || text === '.')) {
    const object = objectBefore(tree, previous)
    return object ? { kind: 'field', object, span } : { kind: 'nowhere' }
  }
  if (text === 'struct' || text === 'union' || text === 'enum') return { kind: 'type', keyword: text, span }
  if (text === ':' && isTypeDue(tree, offset)) return { kind: 'type', keyword: undefined, span }
  const statement = text === '{' || text === '}' || text === ';'
  return { kind: 'expression', span, statement, argument }
}

/** The last token that is no blank or comment and ends at or before the offset. */
function significantBefore(tree: SyntaxTree, offset: number): Token | undefined {
  for (let i = tokenBefore(tree, offset); i >= 0; i--) {
    const token = tree.tokens[i]
    if (token && token.end <= offset && !isTrivia(token)) return token
  }
  return undefined
}

/** What stands left of a `.` or `->`. */
function objectBefore(tree: SyntaxTree, operator: Token): Expression | undefined {
  let found: FieldAccess | undefined
  walk(tree.program, (node) => {
    if (node.span.end < operator.start || node.span.start > operator.start) return false
    if (node.kind === 'FieldAccess' && node.object.span.end <= operator.start) {
      if (node.field.span.start >= operator.end) found ??= node
    }
    return true
  })
  return found?.object
}

function isTypeDue(tree: SyntaxTree, offset: number): boolean {
  const line = lineBefore(tree.source, offset)
  return /\blet\s+\$\w*\s*:\s*\w*$/.test(line) || /\bfn\s+\w+\s*\([^)]*\)?\s*:?\s*\w*$/.test(line)
}

/** The innermost call around the offset and which of its arguments it is in. */
export function argumentAt(tree: SyntaxTree, offset: number): Argument | undefined {
  const found = callAround(tree, offset)
  return found?.call.kind === 'Call' ? { call: found.call, index: found.index } : undefined
}

type OperatorCall = Sizeof | Offsetof | Typeinfo
const operatorNames = { Sizeof: 'sizeof', Offsetof: 'offsetof', Typeinfo: 'typeinfo' } as const

/** What looks like a call and is an operator of the language; undefined where a call is nearer. */
export function operatorAt(
  tree: SyntaxTree,
  offset: number,
): { readonly name: string; readonly index: number } | undefined {
  const found = callAround(tree, offset)
  return found && found.call.kind !== 'Call' ? { name: operatorNames[found.call.kind], index: found.index } : undefined
}

function callAround(
  tree: SyntaxTree,
  offset: number,
): { readonly call: Call | OperatorCall; readonly index: number } | undefined {
  const path = [...pathTo(tree.program, offset)]
  // A call that was never closed ends with its last token, and the cursor may stand some blanks behind it.
  const last = significantBefore(tree, offset)
  if (last && last.end < offset) path.push(...pathTo(tree.program, last.end).filter((node) => !path.includes(node)))
  for (let i = path.length - 1; i >= 0; i--) {
    const call = path[i]
    if (call === undefined || !isCall(call)) continue
    const end = call.kind === 'Call' ? call.callee.span.end : call.span.start + operatorNames[call.kind].length
    const open = tree.source.indexOf('(', end)
    if (open < 0 || offset <= open) continue
    const closed = tree.source[call.span.end - 1] === ')'
    if (closed && offset >= call.span.end) continue
    return { call, index: commasBetween(tree, open, offset) }
  }
  return undefined
}

const isCall = (node: Node): node is Call | OperatorCall =>
  node.kind === 'Call' || Object.hasOwn(operatorNames, node.kind)

function commasBetween(tree: SyntaxTree, open: number, offset: number): number {
  let depth = 0
  let commas = 0
  for (let i = tokenBefore(tree, open + 1); i < tree.tokens.length; i++) {
    const token = tree.tokens[i]
    if (!token || token.start >= offset) break
    const text = tree.source.slice(token.start, token.end)
    if (text === '(' || text === '[' || text === '{') depth++
    else if (text === ')' || text === ']' || text === '}') depth--
    else if (text === ',' && depth === 1) commas++
  }
  return commas
}
