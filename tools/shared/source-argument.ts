/** The fields that say where source files are, and the way from them to the files. */
import { z } from 'zod'
import { createSourceFinder, type FindSource } from '../../services/source-code/source-files.ts'
import type { ToolContext } from '../context.ts'

export const sourceFields = {
  repo_root: z.string().optional().describe('Folder of the source; default the working directory'),
  source_paths: z.array(z.string()).default([]).describe('More folders with sources'),
} as const

export function sourceFinder(
  context: ToolContext,
  input: { readonly repo_root?: string | undefined; readonly source_paths: readonly string[] },
  trimPaths: readonly string[],
): FindSource {
  const { paths } = context
  return createSourceFinder({
    roots: [input.repo_root ?? '.', ...input.source_paths].map((folder) => paths.existing(folder)),
    trimPaths,
    isAllowed: (file) => isInsideBase(paths, file),
  })
}

/** With a base directory, Go's own source outside of it stays unread like everything else. */
function isInsideBase(paths: ToolContext['paths'], file: string): boolean {
  if (paths.baseDir === undefined) return true
  try {
    paths.existing(file)
    return true
  } catch {
    return false
  }
}
