/** Types of builtin variables and of bare words. */

import { builtinTypes } from '../../types/names.ts'
import {
  type Clock,
  integer,
  none,
  pointer,
  string,
  type Type,
  uint8,
  uint32,
  uint64,
  unknown,
  withSpace,
} from '../../types/type.ts'
import { addressSpace, programType } from '../attach-points/attach-point.ts'
import { entryOf } from '../table.ts'
import type { BuiltinExpr, IdentifierExpr, ProbeIr } from './ir.ts'
import { cellFor, type Resolution } from './resolution.ts'

const simple: Readonly<Record<string, Type>> = {
  pid: uint32,
  tid: uint32,
  nsecs: uint64,
  elapsed: uint64,
  cpu: uint64,
  ncpus: uint64,
  cpid: uint64,
  usermode: uint8,
  rand: uint64,
  cgroup: uint64,
  jiffies: uint64,
  numaid: uint64,
  uid: uint64,
  gid: uint64,
  username: { kind: 'username' },
  comm: { ...string(16), space: 'kernel' },
  __session_is_return: { kind: 'boolean' },
}

export const clocks: ReadonlySet<string> = new Set<Clock>(['monotonic', 'boot', 'tai', 'sw_tai'])
export const stackModes: ReadonlySet<string> = new Set(['bpftrace', 'perf', 'raw', 'build_id'])

export const defaultStackLimit = 127

export function collectBuiltin(resolution: Resolution, expression: BuiltinExpr): void {
  resolution.solver.seed(cellFor(resolution, expression), builtinType(resolution, expression))
}

function builtinType(resolution: Resolution, expression: BuiltinExpr): Type {
  const { environment } = resolution
  const { name, span } = expression
  const known = entryOf(simple, name)
  if (known) return known
  switch (name) {
    case 'kstack':
    case 'ustack':
    case 'dw_ustack': {
      const kernel = name === 'kstack'
      const mode = environment.settings.stackMode
      if (kernel && mode === 'build_id') environment.findings.report('stack-mode-fallback', span, {})
      return { kind: 'stack', kernel, mode: kernel && mode === 'build_id' ? 'raw' : mode, limit: defaultStackLimit }
    }
    case 'curtask':
      return pointer(environment.types.named('struct', 'task_struct') ?? unknown, 'kernel')
    default:
      break
  }
  const probe = resolution.root?.kind === 'probe' ? resolution.root : undefined
  if (!probe) {
    environment.findings.report('builtin-outside-probe', span, { name })
    return none
  }
  const first = probe.attachPoints[0]
  if (!first) return unknown
  switch (name) {
    case 'ctx':
      return contextType(resolution, probe)
    case 'args':
      return argumentsType(resolution, probe)
    case 'func':
      return first.provider === 'uprobe' || first.provider === 'uretprobe' ? { kind: 'usym' } : { kind: 'ksym' }
    case 'retval': {
      const space = addressSpace(first.provider)
      if (first.provider !== 'fentry' && first.provider !== 'fexit') return withSpace(uint64, space)
      const known = resolution.argumentsOf(probe)
      if (known?.returns) return withSpace(known.returns, space)
      if (!known) return unknown
      environment.findings.report('retval-missing', span, {})
      return none
    }
    default:
      return /^s?arg\d+$/.test(name) ? withSpace(uint64, addressSpace(first.provider)) : unknown
  }
}

function contextType(resolution: Resolution, probe: ProbeIr): Type {
  const first = probe.attachPoints[0]
  if (!first) return unknown
  const record = (name: string): Type => {
    const type = resolution.environment.types.named('struct', name) ?? unknown
    return { ...pointer(type, 'kernel'), context: true }
  }
  switch (programType(first.provider)) {
    case 'kprobe':
      return record('pt_regs')
    case 'perf_event':
      return record('bpf_perf_event_data')
    case 'tracing':
      return first.provider === 'iter' ? record(`bpf_iter__${first.func}`) : pointer(unknown)
    default:
      return pointer(unknown)
  }
}

function argumentsType(resolution: Resolution, probe: ProbeIr): Type {
  const first = probe.attachPoints[0]
  if (!first) return unknown
  const user = first.provider === 'uprobe' || (first.provider === 'tracepoint' && first.target === 'syscalls')
  const known = resolution.argumentsOf(probe)
  return {
    kind: 'c',
    name: known?.name ?? `struct ${first.provider}_args`,
    context: true,
    arguments: true,
    space: user ? 'user' : 'kernel',
    internal: first.provider === 'uprobe' ? true : undefined,
  }
}

export function collectIdentifier(resolution: Resolution, expression: IdentifierExpr): void {
  resolution.solver.seed(cellFor(resolution, expression), identifierType(resolution, expression))
}

function identifierType(resolution: Resolution, { name, span }: IdentifierExpr): Type {
  const { types, findings } = resolution.environment
  const enumerator = types.enumerator(name)
  if (enumerator) return { ...integer(8, false), enumeration: enumerator.enumeration || undefined }
  if (resolution.call === 'nsecs') {
    const clock = (['monotonic', 'boot', 'tai', 'sw_tai'] as const).find((candidate) => candidate === name)
    if (!clock) findings.report('clock-unknown', span, { name })
    return { kind: 'timestamp-mode', clock }
  }
  if (stackModes.has(name)) return { kind: 'stack', kernel: true, mode: name, limit: defaultStackLimit }
  // The compiler's own types are no names of C: a macro that is handed one cannot ask for its size.
  const isTypeName = types.isOwn(name) || (resolution.introspection > 0 && !builtinTypes.has(name))
  if (isTypeName) {
    const type = types.named(null, name)
    if (type) return type
  }
  // A name that nobody here knows may come from a header that could not be read.
  return types.uncertain ? maybeConstant(name) : none
}

/** With headers unread a bare word may be a constant; one in lower case hardly is. */
function maybeConstant(name: string): Type {
  return /^[A-Z_][A-Z0-9_]*$/.test(name) ? unknown : none
}
