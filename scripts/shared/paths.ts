/** Where things are: the checkout, what the build makes, and the cache outside it. Nothing here touches a file. */
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

export const root = dirname(dirname(import.meta.dirname))
export const dist = join(root, 'dist')
/** Screenshots, reports and logs of a run; thrown away by the next one. */
export const artifacts = join(root, 'artifacts')
export const bin = join(root, 'node_modules', '.bin')

/** What is big and the same for every checkout: code-server, the Debian trees. Overridden by `TRACEWRIGHT_CACHE`. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.TRACEWRIGHT_CACHE) return environment.TRACEWRIGHT_CACHE
  return join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tracewright')
}
