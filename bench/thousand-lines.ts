/** Programs of a thousand lines, each of another shape: what is quick for one may be slow for the next. */
import { mergePrograms } from '../analyzers/bpftrace/compose/merge.ts'
import type { KernelFacts } from '../analyzers/bpftrace/kernel-facts.ts'
import { parse } from '../analyzers/bpftrace/syntax/parse.ts'
import type { SyntaxTree } from '../analyzers/bpftrace/syntax/tree.ts'
import { parametersOf, renderTemplate } from '../analyzers/bpftrace/templates/render.ts'
import { templates } from '../analyzers/bpftrace/templates/templates.generated.ts'
import { newestVersion } from '../analyzers/bpftrace/version.ts'
import { UserError } from '../analyzers/shared/user-error.ts'

const lines = 1000

const repeated = (block: (n: number) => string, before = ''): string => {
  let text = before
  for (let n = 0; text.split('\n').length < lines; n++) text += block(n)
  return text
}

const calls = ['vfs_read', 'vfs_write', 'tcp_sendmsg', 'tcp_recvmsg', 'do_sys_openat2', 'blk_mq_start_request']

/** Probes in pairs, as tools that measure latency have them. */
const pairs = () =>
  repeated(
    (n) => `
// Latency of call ${n}
kprobe:${calls[n % calls.length]} /pid != ${n}/ {
  @start${n}[tid] = nsecs;
  $task = (struct task_struct *)curtask;
  @parents${n}[$task->real_parent->comm, comm] = count();
}
kretprobe:${calls[n % calls.length]} /@start${n}[tid]/ {
  $us = (nsecs - @start${n}[tid]) / 1000;
  if ($us > ${n}) { printf("%-6d %-16s %d\\n", pid, comm, $us); }
  @us${n} = hist($us); delete(@start${n}, tid);
}
`,
    'BEGIN { printf("Tracing\\n"); }\n',
  )

const manyMaps = () =>
  repeated(
    (n) => `tracepoint:sched:sched_switch /args.prev_pid == ${n}/ {
  @m${n}[args.next_comm, args.prev_pid] = sum(args.next_prio); @n${n} = max(nsecs);
}
`,
  )

const structs = () =>
  repeated(
    (n) => `uprobe:/bin/sh:main {
  $t = (struct thing${n % 60} *)arg0;
  @a${n}[str($t->name)] = $t->next->a;
}
`,
    Array.from(
      { length: 60 },
      (_, n) => `struct thing${n} {
  int a; char name[16];
  struct thing${Math.max(0, n - 1)} *next;
};
`,
    ).join(''),
  )

const mistakes = () =>
  repeated(
    (n) => `kprobe:vfs_raed${n % 20} {
  @c${n} = cuont(); $x = nsec;
  printf("%d %s\\n", comm, pid);
}
`,
  )

const oneProbe = () =>
  `${repeated(
    (n) => `  $a${n} = (uint64)nsecs / ${n + 1};
  if ($a${n} > ${n}) { @hits[comm, ${n}] = count(); }
  $p${n} = (struct task_struct *)curtask;
  @by${n % 20}[tid] = $p${n}->real_parent->tgid;
`,
    'kprobe:vfs_read {\n',
  )}}\n`

/** The same tool again and again: every probe names the same maps. */
const sameMaps = () =>
  repeated(
    (n) => `
kprobe:${calls[n % calls.length]} /pid != ${n}/ {
  @start[tid] = nsecs;
  @calls[comm, ${n}] = count();
}
kretprobe:${calls[n % calls.length]} /@start[tid]/ {
  $us = (nsecs - @start[tid]) / 1000;
  if ($us > ${n}) { printf("%-6d %-16s %d\\n", pid, comm, $us); }
  @us = hist($us);
  delete(@start, tid);
}
`,
    'BEGIN { printf("Tracing\\n"); }\n',
  )

/** As `bpftrace.compose_programs` joins them: what they do at the end is one probe, which ties their maps together. */
function joinedTemplates(kernel: KernelFacts): string {
  const trees: SyntaxTree[] = []
  let program = ''
  for (let n = 0; program.split('\n').length < lines && n < 2 * templates.length; n++) {
    const template = templates[n % templates.length]
    if (!template) break
    const given = Object.fromEntries(
      Object.entries(parametersOf(template)).flatMap(([name, { example, required }]) =>
        required && example !== undefined ? [[name, example]] : [],
      ),
    )
    try {
      trees.push(parse(renderTemplate(template, given, { bpftrace: newestVersion, kernel }).program))
      program = mergePrograms(trees).program
    } catch (error) {
      // Some cannot be joined with others, or need a program that this machine lacks.
      if (!(error instanceof UserError)) throw error
      trees.pop()
    }
  }
  return program
}

export const shapes = (kernel: KernelFacts): Readonly<Record<string, string>> => ({
  'many small probes': pairs(),
  'many maps': manyMaps(),
  'C structs at the head': structs(),
  mistakes: mistakes(),
  'the same maps': sameMaps(),
  'templates joined': joinedTemplates(kernel),
  'one huge probe': oneProbe(),
})
