/** Builtin variables: where each is valid, and its type. */
import type * as Ast from '../../syntax/ast.ts'
import { pointer, string, type Type, uint32, uint64, unknown, withSpace } from '../../types/type.ts'
import { type AttachPoint, addressSpace, programType } from '../attach-points/attach-point.ts'
import { report, type State, since } from './state.ts'

const counters = new Set([
  'nsecs',
  'elapsed',
  'pid',
  'tid',
  'cgroup',
  'uid',
  'gid',
  'cpu',
  'rand',
  'numaid',
  'jiffies',
  'ncpus',
  'usermode',
  'ppid',
])

/** Undefined when the word is no builtin of the version. */
export function visitBuiltin(state: State, node: Ast.Identifier): Type | undefined {
  const { name, span } = node
  // One digit: `arg10` came with the newer compilers.
  if (!state.environment.catalog.builtin(name) || /^arg\d\d+$/.test(name)) return undefined
  if (counters.has(name)) {
    return (name === 'pid' || name === 'tid') && since(state, '0.22') ? uint32 : uint64
  }
  const { points } = state
  const [first] = points
  const allIn = (...providers: readonly string[]) => points.every((point) => providers.includes(point.provider))
  const refuse = (instead = '') => {
    report(state, 'builtin-unavailable', span, { name, probe: first?.spelled ?? '', instead })
    return unknown
  }
  switch (name) {
    case 'ctx':
      return contextType(state, node)
    case 'curtask':
      return pointer(state.environment.types.named('struct', 'task_struct') ?? unknown, 'kernel')
    case 'retval': {
      if (allIn('kretprobe', 'uretprobe')) return withSpace(uint64, single(points))
      if (allIn('fentry', 'fexit')) {
        const known = first && state.environment.argumentsOf(first)
        if (known && !known.returns) report(state, 'retval-missing', span, {})
        return known?.returns ?? unknown
      }
      return refuse(first?.provider === 'tracepoint' ? 'args->ret' : '')
    }
    case 'kstack':
    case 'ustack':
      return { kind: 'stack', kernel: name === 'kstack', mode: 'bpftrace', limit: 127 }
    case 'comm':
      return { ...string(16), space: 'kernel' }
    case 'func': {
      const valid = ['kprobe', 'kretprobe', 'uprobe', 'uretprobe', ...(since(state, '0.18') ? ['fentry', 'fexit'] : [])]
      if (!allIn(...valid)) return refuse()
      return first?.provider === 'uprobe' || first?.provider === 'uretprobe' ? { kind: 'usym' } : { kind: 'ksym' }
    }
    case 'probe':
      return since(state, '0.23') ? string(64) : { kind: 'probe' }
    case 'username':
      return { kind: 'username' }
    case 'cpid':
      // Whether there is a child command is told on the command line.
      return uint32
    case 'args':
      return argumentsType(state, node)
    default:
      break
  }
  if (/^arg\d$/.test(name)) {
    const valid = ['kprobe', 'uprobe', 'usdt', ...(since(state, '0.18') ? ['rawtracepoint'] : [])]
    if (!allIn(...valid)) return refuse()
    if (Number(name.slice(3)) > 5 && first?.provider !== 'usdt') report(state, 'argument-register', span, { name })
    return withSpace(uint64, single(points))
  }
  if (/^sarg\d$/.test(name)) return allIn('kprobe', 'uprobe') ? withSpace(uint64, single(points)) : refuse()
  return unknown
}

const single = (points: readonly AttachPoint[]) => {
  const [first] = points
  return first && points.every((point) => point.provider === first.provider) ? addressSpace(first.provider) : undefined
}

function contextType(state: State, node: Ast.Identifier): Type {
  const { points } = state
  const [first] = points
  if (!first) return unknown
  const refuse = (instead = '') => {
    report(state, 'builtin-unavailable', node.span, { name: 'ctx', probe: first.spelled, instead })
    return unknown
  }
  const type = programType(first.provider)
  if (points.some((point) => programType(point.provider) !== type)) return refuse()
  const record = (name: string): Type => ({
    ...pointer(state.environment.types.named('struct', name) ?? unknown, 'kernel'),
    context: true,
  })
  switch (type) {
    case 'kprobe':
      return record('pt_regs')
    case 'perf_event':
      return record('bpf_perf_event_data')
    case 'tracepoint':
      return refuse('args')
    case 'tracing':
      return first.provider === 'iter' ? record(`bpf_iter__${first.func}`) : refuse()
    default:
      return refuse()
  }
}

function argumentsType(state: State, node: Ast.Identifier): Type {
  const { points } = state
  const [first] = points
  if (!first) return unknown
  const one = (...providers: readonly string[]) => points.every((point) => providers.includes(point.provider))
  const valid =
    one('tracepoint') ||
    one('fentry') ||
    one('fexit') ||
    one('uprobe') ||
    (since(state, '0.22') && one('rawtracepoint'))
  if (!valid) {
    report(state, 'builtin-unavailable', node.span, { name: 'args', probe: first.spelled, instead: '' })
    return unknown
  }
  const user = first.provider === 'uprobe' || (first.provider === 'tracepoint' && first.target === 'syscalls')
  const record: Type = {
    kind: 'c',
    name: state.environment.argumentsOf(first)?.name ?? 'struct args',
    context: true,
    arguments: true,
    space: user ? 'user' : 'kernel',
  }
  if (since(state, '0.19')) return record
  return { ...pointer(record, record.space), context: true, arguments: true }
}
