/**
 * The one place of the store: the folder that the editor, the MCP server and the command line share. `TRACEWRIGHT_HOME`
 * names it; else it lies where the system keeps the data of applications.
 */
import { homedir } from 'node:os'
import path from 'node:path'

export function homeFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment.TRACEWRIGHT_HOME
  if (named !== undefined && named !== '') return path.resolve(named)
  const data = environment.XDG_DATA_HOME
  // The XDG specification says that a relative path there is to be ignored.
  const parent = data !== undefined && path.isAbsolute(data) ? data : path.join(homedir(), '.local', 'share')
  return path.join(parent, 'tracewright')
}
