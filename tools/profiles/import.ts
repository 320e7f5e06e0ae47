/** `profiles.import`: files, folders and zip archives into the library. */
import { z } from 'zod'
import { importProfiles } from '../../services/profiles/import-profiles.ts'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import { cell, table } from '../shared/markdown.ts'
import { profileRecord, recordTable, toResult } from '../shared/profile-record.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'profiles.import',
  title: 'Import profiles',
  description:
    'Copies a profile, or those of a folder or zip archive (a bundle), into the store. Needed only to name, group or keep them: every tool takes a path too.',
  kind: 'write',
  idempotent: true,
  toolset: 'profiles',
  input: z.strictObject({
    path: z.string().min(1).describe('A profile file, a folder, or a zip archive'),
    type: z.enum(profileTypes).optional().describe('Type of a single file, if its content does not tell'),
    name: z.string().min(1).max(200).optional().describe('Name of a single file'),
    service: z.string().min(1).max(200).optional().describe('The service it was taken from'),
    env: z.string().min(1).max(200).optional().describe('The environment it was taken in'),
  }),
  output: z.object({
    profiles: z.array(profileRecord).describe('What is in the store now, in the order of the files'),
    skipped: z
      .array(
        z.object({
          path: z.string().describe('The file, relative to what was imported'),
          reason: z.string().describe('Why it was left out'),
        }),
      )
      .describe('Files that could not be read as profiles, at most 100'),
    omitted: z.number().int().describe('Skipped files beyond those listed'),
  }),
  async run(context, input, { signal, progress }) {
    const services = { library: context.library, paths: context.paths, read: context.readProfile }
    const { profiles, skipped } = await importProfiles(services, input.path, { ...input, signal, progress })
    return {
      profiles: profiles.map(toResult),
      skipped: skipped.slice(0, 100),
      omitted: Math.max(0, skipped.length - 100),
    }
  },
  text(result) {
    const parts = [recordTable(result.profiles)]
    if (result.skipped.length > 0) {
      const rows = result.skipped.map((each) => [cell(each.path), cell(each.reason)])
      parts.push(`Skipped ${result.skipped.length + result.omitted}:`, table(['File', 'Reason'], rows))
    }
    return parts.join('\n\n')
  },
})
