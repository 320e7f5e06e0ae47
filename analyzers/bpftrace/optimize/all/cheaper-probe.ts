import type { Probe } from '../../syntax/ast.ts'
import {
  longText,
  type OptimizeContext,
  optimization,
  probesOf,
  probeWord,
  type Suggestion,
  wordsOf,
} from '../optimization.ts'

export default optimization({
  name: 'cheaper-probe',
  title: 'A cheaper probe of the same meaning',
  examples: [
    {
      before: 'tracepoint:syscalls:sys_enter_* { @[comm] = count(); }',
      after: 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }',
    },
  ],
  *find(context) {
    for (const probe of probesOf(context)) {
      const suggestion = oneForAll(context, probe)
      if (suggestion !== undefined) yield suggestion
    }
  },
})

/** Hundreds of tracepoints, one for each system call, where one sees them all. */
function oneForAll(context: OptimizeContext, probe: Probe): Suggestion | undefined {
  const [point, ...more] = probe.attachPoints
  const match = /^tracepoint:syscalls:sys_(enter|exit)_\*$/.exec(longText(context, point))
  if (point === undefined || more.length > 0 || match === null) return undefined
  const better = `tracepoint:raw_syscalls:sys_${match[1]}`
  const isFree = ![...wordsOf(probe)].some((word) => probeWord.test(word))
  return {
    span: point.span,
    reason: `\`${better}\` sees the same events with one probe instead of several hundred, which start and stop slowly.${
      isFree ? '' : ' Its arguments are others (id, args or ret): adapt the action.'
    }`,
    edits: isFree ? [{ span: point.span, newText: better }] : [],
  }
}
