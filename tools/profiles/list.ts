/** `profiles.list`: what the library holds. */
import { z } from 'zod'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import { profileRecord, recordTable, toResult } from '../shared/profile-record.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'profiles.list',
  title: 'List stored profiles',
  description:
    'Lists the stored profiles with handles and bundles, newest first: what was imported, captured or made, here or in the editor.',
  kind: 'read',
  toolset: 'profiles',
  input: z.strictObject({
    service: z.string().optional().describe('Only of this service'),
    env: z.string().optional().describe('Only of this environment'),
    type: z.enum(profileTypes).optional().describe('Only of this type'),
    bundle: z.string().optional().describe('Only the members of this bundle, `bundle:<16 hex>`'),
    text: z.string().optional().describe('Only where name, service, environment or origin has this text'),
    pinned: z.boolean().optional().describe('Only pinned ones, or only the others'),
    since: z
      .string()
      .optional()
      .describe('Only taken (or imported, where that is unknown) at or after this time, ISO 8601'),
    until: z.string().optional().describe('Only up to this time, ISO 8601'),
    limit: z.number().int().min(1).max(1000).default(50).describe('How many to return'),
    offset: z.number().int().min(0).default(0).describe('How many to pass over first'),
  }),
  output: z.object({
    profiles: z.array(profileRecord).describe('Newest import first'),
    total: z.number().int().describe('How many match'),
    omitted: z.number().int().describe('How many follow after these'),
    hint: z.string().optional().describe('What to do when nothing matches'),
  }),
  async run(context, input) {
    const { profiles, total } = await context.library.list(input)
    return {
      profiles: profiles.map(toResult),
      total,
      omitted: Math.max(0, total - input.offset - profiles.length),
      ...(total === 0 ? { hint: await hintForNone(context.library.list) } : {}),
    }
  },
  text(result) {
    if (result.profiles.length === 0) return result.hint ?? `None of the ${result.total} lie beyond that offset.`
    const more = result.omitted > 0 ? `\n\n${result.omitted} more: raise \`offset\`.` : ''
    return `${recordTable(result.profiles)}${more}`
  },
})

async function hintForNone(list: (filter: { limit: number }) => Promise<{ total: number }>): Promise<string> {
  const { total } = await list({ limit: 1 })
  return total === 0
    ? 'The store is empty. Bring profiles in with `profiles.import` or `profiles.capture`.'
    : `None of the ${total} stored profiles matches. Leave filters out.`
}
