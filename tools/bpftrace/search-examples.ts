/** `bpftrace.search_examples`: programs that answer something like a question, from the templates, ready to read. */
import { z } from 'zod'
import { rankTemplates } from '../../analyzers/bpftrace/templates/find.ts'
import { renderTemplate } from '../../analyzers/bpftrace/templates/render.ts'
import { atLeast } from '../../analyzers/bpftrace/version.ts'
import { targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { resolveTarget } from '../shared/judge-program.ts'
import { fence } from '../shared/markdown.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.search_examples',
  title: 'Search bpftrace examples',
  description:
    'Finds example programs for words such as "disk latency by process", best first, written for the version and kernel at hand.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    query: z.string().min(1).max(500).describe('What to trace, in words'),
    limit: z.number().int().min(1).max(50).default(5).describe('How many examples'),
    bpftrace_version: targetFields.bpftrace_version,
    kernel: targetFields.kernel,
  }),
  output: z.object({
    results: z
      .array(
        z.object({
          id: z.string().describe('Name of the template'),
          title: z.string().describe('What it shows'),
          question: z.string().describe('What its output answers'),
          program: z.string().describe('The program with default parameters'),
          score: z.number().describe('How well it fits, 0 to 1'),
        }),
      )
      .describe('Best first'),
    target: targetResult,
  }),
  async run(context, input) {
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel: input.kernel })
    const results = rankTemplates({ query: input.query })
      .filter(({ template }) => atLeast(target.version, template.since))
      .slice(0, input.limit)
      .map(({ template, score }) => ({
        id: template.name,
        title: template.title,
        question: template.question,
        program: renderTemplate(template, {}, { bpftrace: target.version, kernel: target.kernel }).program,
        score,
      }))
    return { results, target: target.shown }
  },
  text({ results }) {
    if (results.length === 0) return 'Nothing fits. bpftrace.list_templates lists everything there is.'
    return results.map((each) => `${each.question} (${each.id})\n\n${fence(each.program, 'bpftrace')}`).join('\n\n')
  },
})
