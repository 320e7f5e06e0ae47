/** What a hover says about the parts of an attach point: the provider from the catalog, its target from the kernel. */
import { type ProbeTypeEntry, probeTypes } from './catalog/index.ts'
import { codeBlock, describeProbe } from './describe.ts'
import { describeExpansion, describeTracepoint } from './describe-kernel.ts'
import type { Hover } from './hover.ts'
import { expandAttachPoint } from './probe-expansion.ts'
import type { ProgramContext } from './program-context.ts'
import type { AttachPoint } from './syntax/ast.ts'
import { formatCDeclaration } from './types/c-format.ts'

export function attachPointHover(context: ProgramContext, node: AttachPoint, offset: number): Hover | undefined {
  const [provider, ...rest] = node.parts
  if (!provider) return undefined
  const entry = context.catalog.probeType(provider.text) ?? anyProbe(provider.text)
  if (!entry) return undefined
  if (offset <= provider.span.end) {
    return { span: provider.span, markdown: describeProbe(entry, context.catalog.version) }
  }
  const span = { start: rest[0]?.span.start ?? node.span.start, end: node.span.end }
  const expansion = expandAttachPoint(context, node)
  const markdown = expansion
    ? describeExpansion(expansion)
    : describeTarget(
        context,
        entry,
        rest.map(({ text }) => text),
      )
  return markdown ? { span, markdown } : undefined
}

/** Also those that the target version lacks: the text says so. */
function anyProbe(name: string): ProbeTypeEntry | undefined {
  return probeTypes.find((entry) => [entry.name, ...entry.shortNames, ...entry.aliases].includes(name))
}

function describeTarget(
  context: ProgramContext,
  entry: ProbeTypeEntry,
  targets: readonly string[],
): string | undefined {
  const [first = ''] = targets
  const last = targets.at(-1) ?? ''
  switch (entry.aliasOf ?? entry.name) {
    case 'tracepoint':
      return targets.length > 1 ? describeTracepoint(context, first, last) : undefined
    case 'rawtracepoint':
      return declaration(context.kernel.rawTracepoint(last), last)
    case 'kprobe':
    case 'kretprobe':
    case 'fentry':
    case 'fexit': {
      const name = last.replace(/\+.*$/, '')
      return declaration(context.kernel.signature(name, targets.length > 1 ? first : undefined), name)
    }
    case 'usdt':
      return describeStaticProbe(context, targets)
    case 'software':
    case 'hardware':
      return describeEvent(entry, first)
    case 'iter':
      return describeIterator(entry, first)
    default:
      return undefined
  }
}

function declaration(signature: ReturnType<ProgramContext['kernel']['signature']>, name: string): string | undefined {
  return signature && codeBlock(`${formatCDeclaration(signature, name)};`, 'c')
}

function describeStaticProbe({ kernel }: ProgramContext, targets: readonly string[]): string | undefined {
  const [path = '', ...names] = targets
  const binary = names.length > 0 ? kernel.binaries?.find(path) : undefined
  if (binary === undefined || binary === 'pending') return undefined
  const name = names.at(-1)
  const places = binary.usdt.filter((probe) => {
    return probe.name === name && (names.length === 1 || probe.provider === names[0])
  })
  const [probe] = places
  if (!probe) return undefined
  const values = Array.from({ length: probe.arguments }, (_, index) => `arg${index}`).join(', ')
  const sites = places.length === 1 ? 'one place' : `${places.length} places`
  return `${codeBlock(`${probe.provider}:${probe.name}(${values})`, '')}\n\nStatic probe in ${sites} of \`${binary.path}\`.`
}

function describeEvent(entry: ProbeTypeEntry, name: string): string | undefined {
  const event = entry.events?.find((known) => known.name === name || known.alias === name)
  if (!event) return undefined
  const alias = event.alias ? ` Short: \`${event.alias}\`.` : ''
  const count = event.defaultCount === 1 ? 'every event' : `one of ${event.defaultCount.toLocaleString('en')} events`
  return `${codeBlock(`${entry.name}:${event.name}:<count>`)}\n\nFires on ${count} unless a count follows.${alias}`
}

function describeIterator(entry: ProbeTypeEntry, name: string): string | undefined {
  const iterator = entry.iterators?.find((known) => known.name === name)
  if (!iterator) return undefined
  const since = iterator.kernel ? `\n\nNeeds Linux ${iterator.kernel.since}.` : ''
  return `${codeBlock([`iter:${name}`, ...iterator.fields.map((field) => `    ctx.${field}`)].join('\n'))}${since}`
}
