/** `bpftrace://templates` and `bpftrace://templates/<name>`: ready-made programs and the questions they answer. */
import { describeTemplate } from '../../analyzers/bpftrace/templates/describe.ts'
import { templates as all } from '../../analyzers/bpftrace/templates/templates.generated.ts'
import renderTemplate from '../../tools/bpftrace/render-template.ts'
import { callTool } from '../../tools/call-tool.ts'
import { code, table } from '../../tools/shared/markdown.ts'
import { markdown, namesLike, type ReadContext, type ResourceKind, restOf } from './resource-kind.ts'

const root = 'bpftrace://templates'
const names = all.map(({ name }) => name)

export const templates: ResourceKind = {
  toolset: 'bpftrace',
  template: {
    uriTemplate: `${root}/{name}`,
    name: 'bpftrace-template',
    title: 'bpftrace: one template',
    description: 'The question it answers, its parameters, and the program for this machine with their defaults',
    mimeType: markdown,
  },
  list: async () => [
    {
      uri: root,
      name: 'bpftrace-templates',
      title: 'bpftrace: templates',
      description: 'Ready-made programs, each with the question it answers',
      mimeType: markdown,
      annotations: { audience: ['user', 'assistant'], priority: 0.6 },
    },
  ],
  read: async (uri, options) => {
    if (uri === root) return { mimeType: markdown, text: overview() }
    const found = all.find(({ name }) => name === restOf(uri, `${root}/`))
    return found === undefined ? undefined : { mimeType: markdown, text: await page(found, options) }
  },
  complete: async (_, typed) => namesLike(names, typed),
}

function overview(): string {
  const rows = all.map(({ name, question, tags }) => [code(name), question, tags.join(', ')])
  return `# Templates of bpftrace programs\n\n${table(['Template', 'Question', 'Subjects'], rows)}\n`
}

async function page(template: (typeof all)[number], { context, signal }: ReadContext): Promise<string> {
  const { name, title, question, parameters } = describeTemplate(template)
  const rows = parameters.map(({ name, type, default: preset, description }) => [
    code(name),
    type,
    preset === undefined ? '' : code(String(preset)),
    description,
  ])
  const { text } = await callTool(context, renderTemplate, { template: name }, { signal, progress: () => undefined })
  const head = [`# ${title}`, question, table(['Parameter', 'Type', 'Default', 'Meaning'], rows)]
  return `${[...head, text].join('\n\n')}\n`
}
