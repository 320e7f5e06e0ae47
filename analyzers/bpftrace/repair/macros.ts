/** Fixes of macros: their parameters, the arguments they are given, macros that are not needed. */
import type { Fix, Span } from '../diagnostic.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { allIn, around, freeName, nodeAt, statementAround } from './find.ts'
import { removal } from './statements.ts'

export function withoutMacro(tree: SyntaxTree, span: Span): readonly Fix[] {
  const macro = around(tree, span, 'Macro')
  return macro ? removal(tree, macro, `Remove the macro \`${macro.name.text}\``) : []
}

/** A map as a further parameter, and given in every call. */
export function passedIn(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const macro = around(tree, span, 'Macro')
  if (!macro || !name.startsWith('@')) return []
  const count = macro.parameters.length
  const calls = allIn(tree.program, 'Call').filter(
    (call) => call.callee.text === macro.name.text && call.arguments.length === count,
  )
  const places = [
    listEnd(tree, macro.name.span.end, macro.parameters.at(-1)?.span.end),
    ...calls.map((call) => listEnd(tree, call.callee.span.end, call.arguments.at(-1)?.span.end)),
  ]
  const edits = places.flatMap((at) =>
    at === undefined ? [] : [{ span: { start: at, end: at }, newText: count === 0 ? name : `, ${name}` }],
  )
  return edits.length === places.length ? [{ title: `Pass \`${name}\` in`, edits, safe: false }] : []
}

/** Where a further entry of a list in parentheses goes; undefined where there are none. */
function listEnd({ source }: SyntaxTree, nameEnd: number, lastEnd: number | undefined): number | undefined {
  if (lastEnd !== undefined) return lastEnd
  const open = /^\s*\(/.exec(source.slice(nameEnd, nameEnd + 20))
  return open ? nameEnd + open[0].length : undefined
}

/** An argument where the macro takes a variable or a map. */
export function fittingMacroArgument(tree: SyntaxTree, span: Span, expected: string): readonly Fix[] {
  const sign = expected === 'map' ? '@' : expected === 'variable' ? '$' : ''
  if (sign === '') return []
  const named = nodeAt(tree, span, 'Identifier', 'Variable', 'MapReference')
  const own = named ? `${sign}${named.name.replace(/^[$@]/, '')}` : ''
  const isThere = allIn(tree.program, 'Variable', 'MapReference').some((each) => each.name === own)
  if (isThere) return [{ title: `Replace with \`${own}\``, edits: [{ span, newText: own }], safe: false }]
  const home = sign === '$' ? statementAround(tree, span)?.statement : undefined
  if (!home || around(tree, span, 'Macro')) return []
  const variable = freeName(tree, '$value')
  const at = { start: home.span.start, end: home.span.start }
  const value = tree.source.slice(span.start, span.end)
  return [
    {
      title: `Keep it in \`${variable}\` before`,
      edits: [
        { span: at, newText: `${variable} = ${value}; ` },
        { span, newText: variable },
      ],
      safe: false,
    },
  ]
}
