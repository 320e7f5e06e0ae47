/**
 * A good input for every tool, so that one test can call each of them as a client would. A tool whose only required
 * field is `profile` or `program` needs no line here.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Tool } from '../tools/tool.ts'
import { smallProfile } from './small-profile.ts'

export interface Samples {
  readonly cpu: string
  readonly other: string
  readonly folder: string
  /** A handle in the store that no other input uses up. */
  readonly handle: string
}

/** Two small profiles in a folder. */
export function writeSamples(folder: string): Omit<Samples, 'handle'> {
  mkdirSync(folder, { recursive: true })
  const cpu = path.join(folder, 'cpu.pprof')
  const other = path.join(folder, 'later.pprof')
  writeFileSync(cpu, smallProfile())
  writeFileSync(other, smallProfile({ samples: [[['work', 'main'], 4, 40_000_000]] }))
  return { cpu, other, folder }
}

const inputs: Readonly<Record<string, (samples: Samples) => Record<string, unknown>>> = {
  'bpftrace.compose_programs': () => ({
    programs: ['kprobe:vfs_read { @ = count(); }', 'kprobe:vfs_write { @ = count(); }'],
    operations: [{ kind: 'filter', condition: 'pid == 1' }],
  }),
  'bpftrace.search_examples': () => ({ query: 'disk latency' }),
  'bpftrace.list_templates': () => ({}),
  'bpftrace.render_template': () => ({ template: 'syscall-counts', parameters: { pid: 1 } }),
  'bpftrace.explain_error': () => ({ stderr: 'stdin:1:1-2: ERROR: syntax error, unexpected identifier' }),
  'pprof.diff_top': ({ cpu, other }) => ({ before: cpu, after: other }),
  'pprof.focus_paths': ({ cpu }) => ({ profile: cpu, function: 'work' }),
  'pprof.generate_report': ({ cpu, handle }) => ({ profiles: [cpu, handle] }),
  'pprof.list': ({ cpu }) => ({ profile: cpu, function: 'work' }),
  'pprof.merge': ({ cpu, other }) => ({ profiles: [cpu, other] }),
  'pprof.peek': ({ cpu }) => ({ profile: cpu, regex: 'work' }),
  'profiles.baselines': () => ({}),
  'profiles.delete': ({ handle }) => ({ handle }),
  'profiles.import': ({ folder }) => ({ path: folder }),
  'profiles.list': () => ({}),
  'profiles.update': ({ handle }) => ({ handle, name: 'renamed' }),
}

/** Tools that need something from the world which a test brings itself. */
export const calledElsewhere: ReadonlySet<string> = new Set(['profiles.capture', 'profiles.reset_baseline'])

export function goodInput(tool: Tool, samples: Samples): Record<string, unknown> {
  const known = inputs[tool.name]
  if (known !== undefined) return known(samples)
  if ('profile' in tool.input.shape) return { profile: samples.cpu }
  if ('program' in tool.input.shape) return { program: 'interval:s:1 { @ = count(); exit(); }' }
  throw new Error(`test/tool-inputs.ts has no good input for ${tool.name}`)
}
