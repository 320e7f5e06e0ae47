/** `profiles.update`: renames, describes, pins. */
import { z } from 'zod'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import type { ToolContext } from '../context.ts'
import { profileRecord, recordTable, toResult } from '../shared/profile-record.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'profiles.update',
  title: 'Change a stored profile',
  description:
    'Renames a stored profile or bundle, corrects service, environment or type, or pins it so that it does not expire.',
  kind: 'write',
  idempotent: true,
  toolset: 'profiles',
  input: z.strictObject({
    handle: z.string().min(1).describe('`handle:<16 hex>`, or `bundle:<16 hex>` for all its members'),
    name: z.string().min(1).max(200).optional().describe('A new name'),
    service: z.string().max(200).optional().describe('The service; an empty text forgets it'),
    env: z.string().max(200).optional().describe('The environment; an empty text forgets it'),
    type: z.enum(profileTypes).optional().describe('The type, where it was guessed wrong'),
    pinned: z.boolean().optional().describe('true keeps it until it is deleted; false gives it seven days again'),
  }),
  output: z.object({ profiles: z.array(profileRecord).describe('The profiles as they are now') }),
  async run(context, { handle, service, env, ...changes }) {
    const handles = await handlesOf(context, handle)
    if (handles.length > 1 && (changes.name !== undefined || changes.type !== undefined)) {
      const field = changes.name === undefined ? 'type' : 'name'
      throw new UserError({
        code: 'INVALID_ARGUMENT',
        message: `\`${field}\` belongs to one profile, and the bundle has ${handles.length}`,
        hint: 'Give the handle of a member.',
        details: { field },
      })
    }
    const records = []
    for (const each of handles) {
      const record = await context.library.update(each, {
        ...changes,
        ...(service === undefined ? {} : { service: service === '' ? null : service }),
        ...(env === undefined ? {} : { env: env === '' ? null : env }),
      })
      records.push(toResult(record))
    }
    return { profiles: records }
  },
  text: (result) => recordTable(result.profiles),
})

async function handlesOf(context: ToolContext, reference: string): Promise<readonly string[]> {
  if (!reference.startsWith('bundle:')) return [reference]
  return (await context.library.members(reference)).map((member) => member.handle)
}
