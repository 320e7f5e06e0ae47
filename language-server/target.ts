/**
 * What programs are judged for: a bpftrace version and a source of kernel facts, each with the reason for its choice.
 */

import type { KernelFacts } from '../analyzers/bpftrace/kernel-facts.ts'
import { noKernelFacts } from '../analyzers/bpftrace/no-kernel-facts.ts'
import { judgedVersion, newestVersion, parseVersion, type Version } from '../analyzers/bpftrace/version.ts'
import { UserError } from '../analyzers/shared/user-error.ts'
import { type BpftraceLocator, createBpftraceLocator } from '../services/bpftrace/locate-bpftrace.ts'
import { createKernelFacts, type KernelOptions } from '../services/kernel/kernel-service.ts'
import { snapshotFacts } from '../services/kernel/snapshot.ts'
import type { ServerSettings } from './settings.ts'

export interface Target {
  readonly version: Version
  /** One sentence: where the version comes from. */
  readonly why: string
  readonly kernel: KernelFacts
}

/** Until the settings have been read and the machine has been asked. */
export const initialTarget: Target = {
  version: newestVersion,
  why: 'The newest known version, until the installed one has been asked.',
  kernel: noKernelFacts,
}

export type TargetResolver = (settings: ServerSettings, trusted: boolean) => Promise<Target>

/**
 * Several folders mostly share a kernel and a bpftrace: each is looked at once.
 *
 * @param onMore Called when a kernel has become better known than in a target that was given out.
 */
export function createTargetResolver(onMore: () => void = () => undefined): TargetResolver {
  const kernels = new Map<string, Promise<KernelFacts>>()
  const locators = new Map<string, BpftraceLocator>()

  const kernelOf = (source: string, path: string): Promise<KernelFacts> => {
    const key = `${source}\n${path}`
    const loaded = () => {
      kernels.delete(key)
      onMore()
    }
    const known = kernels.get(key) ?? loadKernel({ source, bpftrace: locatorOf(path), onMore: loaded })
    kernels.set(key, known)
    return known
  }
  const locatorOf = (path: string): BpftraceLocator => {
    const known = locators.get(path) ?? createBpftraceLocator({ configuredPath: path || undefined })
    locators.set(path, known)
    return known
  }

  return async (settings, trusted) => {
    // A workspace that is not trusted could name any program as bpftrace and any file as BTF.
    const path = trusted ? settings['bpftrace.path'] : ''
    const source = settings['kernel.source']
    const [version, kernel] = await Promise.all([
      resolveVersion(settings['bpftrace.version'], locatorOf(path)),
      kernelOf(trusted || namedSources.has(source) ? source : 'auto', path),
    ])
    return { ...version, kernel }
  }
}

const namedSources: ReadonlySet<string> = new Set(['auto', 'live', 'snapshot', 'none'])

async function loadKernel(options: KernelOptions): Promise<KernelFacts> {
  try {
    return await createKernelFacts(options)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return snapshotFacts(error.message)
  }
}

async function resolveVersion(wanted: string, locator: BpftraceLocator): Promise<Pick<Target, 'version' | 'why'>> {
  const asked = parseVersion(wanted)
  if (asked) {
    const { version, notice } = judgedVersion(asked)
    return { version, why: notice ?? 'Set by tracewright.bpftrace.version.' }
  }
  const installed = await locator.find()
  const parsed = installed && parseVersion(installed.version)
  if (!parsed) return { version: newestVersion, why: 'The newest known version, because no bpftrace is installed.' }
  const { version, notice } = judgedVersion(parsed)
  return { version, why: notice ?? `The installed one, ${installed.path}.` }
}
