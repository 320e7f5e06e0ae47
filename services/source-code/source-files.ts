/**
 * Finds the source files that a profile names, on this machine: paths in a profile are those of the machine that built
 * the program. Only files below the given roots, Go's own source and its module cache are looked at, so a profile
 * cannot make anyone read an arbitrary file.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

const MAX_SOURCE_BYTES = 8 * 1024 * 1024

export interface SourceOptions {
  /** Folders whose files correspond to the program's, best first. */
  readonly roots: readonly string[]
  /** Prefixes to take off the paths of the profile before they are looked up in the roots. */
  readonly trimPaths?: readonly string[]
  /** A last word on each file, for a sandbox. */
  readonly isAllowed?: (file: string) => boolean
}

export interface SourceFile {
  readonly path: string
  /** Line 1 is at index 0. */
  readonly lines: readonly string[]
}

export type FindSource = (profilePath: string) => SourceFile | undefined

export function createSourceFinder(options: SourceOptions): FindSource {
  const found = new Map<string, SourceFile | undefined>()
  return (profilePath) => {
    if (!found.has(profilePath)) found.set(profilePath, findSource(profilePath, options))
    return found.get(profilePath)
  }
}

function findSource(profilePath: string, options: SourceOptions): SourceFile | undefined {
  if (profilePath === '' || profilePath.includes('\0')) return undefined
  for (const { root, relative } of candidates(profilePath, options)) {
    const file = path.join(root, relative)
    const lines = readInside(root, file, options.isAllowed)
    if (lines !== undefined) return { path: file, lines }
  }
  return undefined
}

interface Candidate {
  readonly root: string
  readonly relative: string
}

/** From the most to the least certain place. */
function candidates(profilePath: string, options: SourceOptions): Candidate[] {
  const slashed = profilePath.replaceAll('\\', '/').replace(/^file:\/*(?=\/)/, '')
  const result: Candidate[] = []
  for (const root of options.roots) {
    const inside = path.relative(root, slashed)
    if (path.isAbsolute(slashed) && !inside.startsWith('..')) result.push({ root, relative: inside })
    for (const prefix of options.trimPaths ?? []) {
      const folder = prefix.endsWith('/') ? prefix : `${prefix}/`
      if (slashed.startsWith(folder)) result.push({ root, relative: slashed.slice(folder.length) })
    }
    // The folder may have the same name on both machines: `/build/shop/api/x.go` and `/home/me/shop`.
    const sameName = slashed.indexOf(`/${path.basename(root)}/`)
    if (sameName >= 0) result.push({ root, relative: slashed.slice(sameName + path.basename(root).length + 2) })
    if (!path.isAbsolute(slashed)) result.push({ root, relative: slashed })
    result.push(...suffixes(slashed).map((relative) => ({ root, relative })))
  }
  return [...result, ...goCandidates(slashed)]
}

/** Ever shorter ends of the path, down to a folder and a file: a bare file name fits too many. */
function suffixes(slashed: string): string[] {
  const parts = slashed.split('/').filter((part) => part !== '')
  return parts.slice(1, -1).map((_, index) => parts.slice(index + 1).join('/'))
}

/** Go's standard library and module cache, also where the build trimmed its paths (`-trimpath`). */
function goCandidates(slashed: string): Candidate[] {
  const goPath = process.env.GOPATH?.split(path.delimiter)[0] ?? path.join(homedir(), 'go')
  const moduleCache = process.env.GOMODCACHE ?? path.join(goPath, 'pkg', 'mod')
  const result: Candidate[] = []
  const inCache = slashed.lastIndexOf('/pkg/mod/')
  if (inCache >= 0) result.push({ root: moduleCache, relative: slashed.slice(inCache + '/pkg/mod/'.length) })
  else if (!path.isAbsolute(slashed) && slashed.includes('@v')) result.push({ root: moduleCache, relative: slashed })
  const goRoot = process.env.GOROOT
  const inSource = slashed.lastIndexOf('/src/')
  for (const root of goRoot === undefined ? ['/usr/lib/go', '/usr/local/go'] : [goRoot]) {
    const relative = inSource >= 0 ? slashed.slice(inSource + '/src/'.length) : slashed
    if (!path.isAbsolute(relative)) result.push({ root: path.join(root, 'src'), relative })
  }
  return result
}

/** The lines of a file that lies in the root also after links are followed. */
function readInside(
  root: string,
  file: string,
  isAllowed: ((file: string) => boolean) | undefined,
): string[] | undefined {
  try {
    const real = realpathSync(file)
    const relative = path.relative(realpathSync(root), real)
    if (relative.startsWith('..') || path.isAbsolute(relative)) return undefined
    if (isAllowed?.(real) === false) return undefined
    const stat = statSync(real)
    if (!stat.isFile() || stat.size > MAX_SOURCE_BYTES) return undefined
    return readFileSync(real, 'utf8').split(/\r?\n/)
  } catch {
    // Not there, or not readable: the next candidate may be.
    return undefined
  }
}
