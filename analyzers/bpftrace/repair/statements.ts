/** Fixes of statements: assignments and declarations that go, parts of a program that stand elsewhere. */
import type { Fix, Span, TextEdit } from '../diagnostic.ts'
import type { Expression, Node, Statement } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { allAround, around, freeName, nodeAt, statementAround, textOf } from './find.ts'

/** `$a = print(1)` as `print(1)`. */
export function callAlone(tree: SyntaxTree, span: Span): readonly Fix[] {
  const statement = statementAround(tree, span)?.statement
  const value = statement && assigned(statement)
  if (!statement || value?.kind !== 'Call') return []
  const start = { start: statement.span.start, end: value.span.start }
  return [{ title: 'Remove the assignment', edits: [{ span: start, newText: '' }], safe: false }]
}

const assigned = (statement: Statement): Expression | null =>
  statement.kind === 'Assignment' || statement.kind === 'VariableDeclaration' ? statement.value : null

/** The place of a statement with its semicolon, and with its line when nothing else stands there. */
export function wholeStatement({ source }: SyntaxTree, { start, end }: Span): Span {
  const ended = source[end - 1] === ';' || source[end - 1] === '}'
  const pattern = ended ? /^[ \t]*/ : /^[ \t]*;?[ \t]*/
  const behind = pattern.exec(source.slice(end, end + 200))?.[0].length ?? 0
  const lineStart = source.lastIndexOf('\n', start - 1) + 1
  const isAlone = source.slice(lineStart, start).trim() === '' && source.startsWith('\n', end + behind)
  return { start: isAlone ? lineStart : start, end: end + behind + (isAlone ? 1 : 0) }
}

export const removal = (tree: SyntaxTree, node: Node, title: string): readonly Fix[] => [
  { title, edits: [{ span: wholeStatement(tree, node.span), newText: '' }], safe: false },
]

/** A variable that nothing reads: its assignments go, and what their values do stays. */
export function withoutVariable(tree: SyntaxTree, span: Span, name: string, discards: boolean): readonly Fix[] {
  const edits: TextEdit[] = []
  let places = 0
  for (const node of allAround(tree, span, 'Assignment', 'VariableDeclaration')) {
    const variable = node.kind === 'Assignment' ? node.target : node.variable
    if (variable.kind !== 'Variable' || variable.name !== name) continue
    places++
    const { value } = node
    if (value && mayAct(value)) {
      if (!discards && value.kind !== 'Call') return []
      edits.push({ span: { start: node.span.start, end: value.span.start }, newText: discards ? '_ = ' : '' })
    } else edits.push({ span: wholeStatement(tree, node.span), newText: '' })
  }
  const mentions = allAround(tree, span, 'Variable').filter((variable) => variable.name === name)
  // Where it is counted up, looped over or a parameter, there is more to it.
  if (edits.length === 0 || mentions.length !== places) return []
  return [{ title: `Remove \`${name}\``, edits, safe: false }]
}

function mayAct(value: Expression): boolean {
  switch (value.kind) {
    case 'Identifier':
    case 'IntegerLiteral':
    case 'StringLiteral':
    case 'BooleanLiteral':
    case 'Variable':
    case 'PositionalParameter':
    case 'MapReference':
    case 'MapAccess':
      return false
    case 'Cast':
    case 'Unary':
      return mayAct(value.operand)
    case 'Parenthesized':
      return mayAct(value.expression)
    case 'FieldAccess':
    case 'TupleAccess':
      return mayAct(value.object)
    case 'Binary':
      return mayAct(value.left) || mayAct(value.right)
    case 'Tuple':
      return value.elements.some(mayAct)
    default:
      return true
  }
}

/** A loop's variable under another name, in the whole loop. */
export function renamedInLoop(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const loop = around(tree, span, 'For')
  if (!loop) return []
  const fresh = freeName(tree, name)
  const isInside = ({ span: place }: Node) => loop.span.start <= place.start && place.end <= loop.span.end
  const isOutside = ({ span: place }: Node) =>
    loop.iterable.span.start <= place.start && place.end <= loop.iterable.span.end
  const uses = allAround(tree, span, 'Variable').filter(
    (each) => each.name === name && isInside(each) && !isOutside(each),
  )
  const edits = uses.map((each) => ({ span: each.span, newText: fresh }))
  return [{ title: `Rename it to \`${fresh}\``, edits, safe: false }]
}

/** What is not known inside a loop, kept in a variable before it. */
export function beforeLoop(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const loops = allAround(tree, span, 'For').filter(
    (each) => each.span.start <= span.start && span.end <= each.span.end,
  )
  const [outermost] = loops
  const home = outermost && statementAround(tree, outermost.span)
  if (!outermost || !home || tree.program.items.some((each) => each.kind === 'Macro' && holds(each, span))) return []
  const variable = freeName(tree, `$${name}`)
  const at = home.statement.span.start
  const uses = allAround(tree, span, 'Identifier').filter(
    (each) =>
      each.name === name && outermost.body.span.start <= each.span.start && each.span.end <= outermost.body.span.end,
  )
  return [
    {
      title: `Keep it in \`${variable}\` before the loop`,
      edits: [
        { span: { start: at, end: at }, newText: `${variable} = ${name};${gapBefore(tree, at)}` },
        ...uses.map((each) => ({ span: each.span, newText: variable })),
      ],
      // The value is the same all the time that the probe runs.
      safe: true,
    },
  ]
}

const holds = ({ span }: Node, inner: Span) => span.start <= inner.start && inner.end <= span.end

/** A line break with the indentation of the line, when a statement begins one; else a blank. */
function gapBefore({ source }: SyntaxTree, at: number): string {
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at)
  return line.trim() === '' && source.lastIndexOf('\n', at - 1) >= 0 ? `\n${line}` : ' '
}

/** An import inside a block, at the top of the script. */
export function importAtTop(tree: SyntaxTree, span: Span): readonly Fix[] {
  const found = nodeAt(tree, span, 'Import')
  if (!found) return []
  const [first] = tree.tokens
  const top = first?.kind === 'shebang' ? first.end : 0
  const settings = tree.program.items.findLast(({ kind }) => kind === 'Config' || kind === 'Import')
  const at = settings?.span.end ?? top
  const line = `${textOf(tree, found).replace(/;$/, '')};`
  const newText = at === 0 ? `${line}\n` : `\n${line}`
  return [
    {
      title: 'Move it to the top of the script',
      edits: [
        { span: { start: at, end: at }, newText },
        { span: wholeStatement(tree, found.span), newText: '' },
      ],
      safe: false,
    },
  ]
}

/** `while ($i < 3) { …; $i++; }` behind `$i = 0;` as `for ($i : 0..3) { … }`. */
export function asRange(tree: SyntaxTree, span: Span): readonly Fix[] {
  const loop = nodeAt(tree, span, 'While')
  const home = loop && statementAround(tree, loop.span)
  if (!loop || !home) return []
  const { condition, body } = loop
  if (condition.kind !== 'Binary' || (condition.operator !== '<' && condition.operator !== '<=')) return []
  const { left, right } = condition
  if (left.kind !== 'Variable') return []
  const before = home.block.statements[home.block.statements.indexOf(home.statement) - 1]
  const last = body.statements.at(-1)
  const start = before ? startOf(before, left.name) : undefined
  if (!before || !start || !last || !countsUp(last, left.name) || body.result) return []
  // The bound is taken once, and nothing else may count.
  if (right.kind !== 'IntegerLiteral' && right.kind !== 'PositionalParameter') return []
  if (hasContinue(tree, body.span) || isChanged(tree, left.name, [before, last], span)) return []
  const isLastRead = allAround(tree, span, 'Variable').every(
    (each) => each.name !== left.name || holds(before, each.span) || holds(loop, each.span),
  )
  if (!isLastRead) return []
  const end = condition.operator === '<' ? textOf(tree, right) : `${textOf(tree, right)} + 1`
  return [
    {
      title: `Loop over the range \`${textOf(tree, start)}..${end}\``,
      edits: [
        { span: wholeStatement(tree, before.span), newText: '' },
        {
          span: { start: loop.span.start, end: body.span.start },
          newText: `for (${left.name} : ${textOf(tree, start)}..${condition.operator === '<' ? end : `(${end})`}) `,
        },
        { span: wholeStatement(tree, last.span), newText: '' },
      ],
      safe: false,
    },
  ]
}

function startOf(statement: Statement, name: string): Expression | undefined {
  const value = assigned(statement)
  const variable =
    statement.kind === 'Assignment'
      ? statement.target
      : statement.kind === 'VariableDeclaration'
        ? statement.variable
        : null
  const isIt = variable?.kind === 'Variable' && variable.name === name
  return isIt && value?.kind === 'IntegerLiteral' ? value : undefined
}

function countsUp(statement: Statement, name: string): boolean {
  if (statement.kind === 'Assignment') {
    const { target, operator, value } = statement
    return target.kind === 'Variable' && target.name === name && operator === '+=' && isOne(value)
  }
  if (statement.kind !== 'ExpressionStatement') return false
  const { expression } = statement
  if (expression.kind !== 'Update' || expression.operator !== '++') return false
  return expression.operand.kind === 'Variable' && expression.operand.name === name
}

const isOne = (value: Expression) => value.kind === 'IntegerLiteral' && value.value === 1n

const hasContinue = (tree: SyntaxTree, body: Span) =>
  allAround(tree, body, 'Jump').some((jump) => jump.keyword === 'continue' && holds({ ...jump, span: body }, jump.span))

function isChanged(tree: SyntaxTree, name: string, known: readonly Statement[], span: Span): boolean {
  return allAround(tree, span, 'Assignment', 'Update', 'AddressOf', 'VariableDeclaration').some((each) => {
    if (known.some((statement) => holds(statement, each.span))) return false
    const target =
      each.kind === 'Assignment' ? each.target : each.kind === 'VariableDeclaration' ? each.variable : each.operand
    return target.kind === 'Variable' && target.name === name
  })
}

/** `return 1` as `return`. */
export function withoutReturned(tree: SyntaxTree, span: Span): readonly Fix[] {
  const jump = nodeAt(tree, span, 'Jump')
  if (!jump?.value) return []
  const place = { start: jump.span.start + jump.keyword.length, end: jump.value.span.end }
  return [{ title: 'Return without a value', edits: [{ span: place, newText: '' }], safe: false }]
}

/** A statement of a loop, behind the loop. */
export function afterLoop(tree: SyntaxTree, span: Span): readonly Fix[] {
  const home = statementAround(tree, span)
  const loop = around(tree, span, 'For', 'While', 'Unroll')
  const { statement, block } = home ?? {}
  if (!loop || !statement || block !== loop.body || statement.kind !== 'ExpressionStatement') return []
  if (statement.expression.span.start !== span.start || statement.expression.span.end !== span.end) return []
  const at = loop.span.end
  const newText = `${gapBefore(tree, loop.span.start)}${tree.source.slice(span.start, span.end)};`
  return [
    {
      title: 'Move it behind the loop',
      edits: [
        { span: wholeStatement(tree, statement.span), newText: '' },
        { span: { start: at, end: at }, newText },
      ],
      safe: false,
    },
  ]
}
