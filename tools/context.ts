/**
 * The services a tool gets. The command line, the MCP server, the editor and tests each build one (see
 * `create-context.ts`); a tool takes what it needs and knows nothing of who called it.
 */
import type { KernelFacts } from '../analyzers/bpftrace/kernel-facts.ts'
import type { BpftraceLocator } from '../services/bpftrace/locate-bpftrace.ts'
import type { NetworkPolicy } from '../services/network/network-policy.ts'
import type { PathPolicy } from '../services/paths/path-policy.ts'
import type { Policy } from '../services/policy/policy.ts'
import type { ProfileLibrary } from '../services/profiles/library.ts'
import type { ProfileOpener, ReadProfile } from '../services/profiles/open-profile.ts'

export interface ToolContext {
  /** Handles, bundles and baselines. */
  readonly library: ProfileLibrary
  /** From a path, handle or bundle to decoded columns; tools go through `tools/shared/profile-argument.ts`. */
  readonly profiles: ProfileOpener
  /** Decodes a file that has been through `paths`, or bytes, without the cache. */
  readonly readProfile: ReadProfile
  /** Every path that a caller gives goes through here before it is touched. */
  readonly paths: PathPolicy
  readonly bpftrace: BpftraceLocator
  /** What is known of a kernel: `none` (the bundled snapshot), `live`, or a version. @throws UserError */
  readonly kernelFacts: (choice: string) => Promise<KernelFacts>
  /** Which addresses a capture may go to, as the policy says now. */
  readonly captureNetworks: () => NetworkPolicy
  /** What may run without asking, and what never, as the policy says now. @throws UserError */
  readonly policy: () => Policy
  /** Whether tools that read may note what they saw; false where nothing is to be changed. */
  readonly mayWrite: boolean
  /** The clock, so that tests can set it. */
  readonly now: () => Date
}
