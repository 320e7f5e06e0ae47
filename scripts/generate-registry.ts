/**
 * Writes `tools/registry.generated.ts` from the folder listing: every `tools/<toolset>/<tool>.ts` is one tool. With
 * `--check` it only says whether the file is up to date. Part of `npm run gen`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const toolsFolder = path.join(import.meta.dirname, '..', 'tools')
const target = path.join(toolsFolder, 'registry.generated.ts')

/** Folders below `tools/` that hold helpers, not tools. */
const helperFolders = new Set(['shared'])

export function registrySource(): string {
  const files = toolFiles()
  const imports = files.map((file, index) => `import tool${index} from './${file}'`)
  const entries = files.map((_, index) => `  tool${index},`)
  return [
    '// Written by scripts/generate-registry.ts from the folder listing: do not edit.',
    ...imports,
    "import type { Tool } from './tool.ts'",
    '',
    'export const registeredTools: readonly Tool[] = [',
    ...entries,
    ']',
    '',
  ].join('\n')
}

/** Paths below `tools/`, sorted. */
export function toolFiles(): string[] {
  return readdirSync(toolsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !helperFolders.has(entry.name))
    .flatMap((folder) =>
      readdirSync(path.join(toolsFolder, folder.name))
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => `${folder.name}/${name}`),
    )
    .sort()
}

if (process.argv[1] === import.meta.filename) {
  const source = registrySource()
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== source) {
      console.error('tools/registry.generated.ts is out of date: run `npm run gen`')
      process.exitCode = 1
    }
  } else {
    writeFileSync(target, source)
  }
}
