/** `profiles.reset_baseline`: forgets what a baseline rests on. */
import { z } from 'zod'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import { code } from '../shared/markdown.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'profiles.reset_baseline',
  title: 'Reset a baseline',
  description:
    'Forgets the history of a baseline, so that a new one begins. Use it after a change that is meant to last.',
  kind: 'write',
  destructive: true,
  idempotent: true,
  toolset: 'profiles',
  input: z.strictObject({
    key: z.string().min(1).max(200).describe('Name of the baseline, such as `service:env`'),
    type: z.enum(profileTypes).optional().describe('Only for this type of profile'),
  }),
  output: z.object({
    key: z.string().describe('Name of the baseline'),
    forgotten: z.int().describe('Profiles it rested on'),
  }),
  async run({ library }, { key, type }) {
    const all = await library.baselines.list()
    const doomed = all.filter((each) => each.key === key && (type === undefined || each.type === type))
    if (doomed.length === 0) {
      const known = [...new Set(all.map((each) => each.key))]
      throw new UserError({
        code: 'NOT_FOUND',
        message: `There is no baseline \`${key}\`${type === undefined ? '' : ` of type \`${type}\``}`,
        hint: known.length > 0 ? `There are: ${known.slice(0, 20).join(', ')}.` : 'There is none at all.',
      })
    }
    let forgotten = 0
    for (const each of doomed) forgotten += await library.baselines.reset(each)
    return { key, forgotten }
  },
  text: ({ key, forgotten }) => `Forgot the ${forgotten} profiles of ${code(key)}.`,
})
