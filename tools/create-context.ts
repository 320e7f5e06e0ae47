/**
 * Builds the context from the real services, for every face. Nothing is opened or started before a tool asks for it: the
 * store is opened by the first call that needs it.
 */
import type { KernelFacts } from '../analyzers/bpftrace/kernel-facts.ts'
import { noKernelFacts } from '../analyzers/bpftrace/no-kernel-facts.ts'
import { UserError } from '../analyzers/shared/user-error.ts'
import { createBpftraceLocator } from '../services/bpftrace/locate-bpftrace.ts'
import { homeFolder } from '../services/database/home.ts'
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

async function kernelFacts(choice: string): Promise<KernelFacts> {
  if (choice === 'none') return noKernelFacts
  throw new UserError({
    code: 'KERNEL_UNKNOWN',
    message: `Nothing is known of the kernel \`${choice.slice(0, 40)}\``,
    hint: 'Leave it out, or give `none`.',
  })
}
