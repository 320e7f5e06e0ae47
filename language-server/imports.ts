/**
 * The files that a script names, on disk: where an import or a header lies, what it says, and which macro of it a call
 * means. Documents that are no files have no neighbours.
 */
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Location } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { FileUse } from '../analyzers/bpftrace/completion/item.ts'
import { documentLinks, type TakenIn } from '../analyzers/bpftrace/document-links.ts'
import { parse } from '../analyzers/bpftrace/syntax/parse.ts'
import { pathTo } from '../analyzers/bpftrace/syntax/visit.ts'
import { toLocation } from './convert.ts'
import type { Snapshot } from './snapshot.ts'

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

/** The macro or function of an imported file that is called at the offset. */
export function importedDefinition(snapshot: Snapshot, offset: number): Location[] | undefined {
  const node = pathTo(snapshot.tree.program, offset).at(-1)
  const name = node?.kind === 'Name' ? node.text : node?.kind === 'Identifier' ? node.name : undefined
  if (!name) return undefined
  for (const link of documentLinks(snapshot.tree)) {
    const target = link.kind === 'import' ? resolveTakenIn(snapshot.document.uri, link) : undefined
    const text = target && readText(fileURLToPath(target))
    if (!target || text === undefined) continue
    const document = TextDocument.create(target, 'bpftrace', 0, text)
    const found = parse(text).program.items.flatMap((item) =>
      (item.kind === 'Macro' || item.kind === 'Subprogram') && item.name.text === name ? [item.name.span] : [],
    )
    if (found.length > 0) return found.map((span) => toLocation(document, span))
  }
  return undefined
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
