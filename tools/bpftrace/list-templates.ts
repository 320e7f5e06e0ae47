/** `bpftrace.list_templates`: what ready-made programs there are, what each answers, and which parameters it takes. */
import { z } from 'zod'
import { describeTemplate } from '../../analyzers/bpftrace/templates/describe.ts'
import { findTemplates } from '../../analyzers/bpftrace/templates/find.ts'
import { cell, code, table } from '../shared/markdown.ts'
import { defineTool } from '../tool.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])

export default defineTool({
  name: 'bpftrace.list_templates',
  title: 'List bpftrace templates',
  description:
    'Lists ready-made programs with the question each answers and its parameters, for bpftrace.render_template. Look here before writing a program.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    query: z.string().max(200).optional().describe('Words, such as "disk latency"; best first'),
    tag: z.string().max(60).optional().describe('Only this tag, such as "network"'),
    limit: z.number().int().min(1).max(200).default(100).describe('How many to list'),
  }),
  output: z.object({
    templates: z
      .array(
        z.object({
          name: z.string().describe('For bpftrace.render_template'),
          title: z.string().describe('What it shows'),
          question: z.string().describe('What its output answers'),
          category: z.string().describe('Heading it belongs under'),
          tags: z.array(z.string()).describe('Subjects'),
          since: z.string().describe('Oldest version of bpftrace it can be written for'),
          parameters: z
            .array(
              z.object({
                name: z.string().describe('Key in `parameters`'),
                type: z.string().describe('Kind of value'),
                description: z.string().describe('What it does'),
                required: z.boolean().describe('It must be given'),
                default: scalar.optional().describe('Value when it is not given'),
                choices: z.array(z.string()).optional().describe('Allowed values'),
                minimum: z.number().optional().describe('Smallest value'),
                maximum: z.number().optional().describe('Largest value'),
                example: scalar.optional().describe('What a value looks like'),
              }),
            )
            .describe('All may be left out unless required'),
        }),
      )
      .describe('Best first with a query, else by name'),
    omitted: z.number().int().describe('Templates beyond the limit'),
  }),
  async run(_context, { query, tag, limit }) {
    const found = findTemplates({ query, tag })
    return {
      templates: found.slice(0, limit).map((each) => {
        const { parameters, tags, ...rest } = describeTemplate(each)
        return {
          ...rest,
          tags: [...tags],
          parameters: parameters.map(({ choices, ...parameter }) => ({
            ...parameter,
            ...(choices === undefined ? {} : { choices: [...choices] }),
          })),
        }
      }),
      omitted: Math.max(0, found.length - limit),
    }
  },
  text({ templates, omitted }) {
    if (templates.length === 0) return 'No template matches. Call bpftrace.list_templates without filters to see all.'
    const rows = templates.map((each) => [
      code(each.name),
      cell(each.question),
      cell(each.parameters.map(({ name }) => name).join(', '), 200),
    ])
    const rest = omitted > 0 ? `\n\n${omitted} more: raise \`limit\` or narrow the query.` : ''
    return `${table(['Template', 'Question', 'Parameters'], rows)}${rest}\n\nNext: bpftrace.render_template.`
  },
})
