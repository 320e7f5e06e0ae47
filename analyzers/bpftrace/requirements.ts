/**
 * What a program needs to run, from what it names and what the catalog knows of it: the oldest bpftrace and kernel, kernel
 * options, and whether `--unsafe` must be given. It says nothing about what the program costs.
 */
import { catalogFor, type KernelNeed, type ProbeTypeEntry } from './catalog/index.ts'
import type { Span } from './diagnostic.ts'
import type { AttachPoint } from './syntax/ast.ts'
import type { SyntaxTree } from './syntax/tree.ts'
import { walk } from './syntax/visit.ts'
import { compareVersions, oldestVersion, parseVersion, type Version } from './version.ts'

export interface Requirements {
  /** `X.Y`: the oldest version that has everything the program names. */
  readonly bpftrace: string
  /** The oldest Linux version; null where nothing that is named says. */
  readonly kernel: string | null
  /** Kernel options, such as `CONFIG_KPROBES`. */
  readonly config: readonly string[]
  readonly privileges: readonly string[]
  /** What needs `--unsafe`, in source order. */
  readonly unsafe: readonly UnsafeUse[]
}

export interface UnsafeUse {
  /** `system()`, `watchpoint`. */
  readonly what: string
  readonly why: string
  readonly span: Span
}

/** bpftrace refuses anyone else, except with the capabilities that newer versions check instead. */
const privileges = ['root, or CAP_BPF and CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8)']

export function requirementsOf(tree: SyntaxTree, version: Version): Requirements {
  const catalog = catalogFor(version)
  const since: string[] = []
  const kernels: string[] = []
  const config = new Set<string>()
  const unsafe: UnsafeUse[] = []
  const note = (entry: { readonly since: string; readonly kernel?: KernelNeed }) => {
    since.push(entry.since)
    if (entry.kernel !== undefined) kernels.push(entry.kernel.since)
  }

  walk(tree.program, (node) => {
    if (node.kind === 'Call') {
      const entry = catalog.function(node.callee.text)
      if (entry === undefined) return
      note(entry)
      if (entry.unsafe) unsafe.push({ what: `${entry.name}()`, why: entry.description, span: node.callee.span })
    } else if (node.kind === 'Identifier') {
      const entry = catalog.builtin(node.name)
      if (entry !== undefined) note(entry)
    } else if (node.kind === 'AttachPoint') {
      const entry = catalog.probeType(node.parts[0]?.text ?? '')
      if (entry === undefined) return
      note(entry)
      for (const option of entry.kernelConfig ?? []) config.add(option)
      const use = unsafeAttachPoint(node, entry)
      if (use !== undefined) unsafe.push(use)
    }
  })
  return {
    bpftrace: newest(since) ?? shortVersion(oldestVersion),
    kernel: newest(kernels) ?? null,
    config: [...config].sort(),
    privileges: tree.program.items.some((item) => item.kind === 'Probe') ? privileges : [],
    unsafe,
  }
}

function unsafeAttachPoint(point: AttachPoint, entry: ProbeTypeEntry): UnsafeUse | undefined {
  const isAddress = /^0x[0-9a-f]+$/i.test(point.parts.at(-1)?.text ?? '')
  const form = entry.forms?.find((each) => each.needs === '--unsafe' && /0xADDR/i.test(each.form))
  if (entry.unsafe) return { what: entry.name, why: entry.description, span: point.span }
  if (!isAddress || form === undefined) return undefined
  return { what: form.form, why: 'nothing checks that an instruction begins at the address', span: point.span }
}

function newest(versions: readonly string[]): string | undefined {
  return versions
    .flatMap((text) => {
      const version = parseVersion(text)
      return version === undefined ? [] : [{ text, version }]
    })
    .sort((a, b) => compareVersions(a.version, b.version))
    .at(-1)?.text
}

function shortVersion(version: Version): string {
  return `${version.major}.${version.minor}`
}
