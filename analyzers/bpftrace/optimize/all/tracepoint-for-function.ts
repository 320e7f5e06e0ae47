import type { TextEdit } from '../../diagnostic.ts'
import { hasName } from '../../kernel-names.ts'
import { tracepointFor } from '../../rules/all/tracepoint-instead.ts'
import type { AttachPoint, Probe } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import {
  longText,
  type OptimizeContext,
  optimization,
  probesOf,
  probeWord,
  type Suggestion,
  wordsOf,
} from '../optimization.ts'
import { dot } from '../spelling.ts'

export default optimization({
  name: 'tracepoint-for-function',
  title: 'The tracepoint instead of the function',
  examples: [
    {
      before: 'kretprobe:__x64_sys_openat { @ = hist(retval); }',
      after: 'tracepoint:syscalls:sys_exit_openat { @ = hist(args.ret); }',
    },
    {
      before: 'kprobe:__x64_sys_openat { @[comm] = count(); }',
      after: 'tracepoint:syscalls:sys_enter_openat { @[comm] = count(); }',
    },
  ],
  *find(context) {
    for (const probe of probesOf(context)) {
      const suggestion = tracepointForFunction(context, probe)
      if (suggestion !== undefined) yield suggestion
    }
  },
})

/** Their tracepoints fire for almost the same events, but in another thread or for fewer calls: a person decides. */
const similarOnly = new Set(['finish_task_switch', 'try_to_wake_up', 'ttwu_do_wakeup'])

function tracepointForFunction(context: OptimizeContext, probe: Probe): Suggestion | undefined {
  const found = probe.attachPoints.map((point) => betterFor(context, point))
  const [first] = probe.attachPoints
  if (first === undefined || found.some((each) => each === undefined)) return undefined
  const names = [...new Set(found.flatMap((each) => (each === undefined ? [] : [each.tracepoint])))]
  const used = [...wordsOf(probe)].filter((word) => probeWord.test(word))
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
