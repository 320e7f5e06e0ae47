/**
 * Builds the context from the real services, for every face. Nothing is opened or started before a tool asks for it: the
 * store is opened by the first call that needs it.
 */
import { createBpftraceLocator } from '../services/bpftrace/locate-bpftrace.ts'
import { homeFolder } from '../services/database/home.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'
import { createNetworkPolicy } from '../services/network/network-policy.ts'
import { createPathPolicy, type PathPolicy } from '../services/paths/path-policy.ts'
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
  readonly readOnly?: boolean | undefined
}

const read: ReadProfile = (source, options) =>
  typeof source === 'string' ? readProfile(source, options) : readProfileBytes(source, options)

export function createContext(options: ContextOptions = {}): ToolContext {
  const home = options.home ?? homeFolder()
  const paths = createPathPolicy(options.baseDir)
  const library = lazyLibrary(() => openLibrary({ home }))
  const bpftrace = createBpftraceLocator({ configuredPath: options.bpftracePath })
  return {
    library,
    profiles: createProfileOpener(library, paths, read),
    readProfile: read,
    paths,
    bpftrace,
    kernelFacts: (choice) => createKernelFacts({ source: kernelSource(choice, paths), patient: true, bpftrace }),
    captureNetworks: () => createNetworkPolicy(readPolicy(policyFile(home)).capture.allow),
    policy: () => readPolicy(policyFile(home)),
    mayWrite: !(options.readOnly ?? false),
    now: () => new Date(),
  }
}

/** `none` is no kernel of anyone's: the bundled snapshot. What is no name of a source is the path of a BTF file. */
function kernelSource(choice: string, paths: PathPolicy): string {
  if (choice === 'none') return 'snapshot'
  return /^(live|auto|snapshot|\d+\.\d+(\.\d+)?)$/.test(choice) ? choice : paths.existing(choice)
}
