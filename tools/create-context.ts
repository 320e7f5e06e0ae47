/**
 * Builds the context from the real services, for every face. Nothing is opened or started before a tool asks for it: the
 * store is opened by the first call that needs it.
 */
import type { KernelFacts } from '../analyzers/bpftrace/kernel-facts.ts'
import { parseVersion } from '../analyzers/bpftrace/version.ts'
import { UserError } from '../analyzers/shared/user-error.ts'
import { createBpftraceLocator } from '../services/bpftrace/locate-bpftrace.ts'
import { homeFolder } from '../services/database/home.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'
import { createNetworkPolicy } from '../services/network/network-policy.ts'
import { createPathPolicy } from '../services/paths/path-policy.ts'
import { policyFile, readPolicy } from '../services/policy/policy.ts'
import { lazyLibrary } from '../services/profiles/lazy-library.ts'
import { createProfileOpener, type ReadProfile } from '../services/profiles/open-profile.ts'
import { readProfile, readProfileBytes } from '../services/profiles/read-profile.ts'
import { openLibrary } from '../services/profiles/sqlite-library.ts'
import type { ToolContext } from './context.ts'

export interface ContextOptions {
  /** Paths that callers give must lie inside it. */
  readonly baseDir?: string | undefined
  /** The store's folder; `TRACEWRIGHT_HOME` and its fallbacks otherwise. */
  readonly home?: string | undefined
  readonly bpftracePath?: string | undefined
}

const read: ReadProfile = (source, options) =>
  typeof source === 'string' ? readProfile(source, options) : readProfileBytes(source, options)

export function createContext(options: ContextOptions = {}): ToolContext {
  const home = options.home ?? homeFolder()
  const paths = createPathPolicy(options.baseDir)
  const library = lazyLibrary(() => openLibrary({ home }))
  return {
    library,
    profiles: createProfileOpener(library, paths, read),
    readProfile: read,
    paths,
    bpftrace: createBpftraceLocator({ configuredPath: options.bpftracePath }),
    kernelFacts,
    captureNetworks: () => createNetworkPolicy(readPolicy(policyFile(home)).capture.allow),
    now: () => new Date(),
  }
}

/** A caller names no file here: which files it may read is for the path policy to say. */
async function kernelFacts(choice: string): Promise<KernelFacts> {
  if (choice === 'none') return createKernelFacts({ source: 'snapshot' })
  if (choice === 'live' || parseVersion(choice) !== undefined) return createKernelFacts({ source: choice })
  throw new UserError({
    code: 'KERNEL_UNKNOWN',
    message: `Nothing is known of the kernel \`${choice.slice(0, 40)}\``,
    hint: 'Give `none` (the bundled snapshot), `live`, or a version such as `6.1`.',
  })
}
