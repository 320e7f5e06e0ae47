/**
 * What a document goes through in a day: half typed words, other maps, other probes, no two versions alike. For counting
 * what that leaves behind.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const text = `BEGIN { printf("Tracing\\n"); }
kprobe:vfs_read /pid != 1/ {
  @start[tid] = nsecs;
  @parents[((struct task_struct *)curtask)->real_parent->comm] = count();
}
kretprobe:vfs_read /@start[tid]/ {
  @us = hist((nsecs - @start[tid]) / 1000); delete(@start, tid);
}
tracepoint:syscalls:sys_enter_openat { @opens[str(args.filename)] = count(); }
${Array.from({ length: 10 }, (_, n) => `kprobe:f${n} { @start[tid] = nsecs; @opens["f${n}"] = count(); }\n`).join('')}
kprobe:long {
${Array.from({ length: 30 }, (_, n) => `  $v${n % 7} = (uint64)arg${n % 4}; @long${n % 5} = sum($v${n % 7});\n`).join('')}}
`
const place = text.indexOf('@opens')

export function versionOfDay(round: number): string {
  const typed = [`@typed${round} = count(); `, `$v${round} = nse`, `if (pid == ${round}) { `, `@opens[${round}] = 1; `]
  // A misspelt function is looked for among all of the kernel.
  const probe = round % 50 === 0 ? `kprobe:vfs_raed${round} { @x${round} = 1 }\n` : ''
  return `${text.slice(0, place)}${typed[round % typed.length]}${text.slice(place)}${probe}`
}

/** Bytes in use once everything that can go has gone. */
export function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
