/**
 * Writes `docs/templates.md`: every template with its question, its parameters and the program it gives with defaults,
 * for the newest bpftrace and the bundled kernel. With `--check` it only says whether the page is up to date. Part of
 * `npm run gen`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Parameter } from '../analyzers/bpftrace/templates/parameters.ts'
import { parametersOf, renderTemplate } from '../analyzers/bpftrace/templates/render.ts'
import type { Template } from '../analyzers/bpftrace/templates/template.ts'
import { templates } from '../analyzers/bpftrace/templates/templates.generated.ts'
import { formatVersion, newestVersion } from '../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'
import { root } from './shared/paths.ts'

const target = path.join(root, 'docs', 'templates.md')
const kernel = await createKernelFacts({ source: 'snapshot' })

const cell = (text: string) => text.replaceAll('|', '\\|')

function allowed({ type, choices, minimum, maximum }: Parameter<unknown>): string {
  if (choices !== undefined) return choices.map((each) => `\`${each}\``).join(', ')
  return minimum === undefined ? type : `${type} from ${minimum} to ${maximum}`
}

function parameterRow([name, parameter]: [string, Parameter<unknown>]): string {
  const { default: preset, example, required, description } = parameter
  const value =
    preset !== undefined
      ? `\`${preset}\``
      : required
        ? 'required'
        : example === undefined
          ? ''
          : `such as \`${example}\``
  return `| \`${name}\` | ${cell(allowed(parameter))} | ${cell(value)} | ${cell(description)} |`
}

function section(template: Template): string {
  const { program, notes } = renderTemplate(template, {}, { bpftrace: newestVersion, kernel })
  const since = template.since === '0.17' ? '' : ` It needs bpftrace ${template.since} or newer.`
  return [
    `## ${template.name}`,
    `**${template.title}.** ${template.question}${since}`,
    `Subjects: ${template.tags.join(', ')}.`,
    [
      '| Parameter | Values | Default | Meaning |',
      '| --- | --- | --- | --- |',
      ...Object.entries(parametersOf(template)).map(parameterRow),
    ].join('\n'),
    `\`\`\`bpftrace\n${program}\`\`\``,
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${note}`).join('\n')]),
  ].join('\n\n')
}

const head = `# Templates

Ready-made programs, each for one question. Take one by its name with \`tracewright call bpftrace.render_template '{"template": "${templates[0]?.name}", "parameters": {"duration": "10s"}}'\`, with the tool of the same name over MCP, or from completion at the top level of a \`.bt\` file. A template is written for the version and the kernel at hand; below, it is bpftrace ${formatVersion(newestVersion)} with the defaults. This page is written by \`npm run gen\`.`

const index = templates.map(({ name, question }) => `- [${name}](#${name}): ${question}`).join('\n')
const text = `${[head, index, ...templates.map(section)].join('\n\n')}\n`

if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.error('docs/templates.md is out of date: run `npm run gen`')
  process.exitCode = 1
}
