/**
 * What programs are judged for: a bpftrace version and a source of kernel facts, each with the reason for its choice.
 */

import type { KernelFacts } from '../analyzers/bpftrace/kernel-facts.ts'
import { noKernelFacts } from '../analyzers/bpftrace/no-kernel-facts.ts'
import { judgedVersion, newestVersion, parseVersion, type Version } from '../analyzers/bpftrace/version.ts'
import { UserError } from '../analyzers/shared/user-error.ts'
import { createBpftraceLocator } from '../services/bpftrace/locate-bpftrace.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'
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

export async function resolveTarget(settings: ServerSettings, trusted: boolean): Promise<Target> {
  const [{ version, why }, kernel] = await Promise.all([
    resolveVersion(settings, trusted),
    resolveKernel(settings['kernel.source'], trusted),
  ])
  return { version, why, kernel }
}

const namedSources: ReadonlySet<string> = new Set(['auto', 'live', 'snapshot', 'none'])

async function resolveKernel(source: string, trusted: boolean): Promise<KernelFacts> {
  try {
    // A workspace that is not trusted could name any file as BTF.
    return await createKernelFacts({ source: trusted || namedSources.has(source) ? source : 'auto' })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return snapshotFacts(error.message)
  }
}

async function resolveVersion(settings: ServerSettings, trusted: boolean): Promise<Pick<Target, 'version' | 'why'>> {
  const asked = parseVersion(settings['bpftrace.version'])
  if (asked) {
    const { version, notice } = judgedVersion(asked)
    return { version, why: notice ?? 'Set by tracewright.bpftrace.version.' }
  }
  // A workspace that is not trusted could name any program as bpftrace.
  const configuredPath = trusted ? settings['bpftrace.path'] || undefined : undefined
  const installed = await createBpftraceLocator({ configuredPath }).find()
  const parsed = installed && parseVersion(installed.version)
  if (!parsed) return { version: newestVersion, why: 'The newest known version, because no bpftrace is installed.' }
  const { version, notice } = judgedVersion(parsed)
  return { version, why: notice ?? `The installed one, ${installed.path}.` }
}
