/** The kernel that ships with Tracewright, for machines whose own cannot be asked. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { assembleKernelFacts } from '../../analyzers/bpftrace/kernel/assemble.ts'
import { BtfFacts } from '../../analyzers/bpftrace/kernel/btf-facts.ts'
import { BtfFile } from '../../analyzers/bpftrace/kernel/btf-file.ts'
import { BtfTypes } from '../../analyzers/bpftrace/kernel/btf-types.ts'
import type { FunctionNames } from '../../analyzers/bpftrace/kernel/kernel-functions.ts'
import { type TracepointFacts, unpackTracepoints } from '../../analyzers/bpftrace/kernel/tracepoints.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { type KernelSnapshot, unpackSnapshot } from './snapshot-file.ts'

/** Lies beside this module in the sources and beside every bundle in `dist/`. */
const bundledSnapshot = fileURLToPath(new URL('./snapshot/linux.snapshot', import.meta.url))

export interface LoadedSnapshot {
  readonly kernel: string
  readonly machine: string
  readonly types: BtfFacts
  readonly tracepoints: TracepointFacts
  readonly functions: () => FunctionNames
}

let loading: Promise<LoadedSnapshot> | undefined

/** Read and unpacked once; some tens of milliseconds, most of them off the main thread. */
export function loadSnapshot(): Promise<LoadedSnapshot> {
  loading ??= readFile(bundledSnapshot).then(unpackSnapshot).then(openSnapshot)
  return loading
}

function openSnapshot(snapshot: KernelSnapshot): LoadedSnapshot {
  const types = new BtfFacts()
  types.add('vmlinux', new BtfTypes(new BtfFile(snapshot.btf)))
  return {
    kernel: snapshot.kernel,
    machine: snapshot.machine,
    types,
    tracepoints: unpackTracepoints(snapshot.tracepoints),
    functions: () => functionNames(types, snapshot.functions),
  }
}

function functionNames(types: BtfFacts, changes: string): FunctionNames {
  const functions = new Set(types.names('function'))
  for (const line of changes.split('\n')) {
    if (line.startsWith('+')) functions.add(line.slice(1))
    else functions.delete(line.slice(1))
  }
  return { functions: [...functions].sort(), modules: [] }
}

/**
 * @param why One sentence that ends the description: why it is the snapshot that is used.
 */
/** `standsFor` is the release that was asked for. */
export async function snapshotFacts(why: string, standsFor?: string): Promise<KernelFacts> {
  const { kernel, machine, types, tracepoints, functions } = await loadSnapshot()
  return assembleKernelFacts({
    source: {
      kind: 'snapshot',
      kernel,
      ...(standsFor === undefined ? {} : { standsFor }),
      description: `The bundled snapshot of a Linux ${kernel} (${machine}) is used. ${why}`.trimEnd(),
    },
    // What another kernel lacks may well be in the one that the program will run on.
    coverage: { types: 'partial', functions: 'partial', tracepoints: 'partial' },
    types,
    tracepoints,
    functions,
    modules: ['vmlinux'],
  })
}
