import type { Assignment, MapAccess, Probe } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { probesOf, rule, textOf } from '../rule.ts'

/** Keys that name a thread or a request and come and go. */
const transient = /\b(tid|curtask|arg0|args)\b/
const releasing = new Set(['delete', 'clear', 'zero'])

export default rule({
  code: 'missing-delete',
  title: 'Entry is stored for a thread and never deleted',
  severity: 'warning',
  verdict: 'caution',
  docs: `A value stored at entry and used at return stays in the map after its use. Threads come and go, so entries pile up
until the map is full and new threads are no longer measured; an old value may also be met by a later event of the same
key. Delete it after use, or set it to 0.`,
  bad: 'kprobe:vfs_read { @start[tid] = nsecs; } kretprobe:vfs_read /@start[tid]/ { @ns = hist(nsecs - @start[tid]); }',
  good: 'kprobe:vfs_read { @start[tid] = nsecs; } kretprobe:vfs_read /@start[tid]/ { @ns = hist(nsecs - @start[tid]); delete(@start, tid); }',
  *check(context) {
    const stored = new Map<string, { assignment: Assignment; access: MapAccess; probe: Probe }>()
    const released = new Set<string>()
    const readElsewhere = new Map<string, { access: MapAccess; probe: Probe }>()
    for (const probe of probesOf(context)) {
      const { assignments, calls, mapAccesses } = nodesIn(probe)
      for (const assignment of assignments) {
        const { target: access, operator, value } = assignment
        if (access.kind !== 'MapAccess' || operator !== '=') continue
        const { name } = access.map
        if (value.kind === 'IntegerLiteral' && value.value === 0n) released.add(name)
        else if (!stored.has(name) && transient.test(keysOf(context.tree.source, access)))
          stored.set(name, { assignment, access, probe })
      }
      for (const { callee, arguments: given } of calls) {
        if (!releasing.has(callee.text)) continue
        const [map] = given
        if (map?.kind === 'MapReference') released.add(map.name)
        if (map?.kind === 'MapAccess') released.add(map.map.name)
      }
      for (const access of mapAccesses) {
        const writer = stored.get(access.map.name)
        if (writer !== undefined && writer.probe !== probe) readElsewhere.set(access.map.name, { access, probe })
      }
    }
    for (const [name, { access, assignment, probe }] of stored) {
      const reader = readElsewhere.get(name)
      if (reader === undefined || released.has(name)) continue
      // A flag or a name may be meant to stay; a time, and what is handed from entry to return, is used once.
      if (!isTimestamp(assignment) && !isReturnOf(reader.probe, probe)) continue
      const entry = textOf(context, reader.access)
      const end = reader.probe.body.span.end - 1
      const before = context.tree.source.slice(0, end).trimEnd()
      const separator = /[;{}]$/.test(before) ? '' : ';'
      yield {
        span: access.span,
        message: `\`${name}\` keeps an entry for every thread that ever ran here: \`delete(${entry})\` after its use`,
        related: [{ span: reader.access.span, message: 'Used here' }],
        fixes: [
          {
            title: `Add \`delete(${entry})\` at the end of the probe that uses it`,
            edits: [{ span: { start: before.length, end: before.length }, newText: `${separator} delete(${entry});` }],
            safe: false,
          },
        ],
      }
    }
  },
})

/** Whether one probe is the return of a function or system call whose entry is the other. */
function isReturnOf(reader: Probe, writer: Probe): boolean {
  const entries = new Set(writer.attachPoints.map((point) => point.text))
  return reader.attachPoints.some((point) => {
    const entry = point.text
      .replace(/^(k|u)ret(probe|func):/, '$1$2:')
      .replace(/^kr:/, 'k:')
      .replace(/^ur:/, 'u:')
      .replace(/^fexit:/, 'fentry:')
      .replace(/:sys_exit/, ':sys_enter')
    return entry !== point.text && entries.has(entry)
  })
}

/** What is stored to be subtracted later. */
function isTimestamp(assignment: Assignment): boolean {
  const { value } = assignment
  const name = value.kind === 'Identifier' ? value.name : value.kind === 'Call' ? value.callee.text : ''
  return assignment.operator === '=' && (name === 'nsecs' || name === 'elapsed')
}

function keysOf(source: string, access: MapAccess): string {
  const [first] = access.keys
  const last = access.keys.at(-1)
  return first === undefined || last === undefined ? '' : source.slice(first.span.start, last.span.end)
}
