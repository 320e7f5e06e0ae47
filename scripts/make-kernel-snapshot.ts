/**
 * Makes the snapshot that ships with Tracewright from the kernel of this machine: its BTF, its tracepoint formats and
 * the names of its functions. Needs root, a mounted tracefs, and a kernel with BTF.
 *
 * Usage: node scripts/make-kernel-snapshot.ts [OUTPUT]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { machine, release } from 'node:os'
import { join } from 'node:path'
import { BtfFile, btfKind } from '../analyzers/bpftrace/kernel/btf-file.ts'
import { parseFunctions } from '../analyzers/bpftrace/kernel/kernel-functions.ts'
import { packTracepoint } from '../analyzers/bpftrace/kernel/tracepoints.ts'
import { packSnapshot } from '../services/kernel/snapshot-file.ts'
import { root } from './shared/paths.ts'

const TRACEFS = '/sys/kernel/tracing'

function packTracepoints(): string {
  const names = readFileSync(join(TRACEFS, 'available_events'), 'utf8').trim().split('\n').sort()
  const packed = names.map((name) => {
    const [category = '', event = ''] = name.split(':')
    return packTracepoint(category, event, readFileSync(join(TRACEFS, 'events', category, event, 'format'), 'utf8'))
  })
  return packed.join('')
}

function readFunctions(): readonly string[] {
  try {
    return parseFunctions(
      readFileSync(join(TRACEFS, 'available_filter_functions'), 'utf8'),
      'available_filter_functions',
    ).functions
  } catch {
    // Some kernels are built without the list, or keep it from everybody.
    return parseFunctions(readFileSync('/proc/kallsyms', 'utf8'), 'kallsyms').functions
  }
}

function packFunctions(btf: Uint8Array): string {
  const file = new BtfFile(btf)
  const typed = new Set([...file.ids(btfKind.function)].map((id) => file.name(id)))
  const functions = new Set(readFunctions())
  const added = [...functions].filter((name) => !typed.has(name)).map((name) => `+${name}`)
  const removed = [...typed].filter((name) => !functions.has(name)).map((name) => `-${name}`)
  return [...added, ...removed].sort().join('\n')
}

const output = process.argv[2] ?? join(root, 'services/kernel/snapshot/linux.snapshot')
const btf = readFileSync('/sys/kernel/btf/vmlinux')
const packed = await packSnapshot({
  // Without what a distribution or a builder appended.
  kernel: /^\d+\.\d+(?:\.\d+)?/.exec(release())?.[0] ?? release(),
  machine: machine(),
  btf,
  tracepoints: packTracepoints(),
  functions: packFunctions(btf),
})
writeFileSync(output, packed)
console.log(`${output}: ${packed.length} bytes`)
