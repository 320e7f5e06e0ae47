/**
 * Source and binary paths as a profile spells them: text of some other machine, never resolved here. Only `/`
 * separates, as in google/pprof on Unix.
 */

const BUILD_SANDBOX = ['/proc/self/cwd/./', '/proc/self/cwd/']

/** The shortest equal spelling: no `.`, no `x/..`, no doubled slashes. '' stays '' (nothing is known). */
export function cleanPath(path: string, keepsSandbox = false): string {
  const sandbox = keepsSandbox ? undefined : BUILD_SANDBOX.find((prefix) => path.startsWith(prefix))
  const spelled = sandbox === undefined ? path : path.slice(sandbox.length)
  if (!/\/\/|\.(\/|$)|.\/$/.test(spelled)) return spelled
  const rooted = spelled.startsWith('/')
  const kept: string[] = []
  for (const part of spelled.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!rooted) kept.push('..')
  }
  const joined = kept.join('/')
  if (rooted) return `/${joined}`
  return joined === '' ? '.' : joined
}

/** The last element of a path, without trailing slashes. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  if (trimmed === '') return path === '' ? '.' : '/'
  return trimmed.slice(trimmed.lastIndexOf('/') + 1)
}
