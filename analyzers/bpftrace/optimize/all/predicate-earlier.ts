import type { Block, Expression, If, Probe } from '../../syntax/ast.ts'
import { contains, type OptimizeContext, optimization, probesOf, type Suggestion, sourceOf } from '../optimization.ts'

export default optimization({
  name: 'predicate-earlier',
  title: 'Filter in the predicate',
  examples: [
    {
      before: 'tracepoint:sched:sched_switch { if (pid == 7) { @ = count(); } }',
      after: 'tracepoint:sched:sched_switch /pid == 7/ { @ = count(); }',
    },
    {
      before: 'tracepoint:sched:sched_switch /uid == 0/ { if (pid == 7) { @ = count(); } }',
      after: 'tracepoint:sched:sched_switch /(uid == 0) && (pid == 7)/ { @ = count(); }',
    },
    {
      before: 'tracepoint:sched:sched_switch { if (pid < 7) { return; } @ = count(); }',
      after: 'tracepoint:sched:sched_switch /pid >= 7/ { @ = count(); }',
    },
  ],
  *find(context) {
    for (const probe of probesOf(context)) {
      const suggestion = wholeBody(context, probe) ?? earlyReturn(context, probe)
      if (suggestion !== undefined) yield suggestion
    }
  },
})

const reason =
  'The condition stands before everything else, so it can be the predicate: events that do not match leave at once.'

/** `{ if (c) { … } }` */
function wholeBody(context: OptimizeContext, probe: Probe): Suggestion | undefined {
  const [only, ...more] = parts(probe.body)
  if (only?.kind !== 'If' || more.length > 0 || only.alternate !== null) return undefined
  const condition = predicateText(context, only.condition)
  if (condition === undefined) return undefined
  const inner = sourceOf(context, only.consequent).slice(1, -1)
  const edit = { span: only.span, newText: inner.trim() }
  return { span: only.condition.span, reason, edits: [predicateEdit(context, probe, condition), edit] }
}

/** `{ if (c) { return; } … }` */
function earlyReturn(context: OptimizeContext, probe: Probe): Suggestion | undefined {
  const [first, ...rest] = parts(probe.body)
  if (first?.kind !== 'If' || rest.length === 0 || first.alternate !== null) return undefined
  const [jump, ...more] = first.consequent.statements
  const isReturn = jump?.kind === 'Jump' && jump.keyword === 'return' && jump.value === null && more.length === 0
  if (!isReturn || first.consequent.result !== null) return undefined
  const condition = negated(context, first.condition)
  if (condition === undefined) return undefined
  const edit = { span: first.span, newText: '' }
  return { span: first.condition.span, reason, edits: [predicateEdit(context, probe, condition), edit] }
}

function parts(body: Block): (If | { readonly kind: 'other' })[] {
  const expressions = body.statements.map((each) => (each.kind === 'ExpressionStatement' ? each.expression : null))
  return [...expressions, ...(body.result === null ? [] : [body.result])].map((each) =>
    each?.kind === 'If' ? each : { kind: 'other' },
  )
}

/** Variables are not set yet in a predicate, and a slash would end it. */
function predicateText(context: OptimizeContext, condition: Expression): string | undefined {
  const hasBody = contains(condition, (node) => node.kind === 'Variable' || node.kind === 'Block')
  const divides = contains(condition, (node) => node.kind === 'Binary' && node.operator === '/')
  return hasBody || divides || condition.kind === 'Missing' ? undefined : sourceOf(context, condition)
}

const opposite: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
}

function negated(context: OptimizeContext, condition: Expression): string | undefined {
  const text = predicateText(context, condition)
  if (text === undefined) return undefined
  if (condition.kind === 'Binary') {
    const operator = Object.hasOwn(opposite, condition.operator) ? opposite[condition.operator] : undefined
    if (operator !== undefined) {
      return `${sourceOf(context, condition.left)} ${operator} ${sourceOf(context, condition.right)}`
    }
  }
  if (condition.kind === 'Unary' && condition.operator === '!') return sourceOf(context, condition.operand)
  return `!(${text})`
}

function predicateEdit(context: OptimizeContext, probe: Probe, condition: string) {
  const { predicate } = probe
  if (predicate === null) {
    const end = probe.attachPoints.at(-1)?.span.end ?? probe.body.span.start
    return { span: { start: end, end }, newText: ` /${condition}/` }
  }
  const before = sourceOf(context, predicate.condition)
  return { span: predicate.condition.span, newText: `(${before}) && (${condition})` }
}
