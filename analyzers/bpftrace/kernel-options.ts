/**
 * Options that a kernel was built with, held against what the catalog says that something needs. Only a kernel that says
 * how it was built is judged; what it does not say is taken as there.
 */
import type { KernelFacts } from './kernel-facts.ts'
import { atLeast, type Version } from './version.ts'

const BTF = 'CONFIG_DEBUG_INFO_BTF'
/** More than anyone would write down by hand: a whole configuration. */
const WHOLE = 500

/** Undefined where the kernel does not say how it was built. */
export function missingOptions({
  config,
  source,
  coverage,
}: Pick<KernelFacts, 'config' | 'source' | 'coverage'>): ((option: string) => boolean) | undefined {
  if (config !== undefined) {
    // An option that cannot be chosen, because another is missing, is not written down at all.
    const isWhole = config.size > WHOLE
    return (option) => (config.get(option) ?? (isWhole ? 'n' : 'y')) === 'n'
  }
  const hasTypes = source.kind !== 'live' || coverage.types === 'complete'
  return hasTypes ? undefined : (option) => option === BTF
}

/**
 * The option in the catalog's text, where it is needed: `CONFIG_X`, `CONFIG_X (≥0.24)`, `CONFIG_X (syscalls category)`,
 * `CONFIG_X (modules)`.
 *
 * @param category Of a tracepoint.
 */
export function neededOption(text: string, version: Version, category?: string): string | undefined {
  const [, option, condition] = /^(CONFIG_\w+)(?:\s*\((.*)\))?/.exec(text) ?? []
  if (option === undefined || condition === undefined) return option
  const since = /^\u2265\s*(\d+\.\d+)/.exec(condition)?.[1]
  if (since !== undefined) return atLeast(version, since) ? option : undefined
  if (condition.startsWith('syscalls')) return category === 'syscalls' ? option : undefined
  // What only modules or other special cases need is not needed by every program.
  return undefined
}
