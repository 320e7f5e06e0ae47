/**
 * What the build makes, as data: each bundle's entry module and its place in `dist/`. Workers, webviews and the parts of
 * the extension that are loaded later are found by their names, so a new one needs no line here.
 */
import { globSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { root } from './paths.ts'

export interface Bundle {
  /** Path of the bundle inside `dist/`, without extension. */
  readonly name: string
  readonly entry: string
  readonly world: 'node' | 'browser'
  /** Oldest engine that has to parse it. */
  readonly target: string
  /** Starts with `#!`, may be executed, and refuses an old Node in words before anything else runs. */
  readonly command?: boolean
}

/** VS Code 1.101 runs Node 22.15. */
const editorNode = 'node22'
/** VS Code 1.101 runs Chromium 134. */
const editorBrowser = 'chrome134'

/** A user may start the command with an old Node; that one must at least be able to read the refusal. */
const oldestReader = 'node18'

const fixed: readonly Bundle[] = [
  { name: 'extension', entry: 'extension/main.ts', world: 'node', target: editorNode },
  { name: 'language-server', entry: 'language-server/main.ts', world: 'node', target: editorNode },
  { name: 'cli', entry: 'cli/main.ts', world: 'node', target: oldestReader, command: true },
]

/** A module so named, imported by `import()` in the extension, is a file of its own that activation does not read. */
export const laterPart = /-part\.ts$/

const rooms = '{analyzers,services,tools,mcp-server,language-server,extension,cli}'

export function findBundles(): Bundle[] {
  const workers = globSync(`${rooms}/**/*-worker.ts`, { cwd: root }).toSorted()
  const parts = globSync('extension/**/*-part.ts', { cwd: root }).toSorted()
  const views = globSync('webviews/*/main.ts', { cwd: root }).toSorted()
  return [
    ...fixed,
    ...[...workers, ...parts].map(
      (entry): Bundle => ({ name: basename(entry, '.ts'), entry, world: 'node', target: editorNode }),
    ),
    ...views.map((entry): Bundle => {
      return { name: `webviews/${basename(dirname(entry))}`, entry, world: 'browser', target: editorBrowser }
    }),
  ]
}

/** Files that ship as they are: source in the checkout → place in `dist/`. */
export const copies: Readonly<Record<string, string>> = {
  'node_modules/@vscode/codicons/dist/codicon.css': 'webviews/codicon.css',
  'node_modules/@vscode/codicons/dist/codicon.ttf': 'webviews/codicon.ttf',
  'services/kernel/snapshot/linux.snapshot': 'snapshot/linux.snapshot',
}
