/**
 * Facts for programs that are run with `-p PID`: the target `*` of a static probe is every file that the process executes
 * code from, and those files are what is most likely meant where a target is written.
 */
import type { Binaries, BinaryNames, KernelFacts } from '../kernel-facts.ts'

const known = new WeakMap<KernelFacts, Map<number, KernelFacts>>()

/** The same object for the same question, for what was judged by it may be kept. */
export function factsForProcess(kernel: KernelFacts, pid: number | undefined): KernelFacts {
  if (pid === undefined || kernel.binaries === undefined) return kernel
  const facts = known.get(kernel) ?? new Map<number, KernelFacts>()
  known.set(kernel, facts)
  const found = facts.get(pid) ?? { ...kernel, binaries: binariesFor(kernel.binaries, pid) }
  facts.set(pid, found)
  return found
}

function binariesFor(binaries: Binaries, pid: number): Binaries {
  let last: { readonly parts: readonly BinaryNames[]; readonly all: BinaryNames } | undefined
  const files = () => binaries.ofProcess?.(pid) ?? []
  const everything = (): BinaryNames | 'pending' | undefined => {
    const found = files().map((file) => binaries.find(file))
    if (found.includes('pending')) return 'pending'
    const parts = found.filter((each) => each !== undefined && each !== 'pending')
    if (parts.length === 0) return undefined
    const isSame = last?.parts.length === parts.length && parts.every((part, i) => part === last?.parts[i])
    if (!isSame || last === undefined) last = { parts, all: joined(parts, pid) }
    return last.all
  }
  return {
    ...binaries,
    find: (target) => (target === '*' ? everything() : binaries.find(target)),
    get process() {
      return { pid, files: files() }
    },
  }
}

/** Functions are left out: only static probes are asked for in all files at once. */
const joined = (parts: readonly BinaryNames[], pid: number): BinaryNames => ({
  path: `process ${pid}`,
  functions: [],
  usdt: parts.flatMap(({ usdt }) => usdt),
})
