import type { ProgramContext } from '../../program-context.ts'
import type { Assignment, Block, Node, Statement, While } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { migration, sourceOf } from '../migration.ts'

export default migration({
  name: 'while-deprecated',
  changedIn: '0.25',
  up(context) {
    const edits = blocks(context).flatMap((block) =>
      block.statements.flatMap((statement, i) => {
        const start = block.statements[i - 1]
        const counted =
          statement.kind === 'While' && start?.kind === 'Assignment'
            ? countedLoop(context, start, statement)
            : undefined
        return counted === undefined || start === undefined
          ? []
          : [{ span: { start: start.span.start, end: statement.span.end }, newText: counted }]
      }),
    )
    return { edits }
  },
  down(context) {
    const edits = blocks(context).flatMap((block) =>
      block.statements.flatMap((statement) => {
        if (statement.kind !== 'For' || statement.iterable.kind !== 'Range' || statement.variable.kind !== 'Variable')
          return []
        const { name } = statement.variable
        const { start, end } = statement.iterable
        const body = sourceOf(context, statement.body).slice(1, -1).trimEnd()
        const separator = body === '' || /[;}]$/.test(body) ? '' : ';'
        return [
          {
            span: statement.span,
            newText: `${name} = ${sourceOf(context, start)}; while (${name} < ${sourceOf(context, end)}) {${body}${separator} ${name}++; }`,
          },
        ]
      }),
    )
    return { edits }
  },
})

function blocks(context: ProgramContext): Block[] {
  const found: Block[] = []
  walk(context.tree.program, (node) => {
    if (node.kind === 'Block') found.push(node)
  })
  return found
}

/** `$i = A; while ($i < B) { …; $i++; }` where nothing else in the body writes `$i`. */
function countedLoop(context: ProgramContext, start: Assignment, loop: While): string | undefined {
  const { target, value, operator } = start
  const { condition } = loop
  if (target.kind !== 'Variable' || operator !== '=' || value.kind !== 'IntegerLiteral') return undefined
  if (condition.kind !== 'Binary' || condition.operator !== '<') return undefined
  if (condition.left.kind !== 'Variable' || condition.left.name !== target.name) return undefined
  const bound = condition.right
  if (bound.kind !== 'IntegerLiteral') return undefined
  const last = loop.body.statements.at(-1)
  if (last === undefined || !increments(last, target.name)) return undefined
  const rest = loop.body.statements.slice(0, -1)
  if (rest.some((each) => writes(each, target.name))) return undefined
  const body = context.tree.source.slice(loop.body.span.start + 1, last.span.start).trimEnd()
  return `for (${target.name} : ${sourceOf(context, value)}..${sourceOf(context, bound)}) {${body} }`
}

function increments(statement: Statement, name: string): boolean {
  if (statement.kind !== 'ExpressionStatement' || statement.expression.kind !== 'Update') return false
  const { operator, operand } = statement.expression
  return operator === '++' && operand.kind === 'Variable' && operand.name === name
}

function writes(node: Node, name: string): boolean {
  let found = false
  walk(node, (each) => {
    const target = each.kind === 'Assignment' ? each.target : each.kind === 'Update' ? each.operand : undefined
    found ||=
      (target?.kind === 'Variable' && target.name === name) || (each.kind === 'Jump' && each.keyword === 'continue')
  })
  return found
}
