/**
 * The files that a script names, on disk: where an import or a header lies, what it says, and which there are to name.
 * Documents that are no files have no neighbours.
 */
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { FileUse } from '../analyzers/bpftrace/completion/item.ts'
import { documentLinks, type TakenIn } from '../analyzers/bpftrace/document-links.ts'
import type { Neighbour } from '../analyzers/bpftrace/program-context.ts'
import { parse } from '../analyzers/bpftrace/syntax/parse.ts'
import type { SyntaxTree } from '../analyzers/bpftrace/syntax/tree.ts'

/** Where the system keeps its C headers; those of the kernel are found only where its source is installed. */
const headerFolders = ['/usr/include', '/usr/include/x86_64-linux-gnu', '/usr/include/aarch64-linux-gnu']

/** Larger ones are no scripts. */
const largestFile = 4 * 1024 * 1024

/** The address of the file, when it exists. */
export function resolveTakenIn(uri: string, link: TakenIn): string | undefined {
  const own = fileFolder(uri)
  const folders = link.kind === 'system-include' ? headerFolders : own ? [own] : []
  const file = folders.map((folder) => path.resolve(folder, link.path)).find(isFile)
  return file && pathToFileURL(file).href
}

/** For the checker: the text of a file that the script imports or includes. */
export function readNeighbour(uri: string): (file: string) => string | undefined {
  const folder = fileFolder(uri)
  return (file) => (folder ? readText(path.resolve(folder, file)) : undefined)
}

interface ReadFile extends Neighbour {
  readonly changed: number
}

/** Trees of the files that scripts take in, by path; a header of the system is as large as many scripts. */
const readFiles = new Map<string, ReadFile>()
const mostFiles = 32

/** The files that a script takes in, parsed; of headers those alone that it names itself. */
export function neighbourFiles(uri: string, tree: SyntaxTree): readonly Neighbour[] {
  return documentLinks(tree).flatMap((link) => {
    const target = /\.o$/.test(link.path) ? undefined : resolveTakenIn(uri, link)
    return (target ? readNeighbourFile(target) : undefined) ?? []
  })
}

function readNeighbourFile(uri: string): Neighbour | undefined {
  const file = fileURLToPath(uri)
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const before = readFiles.get(uri)
  if (before?.changed === changed) return before
  const text = readText(file)
  if (text === undefined) return undefined
  const read = { uri, tree: parse(text), changed }
  readFiles.set(uri, read)
  for (const oldest of readFiles.keys()) {
    if (readFiles.size <= mostFiles) break
    readFiles.delete(oldest)
  }
  return read
}

/** What each way of naming a file can name. */
const endings: Readonly<Record<FileUse, RegExp>> = {
  import: /\.(?:bt|c|h|o)$/,
  include: /\.h$/,
  'system-include': /\.h$/,
}

/** For completion: files and, with a slash at the end, folders whose path begins as it is written. */
export function neighbours(uri: string, use: FileUse, written: string): readonly string[] {
  const own = fileFolder(uri)
  const folders = use === 'system-include' ? headerFolders : own ? [own] : []
  const end = written.lastIndexOf('/') + 1
  const found = folders.flatMap((folder) => {
    return entriesOf(path.resolve(folder, written.slice(0, end))).flatMap((entry) => {
      if (entry.name.startsWith('.') || !entry.name.startsWith(written.slice(end))) return []
      if (entry.isDirectory()) return [`${written.slice(0, end)}${entry.name}/`]
      return endings[use].test(entry.name) ? [`${written.slice(0, end)}${entry.name}`] : []
    })
  })
  return [...new Set(found)].sort()
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // No folder, or not ours to read.
    return []
  }
}

function fileFolder(uri: string): string | undefined {
  return uri.startsWith('file:') ? path.dirname(fileURLToPath(uri)) : undefined
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

function readText(file: string): string | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false })
    return stat?.isFile() && stat.size <= largestFile ? readFileSync(file, 'utf8') : undefined
  } catch {
    // Not ours to read: the same as not there.
    return undefined
  }
}
