/** Runs a tool that exports: into the named file, with a line on stderr that says so, or its content to stdout. */
import { callTool } from '../tools/call-tool.ts'
import { createContext } from '../tools/create-context.ts'
import { findTool } from '../tools/registry.ts'
import { exitCode, type Io } from './command.ts'
import { showProgress } from './progress-line.ts'

export async function runExport(name: string, input: Readonly<Record<string, unknown>>, io: Io): Promise<number> {
  const tool = findTool(name)
  if (tool === undefined) throw new Error(`${name} is in the registry`)
  const context = createContext()
  const line = showProgress(io)
  try {
    const { result } = await callTool(context, tool, input, { signal: io.signal, progress: line.report })
    line.clear()
    const { path, content, notes } = result
    for (const note of Array.isArray(notes) ? notes : []) io.error(`${note}\n`)
    if (typeof content === 'string') await io.out(content.endsWith('\n') ? content : `${content}\n`)
    else io.error(`Wrote ${path}\n`)
    return exitCode.ok
  } finally {
    line.clear()
    await context.library.close()
  }
}
