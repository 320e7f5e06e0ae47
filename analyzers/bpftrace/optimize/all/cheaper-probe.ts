import type { TextEdit } from '../../diagnostic.ts'
import { hasName } from '../../kernel-names.ts'
import { tracepointFor } from '../../rules/all/tracepoint-instead.ts'
import type { AttachPoint, Probe } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { type OptimizeContext, optimization, probesOf, type Suggestion, wordsOf } from '../optimization.ts'
import { dot } from '../spelling.ts'

export default optimization({
  name: 'cheaper-probe',
  title: 'A cheaper probe of the same meaning',
  *find(context) {
    for (const probe of probesOf(context)) {
      const suggestion = oneForAll(context, probe) ?? tracepointForFunction(context, probe)
      if (suggestion !== undefined) yield suggestion
    }
  },
})

const argument = /^(s?arg\d+|args|retval|ctx|reg|func|probe)$/

/** Hundreds of tracepoints, one for each system call, where one sees them all. */
function oneForAll(context: OptimizeContext, probe: Probe): Suggestion | undefined {
  const [point, ...more] = probe.attachPoints
  const match = /^tracepoint:syscalls:sys_(enter|exit)_\*$/.exec(longText(context, point))
  if (point === undefined || more.length > 0 || match === null) return undefined
  const better = `tracepoint:raw_syscalls:sys_${match[1]}`
  const isFree = ![...wordsOf(probe)].some((word) => argument.test(word))
  return {
    span: point.span,
    reason: `\`${better}\` sees the same events with one probe instead of several hundred, which start and stop slowly.${
      isFree ? '' : ' Its arguments are others (id, args or ret): adapt the action.'
    }`,
    edits: isFree ? [{ span: point.span, newText: better }] : [],
  }
}

/** Their tracepoints fire for almost the same events, but in another thread or for fewer calls: a person decides. */
const similarOnly = new Set(['finish_task_switch', 'try_to_wake_up', 'ttwu_do_wakeup'])

function tracepointForFunction(context: OptimizeContext, probe: Probe): Suggestion | undefined {
  const found = probe.attachPoints.map((point) => betterFor(context, point))
  const [first] = probe.attachPoints
  if (first === undefined || found.some((each) => each === undefined)) return undefined
  const names = [...new Set(found.flatMap((each) => (each === undefined ? [] : [each.tracepoint])))]
  const used = [...wordsOf(probe)].filter((word) => argument.test(word))
  const isReturn = found.every((each) => each?.isReturn === true)
  const isSimilar = found.some((each) => each !== undefined && similarOnly.has(each.name))
  const canRewrite = !isSimilar && used.every((word) => word === 'retval' && isReturn)
  const edits: TextEdit[] = probe.attachPoints.flatMap((point, i) =>
    // Two functions can stand for one tracepoint: it is attached once.
    found.findIndex((each) => each?.tracepoint === found[i]?.tracepoint) === i
      ? [{ span: point.span, newText: found[i]?.tracepoint ?? point.text }]
      : [],
  )
  if (edits.length < probe.attachPoints.length) return undefined
  const returned = isReturn && used.includes('retval') ? retvalEdits(context, probe) : []
  return {
    span: first.span,
    reason: `${names.map((name) => `\`${name}\``).join(', ')} fires at the same place, costs less and keeps its name between kernels.${
      canRewrite ? '' : ' Its arguments and the thread it fires in may differ: adapt the action.'
    }`,
    edits: canRewrite ? [...edits, ...returned] : [],
  }
}

function betterFor(context: OptimizeContext, point: AttachPoint) {
  const [, kind, name] = /^(kprobe|kretprobe):(\w+)$/.exec(longText(context, point)) ?? []
  if (kind === undefined || name === undefined) return undefined
  const syscall = /^(?:__(?:x64|arm64|ia32)_sys|ksys|sys)_([a-z0-9_]+)$/.exec(name)?.[1]
  const isReturn = kind === 'kretprobe'
  const way = isReturn ? 'exit' : 'enter'
  const tracepoint =
    syscall !== undefined
      ? `tracepoint:syscalls:sys_${way}_${syscall}`
      : !isReturn && Object.hasOwn(tracepointFor, name)
        ? tracepointFor[name]
        : undefined
  if (tracepoint === undefined) return undefined
  const { coverage } = context.kernel
  const known = context.kernel.names('tracepoint')
  if (coverage.tracepoints !== 'none' && !hasName(known, tracepoint.replace('tracepoint:', ''))) return undefined
  return { name, tracepoint, isReturn }
}

function retvalEdits(context: OptimizeContext, probe: Probe): TextEdit[] {
  const edits: TextEdit[] = []
  walk(probe, (node) => {
    if (node.kind === 'Identifier' && node.name === 'retval') {
      edits.push({ span: node.span, newText: `args${dot(context.catalog.version)}ret` })
    }
  })
  return edits
}

/** With the long name of its provider. */
function longText(context: OptimizeContext, point: AttachPoint | undefined): string {
  const [first, ...rest] = point?.parts ?? []
  const entry = context.catalog.probeType(first?.text ?? '')
  return [entry?.aliasOf ?? entry?.name ?? first?.text ?? '', ...rest.map((part) => part.text)].join(':')
}
