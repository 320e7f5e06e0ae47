/**
 * Every setting of the extension: those of the language server and those that only the editor needs. The manifest's
 * `configuration` is written from this object; it knows nothing of the editor, so that scripts can read it.
 */
import { z } from 'zod'
import { serverSettings, setting } from '../language-server/settings.ts'

export const settings = {
  ...serverSettings,
  'profiles.sourceMap': setting(
    z.record(z.string(), z.string()).default({}),
    { category: 'Profiles', scope: 'resource', schema: { additionalProperties: { type: 'string' } } },
    'Where the sources of profiled programs are: beginnings of paths in profiles, and the folders that stand for them, such as `{ "/build/app": "/home/me/app" }`. What no entry leads to is looked for in the workspace.',
  ),
  'mcp.enabled': setting(
    z.boolean().default(true),
    { category: 'Agents', scope: 'window' },
    "Controls whether the Tracewright MCP server is offered to the editor's agents.",
  ),
} as const
