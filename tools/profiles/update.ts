/** `profiles.update`: renames, describes, pins. */
import { z } from 'zod'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import { profileRecord, recordTable, toResult } from '../shared/profile-record.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'profiles.update',
  title: 'Change a stored profile',
  description:
    'Renames a stored profile, corrects its service, environment or type, pins it so that it does not expire, or unpins it. The content itself never changes.',
  kind: 'write',
  idempotent: true,
  toolset: 'profiles',
  input: z.strictObject({
    handle: z.string().min(1).describe('`handle:<16 hex>`'),
    name: z.string().min(1).max(200).optional().describe('A new name'),
    service: z.string().max(200).optional().describe('The service; an empty text forgets it'),
    env: z.string().max(200).optional().describe('The environment; an empty text forgets it'),
    type: z.enum(profileTypes).optional().describe('The type, where it was guessed wrong'),
    pinned: z.boolean().optional().describe('true keeps it until it is deleted; false gives it seven days again'),
  }),
  output: z.object({ profiles: z.array(profileRecord).describe('The profile as it is now') }),
  async run(context, { handle, service, env, ...changes }) {
    const record = await context.library.update(handle, {
      ...changes,
      ...(service === undefined ? {} : { service: service === '' ? null : service }),
      ...(env === undefined ? {} : { env: env === '' ? null : env }),
    })
    return { profiles: [toResult(record)] }
  },
  text: (result) => recordTable(result.profiles),
})
