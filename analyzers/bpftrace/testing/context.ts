/**
 * For tests of the language features: a program with `$0` where the cursor is becomes what those features are given.
 * The kernel is the little one below unless a test brings its own.
 */
import { analyzeTree } from '../analyze.ts'
import { catalogFor } from '../catalog/index.ts'
import type { CFunction, CRecord, CType, KernelFacts, TracepointFormat } from '../kernel-facts.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import type { ProgramContext } from '../program-context.ts'
import { collectSymbols } from '../symbols.ts'
import { parse } from '../syntax/parse.ts'
import { atLeast, requireVersion } from '../version.ts'

export interface Fixture {
  readonly context: ProgramContext
  readonly source: string
  readonly offset: number
}

export interface FixtureOptions {
  readonly version?: string
  readonly kernel?: KernelFacts
}

export function fixture(marked: string, options: FixtureOptions = {}): Fixture {
  const offset = marked.indexOf('$0')
  const source = offset < 0 ? marked : marked.slice(0, offset) + marked.slice(offset + 2)
  const version = requireVersion(options.version ?? '0.27')
  const tree = parse(source)
  const kernel = options.kernel ?? smallKernel
  const { typeOf, mapType } = analyzeTree(tree, { bpftrace: version, kernel })
  const context: ProgramContext = {
    tree,
    catalog: catalogFor(version),
    kernel,
    symbols: collectSymbols(tree, { blockScoped: atLeast(version, '0.22') }),
    types: { typeOf, map: mapType },
  }
  return { context, source, offset: Math.max(0, offset) }
}

const int: CType = { kind: 'integer', name: 'int', size: 4, signed: true, encoding: 'number' }
const char: CType = { kind: 'integer', name: 'char', size: 1, signed: true, encoding: 'char' }

export const taskStruct: CRecord = {
  kind: 'record',
  keyword: 'struct',
  name: 'task_struct',
  size: 32,
  fields: [
    { name: 'pid', type: int, offset: 0 },
    { name: 'comm', type: { kind: 'array', of: char, length: 16 }, offset: 8 },
    {
      name: 'parent',
      get type(): CType {
        return { kind: 'pointer', to: taskStruct }
      },
      offset: 24,
    },
  ],
}

const vfsRead: CFunction = {
  kind: 'function',
  returns: { kind: 'typedef', name: 'ssize_t', target: int },
  params: [
    { name: 'file', type: { kind: 'pointer', to: { ...taskStruct, name: 'file' } } },
    { name: 'count', type: { kind: 'typedef', name: 'size_t', target: int } },
  ],
  variadic: false,
}

const openat: TracepointFormat = {
  category: 'syscalls',
  event: 'sys_enter_openat',
  fields: [
    { name: '__syscall_nr', declaration: 'int', offset: 8, size: 4, signed: true },
    { name: 'dfd', declaration: 'int', offset: 16, size: 8, signed: false },
    { name: 'filename', declaration: 'const char *', offset: 24, size: 8, signed: false },
    { name: 'flags', declaration: 'int', offset: 32, size: 8, signed: false },
  ],
}

const names: Readonly<Record<Parameters<KernelFacts['names']>[0], readonly string[]>> = {
  struct: ['file', 'task_struct'],
  union: [],
  enum: ['pid_type'],
  enumerator: ['PIDTYPE_PGID', 'PIDTYPE_PID'],
  typedef: ['size_t'],
  function: ['vfs_open', 'vfs_read', 'vfs_write'],
  tracepoint: ['sched:sched_switch', 'syscalls:sys_enter_openat', 'syscalls:sys_exit_openat'],
  rawtracepoint: ['sched_switch'],
  module: ['ext4', 'vmlinux'],
}

export const smallKernel: KernelFacts = {
  ...noKernelFacts,
  source: { kind: 'file', kernel: '6.1.0', description: 'A kernel for tests.' },
  coverage: { types: 'complete', functions: 'complete', tracepoints: 'complete' },
  record: (keyword, name) => (keyword === 'struct' && name === 'task_struct' ? taskStruct : undefined),
  signature: (name) => (name === 'vfs_read' ? vfsRead : undefined),
  tracepoint: (category, event) => (`${category}:${event}` === 'syscalls:sys_enter_openat' ? openat : undefined),
  names: (kind) => names[kind],
}
