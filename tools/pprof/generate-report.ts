/**
 * `pprof.generate_report`: what the other tools say of some profiles, as one document. Each part is another tool's text, so
 * that the report and an agent never differ.
 */
import { z } from 'zod'
import type { ToolContext } from '../context.ts'
import { deliver, exportResult, exportText, outputPathField } from '../shared/export-output.ts'
import { cell } from '../shared/markdown.ts'
import { htmlPage } from '../shared/markdown-html.ts'
import { defineTool, type RunOptions } from '../tool.ts'
import metaTool from './meta.ts'
import tagsTool from './tags.ts'
import topTool from './top.ts'

export default defineTool({
  name: 'pprof.generate_report',
  title: 'Report on profiles',
  description:
    'Writes one Markdown or HTML document on profiles to hand to people: what each holds, its hottest functions and its labels.',
  kind: 'write',
  writesOnlyWith: 'output_path',
  destructive: true,
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    profiles: z.array(z.string().min(1)).min(1).max(50).describe('Paths, handles, or bundles for all their members'),
    title: z.string().max(200).default('Profile report').describe('Heading of the document'),
    format: z.enum(['markdown', 'html']).default('markdown').describe('Format to write'),
    output_path: outputPathField,
    nodecount: z.number().int().min(1).max(1000).default(15).describe('Rows of each table'),
  }),
  output: z.object({
    ...exportResult,
    profiles: z.array(z.string()).describe('What the document covers, in its order'),
  }),
  async run(context, input, options) {
    const profiles = (await Promise.all(input.profiles.map((each) => membersOf(context, each)))).flat()
    const parts = [`# ${cell(input.title)}`]
    for (const [index, profile] of profiles.entries()) {
      options.signal.throwIfAborted()
      options.progress({ done: index, total: profiles.length, message: `Reading ${cell(profile.name)}` })
      parts.push(await section(context, profile, input.nodecount, options))
    }
    const markdown = `${parts.join('\n\n')}\n`
    const content = input.format === 'html' ? htmlPage(input.title, markdown) : markdown
    const exported = await deliver(
      context,
      input.output_path,
      { format: input.format, pieces: [content], notes: [] },
      options,
    )
    return { ...exported, profiles: profiles.map((each) => each.reference) }
  },
  text: exportText,
})

interface Named {
  readonly reference: string
  readonly name: string
}

async function membersOf(context: ToolContext, reference: string): Promise<Named[]> {
  if (reference.startsWith('bundle:')) {
    const members = await context.library.members(reference)
    return members.map((member) => ({ reference: member.handle, name: member.name }))
  }
  const { record, label } = await context.profiles.locate(reference)
  return [{ reference, name: record?.name ?? label }]
}

async function section(
  context: ToolContext,
  { reference, name }: Named,
  nodecount: number,
  options: RunOptions,
): Promise<string> {
  const view = <Input extends object>(more: Input) => ({ profile: reference, nodecount, ...more })
  const meta = await metaTool.run(context, metaTool.input.parse({ profile: reference }), options)
  const facts = metaTool.output.parse(meta)
  const top = async (cum: boolean) =>
    topTool.text(topTool.output.parse(await topTool.run(context, topTool.input.parse(view({ cum })), options)))
  const parts = [
    `## ${cell(name)}`,
    metaTool.text(facts),
    '### Functions by their own value',
    await top(false),
    '### Functions by cumulative value',
    await top(true),
  ]
  if (facts.label_keys.length > 0) {
    const tags = await tagsTool.run(context, tagsTool.input.parse(view({})), options)
    parts.push('### Labels', tagsTool.text(tagsTool.output.parse(tags)))
  }
  return parts.join('\n\n')
}
