/**
 * Runs real programs under a small load and asks the kernel for its own account of them: the memory of their maps
 * (memlock) and the time of their programs (run_time_ns, run_cnt). Needs root, bpftool and a kernel that attaches
 * tracepoints. The tests of the cost model hold memory against it, the benchmark shows CPU beside it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { cacheFolder } from '../scripts/shared/paths.ts'

const STATS = '/proc/sys/kernel/bpf_stats_enabled'

export const programs: Readonly<Record<string, string>> = {
  'counts by a text key': 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); @total = count(); }',
  'latency of a call': `tracepoint:syscalls:sys_enter_read { @start[tid] = nsecs; }
tracepoint:syscalls:sys_exit_read /@start[tid]/ { @us[comm] = hist((nsecs - @start[tid]) / 1000); delete(@start, tid); }`,
  'kernel stacks': 'tracepoint:sched:sched_switch { @[kstack(10), args.prev_comm] = count(); }',
  'every aggregate': `tracepoint:syscalls:sys_exit_read {
  @sum[pid] = sum(args.ret); @avg[pid] = avg(args.ret); @min[pid] = min(args.ret); @max[pid] = max(args.ret);
  @stats[pid] = stats(args.ret); @lhist = lhist(args.ret, 0, 1000, 100);
}`,
  'a predicate that few pass': `tracepoint:raw_syscalls:sys_enter /pid == 1/ { @[args.id] = count(); }
tracepoint:raw_syscalls:sys_exit /args.ret < 0/ { @errors[comm, args.ret] = count(); }`,
  'shared values': 'tracepoint:raw_syscalls:sys_exit { @last[tid] = nsecs; @calls[tid]++; @name[tid] = comm; }',
  'many probes': `tracepoint:sched:sched_switch { @switches[cpu] = count(); }
tracepoint:sched:sched_wakeup { @wakes[args.comm] = count(); }
tracepoint:raw_syscalls:sys_enter { @enter = count(); }
tracepoint:raw_syscalls:sys_exit { @exit = count(); @ret = hist(args.ret); }`,
  'samples of user stacks': 'profile:hz:997 { @[ustack(20), comm] = count(); }',
  'text from user memory': 'tracepoint:syscalls:sys_enter_openat { @[str(args.filename)] = count(); }',
  'a wide key':
    'tracepoint:sched:sched_switch { @[args.prev_comm, args.next_comm, args.prev_pid, args.next_pid] = sum(1); }',
  'a small map': `config = { max_map_keys = 64 }
tracepoint:raw_syscalls:sys_enter { @[args.id] = count(); @when[args.id] = nsecs; }`,
}

/** Maps of the kinds that only newer versions have; the rest is above. */
export const newerPrograms: Readonly<Record<string, string>> = {
  'declared maps': `config = { unstable_map_decl = enable }
let @a = hash(1000);
let @b = lruhash(2000);
let @c = percpuhash(3000);
let @d = percpulruhash(500);
tracepoint:raw_syscalls:sys_enter { @a[tid] = 1; @b[tid] = nsecs; @c[tid] = count(); @d[comm] = count(); }`,
  'series, tuples, stacks and texts as values': `tracepoint:sched:sched_switch {
  @series = tseries(args.prev_pid, 1s, 20); @rates[comm] = tseries(1, 100ms, 10);
  @pair[args.prev_pid] = (args.prev_pid, args.next_comm, nsecs); @name = args.prev_comm; @least = min(nsecs);
  @deepest = kstack(5); @above[kstack(3)] = ustack(3); @fine = hist(nsecs, 3); @flag = true;
}`,
}

const ProgramInfo = z.array(
  z.object({
    id: z.number(),
    name: z.string().default(''),
    run_time_ns: z.number().default(0),
    run_cnt: z.number().default(0),
  }),
)
const MapInfo = z.array(
  z.object({ id: z.number(), name: z.string().default(''), type: z.string(), bytes_memlock: z.number() }),
)

export interface Measured {
  readonly mapBytes: number
  /** By number of the probe in the program, from 0: events and nanoseconds in a second. */
  readonly probes: readonly { readonly perSecond: number; readonly nsPerSecond: number }[]
}

/** Starts the kernel's account and a load to trace; the result ends both. */
export function startLoad(): () => void {
  const statsBefore = readFileSync(STATS, 'utf8').trim()
  writeFileSync(STATS, '1')
  const work =
    'while :; do cat /etc/passwd /etc/group > /dev/null; dd if=/dev/zero of=/dev/null bs=512 count=20000 2> /dev/null; done'
  const load: ChildProcess = spawn('sh', ['-c', work], { stdio: 'ignore', detached: true })
  return () => {
    if (load.pid !== undefined) process.kill(-load.pid, 'SIGKILL')
    writeFileSync(STATS, statsBefore)
  }
}

export async function measure(suite: string, program: string, seconds: number): Promise<Measured> {
  const tree = join(cacheFolder(), 'debian', suite)
  const child = spawn('chroot', [tree, 'bpftrace', '-'], { stdio: ['pipe', 'ignore', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.end(program)
  try {
    const pid = child.pid ?? 0
    const before = await attached(
      pid,
      () => child.exitCode,
      () => stderr,
    )
    const started = performance.now()
    await wait(seconds * 1000)
    const after = programsOf(pid)
    const elapsed = (performance.now() - started) / 1000
    const probes = after.map((each) => {
      const earlier = before.find(({ id }) => id === each.id)
      return {
        perSecond: (each.run_cnt - (earlier?.run_cnt ?? 0)) / elapsed,
        nsPerSecond: (each.run_time_ns - (earlier?.run_time_ns ?? 0)) / elapsed,
      }
    })
    const maps = mapsOf(pid).filter(
      ({ name, type }) => name.startsWith('AT_') || /^stack/.test(name) || type === 'stack_trace',
    )
    return { mapBytes: maps.reduce((sum, each) => sum + each.bytes_memlock, 0), probes }
  } finally {
    // Nobody reads the output, and printing thousands of stacks takes long.
    child.kill('SIGKILL')
    await ended
  }
}

/** Once every program runs: their number stays the same for a while. */
async function attached(pid: number, exited: () => number | null, stderr: () => string) {
  let last = 0
  for (let tries = 0; tries < 60; tries++) {
    await wait(300)
    if (exited() !== null) throw new Error(`bpftrace ended: ${stderr()}`)
    const now = programsOf(pid)
    if (now.length > 0 && now.length === last) return now
    last = now.length
  }
  throw new Error(`bpftrace attached nothing: ${stderr()}`)
}

/** Numbers of the programs or maps that a process holds, in the order they were loaded. */
function idsOf(pid: number, kind: 'prog_id' | 'map_id'): number[] {
  const folder = `/proc/${pid}/fdinfo`
  const ids = new Set<number>()
  for (const name of readdirSync(folder)) {
    try {
      const found = new RegExp(`^${kind}:\\s*(\\d+)`, 'm').exec(readFileSync(join(folder, name), 'utf8'))
      if (found !== null) ids.add(Number(found[1]))
    } catch {
      // The descriptor was closed meanwhile.
    }
  }
  return [...ids].sort((a, b) => a - b)
}

function programsOf(pid: number) {
  const ids = new Set(idsOf(pid, 'prog_id'))
  return ProgramInfo.parse(bpftool('prog')).filter(({ id }) => ids.has(id))
}

function mapsOf(pid: number) {
  const ids = new Set(idsOf(pid, 'map_id'))
  return MapInfo.parse(bpftool('map')).filter(({ id }) => ids.has(id))
}

function bpftool(what: 'prog' | 'map'): unknown {
  return JSON.parse(execFileSync('bpftool', [what, 'show', '-j'], { encoding: 'utf8', maxBuffer: 1 << 26 }))
}
