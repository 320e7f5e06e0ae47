/** What `args` holds in a probe, in the words of the kernel: the fields of a tracepoint, the parameters of a function. */
import type { KernelFacts } from './kernel-facts.ts'
import { itemAround, type ProgramContext, probeTypeOf } from './program-context.ts'
import type { AttachPoint, Expression, Probe } from './syntax/ast.ts'
import { formatCDeclaration, formatCType } from './types/c-format.ts'

export interface ArgumentField {
  readonly name: string
  /** As C declares it, with its name: `const char *filename`. */
  readonly declaration: string
}

/** Whether the expression is `args` itself. */
export function isArguments(expression: Expression): boolean {
  if (expression.kind === 'Parenthesized') return isArguments(expression.expression)
  return expression.kind === 'Identifier' && expression.name === 'args'
}

/** Of the probe around the offset; with several attach points, what all of them have. */
export function argumentFields(context: ProgramContext, offset: number): readonly ArgumentField[] {
  const probe = itemAround(context.tree, offset)
  if (probe?.kind !== 'Probe') return []
  const [first = [], ...others] = probe.attachPoints.map((point) => fieldsOfPoint(context, point))
  return first.filter(({ name }) => others.every((fields) => fields.some((field) => field.name === name)))
}

/** The tracepoint whose fields `args` has around an offset, as `category:event`; of several the first. */
export function tracepointAround(context: ProgramContext, offset: number): string | undefined {
  const probe = itemAround(context.tree, offset)
  const [point] = probe?.kind === 'Probe' ? probe.attachPoints : []
  if (!point || probeTypeOf(context.catalog, point)?.name !== 'tracepoint') return undefined
  const [, category, event] = point.parts.map(({ text }) => text)
  return category && event ? `${category}:${event}` : undefined
}

function fieldsOfPoint(context: ProgramContext, point: AttachPoint): readonly ArgumentField[] {
  const entry = probeTypeOf(context.catalog, point)
  const targets = point.parts.slice(1).map(({ text }) => text)
  const target = targets.at(-1) ?? ''
  const { kernel } = context
  switch (entry?.aliasOf ?? entry?.name) {
    case 'tracepoint':
      return tracepointFields(kernel, targets[0] ?? '', target)
    case 'fentry':
    case 'fexit':
      return parameters(kernel.signature(target, targets.length > 1 ? targets[0] : undefined))
    case 'rawtracepoint':
      return parameters(kernel.rawTracepoint(target))
    default:
      return []
  }
}

/**
 * What `arg0`, `arg1`, … are in a probe of a kernel function: its parameters as C declares them. Undefined where the
 * kernel does not tell, or where several functions have different ones.
 */
export function rawArguments({ catalog, kernel }: ProgramContext, probe: Probe): readonly string[] | undefined {
  const lists = probe.attachPoints.map((point) => {
    const entry = probeTypeOf(catalog, point)
    if ((entry?.aliasOf ?? entry?.name) !== 'kprobe') return undefined
    const targets = point.parts.slice(1).map(({ text }) => text)
    // Behind an offset the registers hold something else.
    const signature = kernel.signature(targets.at(-1) ?? '', targets.length > 1 ? targets[0] : undefined)
    return signature?.params.map(({ name, type }) => (name ? formatCDeclaration(type, name) : formatCType(type)))
  })
  const [first] = lists
  const same = lists.every((list) => list?.join() === first?.join())
  return first && first.length > 0 && same ? first : undefined
}

/** What `retval` is in a probe of a kernel function's return, as C declares it; undefined for one that returns nothing. */
export function returnedType({ catalog, kernel }: ProgramContext, probe: Probe): string | undefined {
  const types = probe.attachPoints.map((point) => {
    const entry = probeTypeOf(catalog, point)
    const provider = entry?.aliasOf ?? entry?.name
    if (provider !== 'kretprobe' && provider !== 'fexit') return undefined
    const targets = point.parts.slice(1).map(({ text }) => text)
    const returns = kernel.signature(targets.at(-1) ?? '', targets.length > 1 ? targets[0] : undefined)?.returns
    return returns && returns.kind !== 'void' ? formatCDeclaration(returns, 'retval') : undefined
  })
  const [first] = types
  return types.every((type) => type === first) ? first : undefined
}

function tracepointFields(kernel: KernelFacts, category: string, event: string): ArgumentField[] {
  const fields = kernel.tracepoint(category, event)?.fields ?? []
  return fields
    .filter(({ name }) => !name.startsWith('common_'))
    .map(({ name, declaration }) => ({ name, declaration: fieldDeclaration(declaration, name) }))
}

/** `const char * filename` is complete; `char[16]` has its name still to come. */
export function fieldDeclaration(declaration: string, name: string): string {
  if (new RegExp(`\\b${name}\\b`).test(declaration)) return declaration
  const array = /^(.*?)(\[\d*\])$/.exec(declaration)
  return array ? `${array[1]} ${name}${array[2]}` : `${declaration} ${name}`
}

function parameters(signature: ReturnType<KernelFacts['signature']>): ArgumentField[] {
  const named = signature?.params.filter(({ name }) => name !== '') ?? []
  return named.map(({ name, type }) => ({ name, declaration: formatCDeclaration(type, name) }))
}
