/**
 * The scripts of the workspace folders, parsed; those that are open as they stand in the editor. Files are read again
 * only when they have changed, and no more of them than a workspace of scripts can have.
 */
import { globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from '../analyzers/bpftrace/syntax/parse.ts'
import type { SyntaxTree } from '../analyzers/bpftrace/syntax/tree.ts'
import { giveWay, type Task } from './feature.ts'
import type { Session } from './session.ts'

const mostFiles = 2000
/** Some ten milliseconds of work: so long others wait. */
const filesAtOnce = 20
const largestFile = 1024 * 1024
const skipped = new Set(['node_modules', '.git', 'dist', 'target'])

export interface Script {
  readonly document: TextDocument
  readonly tree: SyntaxTree
}

interface KnownFile extends Script {
  readonly changed: number
}

/** @throws Cancelled between two files, when nobody wants to know any more. */
export async function* workspaceScripts(session: Session, task: Task): AsyncGenerator<Script> {
  yield* session.documents.keys().flatMap((uri) => session.snapshot(uri) ?? [])
  const openUris = new Set(session.documents.keys())
  const known = session.remembered('', 'workspace scripts', () => new Map<string, KnownFile>())
  const files = session.workspaceFolders.flatMap(scriptsIn).slice(0, mostFiles)
  const progress = task.progress()
  progress.begin('Reading bpftrace scripts', 0)
  try {
    for (const [index, file] of files.entries()) {
      if (index % filesAtOnce === 0) {
        await giveWay(task)
        progress.report(Math.round((100 * index) / files.length), `${index} of ${files.length}`)
      }
      const uri = pathToFileURL(file).href
      const script = openUris.has(uri) ? undefined : readScript(known, file, uri)
      if (script) yield script
    }
  } finally {
    progress.done()
  }
}

function scriptsIn(folder: string): string[] {
  if (!folder.startsWith('file:')) return []
  const root = fileURLToPath(folder)
  const exclude = (name: string) => skipped.has(path.basename(name))
  return globSync('**/*.bt', { cwd: root, exclude }).map((file) => path.join(root, file))
}

function readScript(known: Map<string, KnownFile>, file: string, uri: string): Script | undefined {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat?.isFile() || stat.size > largestFile) return undefined
  const before = known.get(file)
  if (before?.changed === stat.mtimeMs) return before
  try {
    const text = readFileSync(file, 'utf8')
    const document = TextDocument.create(uri, 'bpftrace', 0, text)
    const script = { document, tree: parse(text), changed: stat.mtimeMs }
    known.set(file, script)
    return script
  } catch {
    // Not ours to read.
    return undefined
  }
}
