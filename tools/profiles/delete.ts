/** `profiles.delete`: takes a profile or a whole bundle out of the library. */
import { z } from 'zod'
import { profileRecord, recordTable, toResult } from '../shared/profile-record.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'profiles.delete',
  title: 'Delete stored profiles',
  description:
    'Deletes a stored profile, or all of a bundle, with the store’s copy of the content; the files they came from stay.',
  kind: 'write',
  destructive: true,
  toolset: 'profiles',
  input: z.strictObject({
    handle: z.string().min(1).describe('`handle:<16 hex>`, or `bundle:<16 hex>` for all its members'),
  }),
  output: z.object({ profiles: z.array(profileRecord).describe('What was deleted') }),
  async run(context, input) {
    const deleted = await context.library.delete(input.handle)
    return { profiles: deleted.map(toResult) }
  },
  text: (result) => `Deleted:\n\n${recordTable(result.profiles)}`,
})
