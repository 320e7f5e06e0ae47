/** Whole probes to start from, named by their task; offered only where a probe can start. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${1:name}` is how a snippet writes a tab stop.

import type { ProgramContext } from '../program-context.ts'
import { atLeast } from '../version.ts'
import type { CompletionItem } from './item.ts'

interface Snippet {
  readonly label: string
  readonly task: string
  readonly lines: readonly string[]
}

const snippets: readonly Snippet[] = [
  {
    label: 'trace-syscalls',
    task: 'Count system calls by program',
    lines: ['tracepoint:raw_syscalls:sys_enter /${1:pid == ${2:1234}}/ {', '\t@[comm] = count();$0', '}'],
  },
  {
    label: 'trace-latency',
    task: 'Histogram of the time between two probes of one thread',
    lines: [
      '${1:tracepoint:syscalls:sys_enter_read} {',
      '\t@start[tid] = nsecs;',
      '}',
      '',
      '${2:tracepoint:syscalls:sys_exit_read} /@start[tid]/ {',
      '\t@us = hist((nsecs - @start[tid]) / 1000);',
      '\tdelete(@start, tid);$0',
      '}',
    ],
  },
  {
    label: 'profile-stacks',
    task: 'Sample user stacks on all CPUs',
    lines: ['profile:hz:${1:99} {', '\t@[${2:ustack}, comm] = count();$0', '}'],
  },
  {
    label: 'every',
    task: 'Do something at an interval',
    lines: ['interval:s:${1:1} {', '\ttime("${2:%H:%M:%S}\\\\n");$0', '}'],
  },
  {
    label: 'begin-end',
    task: 'Say what is traced and when it ends',
    lines: [
      'BEGIN {',
      '\tprintf("${1:Tracing… Hit Ctrl-C to end.}\\\\n");',
      '}',
      '',
      'END {',
      '\tprintf("${2:Done.}\\\\n");$0',
      '}',
    ],
  },
]

export function snippetItems({ catalog }: ProgramContext): CompletionItem[] {
  return snippets.map(({ label, task, lines }) => {
    const text = lines.join('\n')
    // Deleting took the whole entry before it took map and key.
    const insert = atLeast(catalog.version, '0.22') ? text : text.replace('delete(@start, tid)', 'delete(@start[tid])')
    return { label, kind: 'snippet', detail: task, insert, snippet: true, rank: 2 }
  })
}
