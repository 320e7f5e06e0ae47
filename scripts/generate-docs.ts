/**
 * Writes `docs/tools.md` from the tool registry, and the tables of README.md (between `<!-- generated: … -->` marks)
 * from the registry and the settings schema. With `--check` it only says whether they are up to date. Part of
 * `npm run gen`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { settings } from '../extension/settings-schema.ts'
import type { Setting } from '../language-server/settings.ts'
import { inputSchema, isUnlisted, outputSchema } from '../tools/json-schema.ts'
import { tools } from '../tools/registry.ts'
import type { Tool } from '../tools/tool.ts'
import { root } from './shared/paths.ts'

/** The parts of JSON Schema that a reader of the documents wants. */
const Field = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  /** Objects that a constant tells apart. */
  oneOf: z.array(z.looseObject({ properties: z.record(z.string(), z.unknown()) })).optional(),
})
const Fields = z.looseObject({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
})

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

function typeName(schema: unknown): string {
  const field = Field.safeParse(schema)
  if (!field.success) return 'any'
  const { type, enum: values, items, anyOf, oneOf, const: constant } = field.data
  if (constant !== undefined) return `\`${JSON.stringify(constant)}\``
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ')
  if (oneOf) return oneOf.map(({ properties }) => objectName(properties)).join(' or ')
  if (anyOf) return [...new Set(anyOf.map(typeName))].join(' or ')
  if (type === 'array') {
    const name = typeName(items)
    return name.includes(' or ') ? `(${name})[]` : `${name}[]`
  }
  return type === undefined ? 'any' : [type].flat().join(' or ')
}

/** `{ kind: "filter", condition }` */
function objectName(properties: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(properties).map(([name, value]) => {
    const constant = Field.parse(value).const
    return constant === undefined ? name : `${name}: ${JSON.stringify(constant)}`
  })
  return `\`{ ${parts.join(', ')} }\``
}

function fieldRows(schema: unknown): string[][] {
  const { properties, required } = Fields.parse(schema)
  return Object.entries(properties).map(([name, value]) => {
    const field = Field.parse(value)
    const preset = field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``
    return [`\`${name}\``, typeName(value), required.includes(name) ? 'required' : preset, field.description ?? '']
  })
}

function toolSection(tool: Tool): string {
  const input = fieldRows(inputSchema(tool)).map(([name = '', ...rest]) => [
    !tool.listsAllOptions && isUnlisted(tool, name.replaceAll('`', '')) ? `${name} °` : name,
    ...rest,
  ])
  const result = fieldRows(outputSchema(tool)).map(([name = '', type = '', , text = '']) => [name, type, text])
  return [
    `## ${tool.name}`,
    `**${tool.title}.** ${tool.description}`,
    input.length > 0 ? table(['Input', 'Type', 'Default', 'Meaning'], input) : 'It takes no input.',
    table(['Result', 'Type', 'Meaning'], result),
  ].join('\n\n')
}

const kinds = { read: 'reads only', write: 'changes the store or files', run: 'starts a program' } as const

const kindOf = (tool: Tool) =>
  tool.writesOnlyWith === undefined
    ? kinds[tool.kind]
    : `reads only; with \`${tool.writesOnlyWith}\` it ${tool.kind === 'run' ? 'runs a program' : 'writes a file'}`

function toolTable(): string {
  const link = (tool: Tool) => `[\`${tool.name}\`](docs/tools.md#${tool.name.replaceAll('.', '')})`
  return table(
    ['Tool', 'What it is for', 'Kind'],
    tools.map((tool) => [link(tool), tool.title, kindOf(tool)]),
  )
}

function settingsTable(): string {
  const rows = Object.entries<Setting>(settings).map(([key, { type, description }]) => {
    const preset = Field.parse(z.toJSONSchema(type, { io: 'input', target: 'draft-7' })).default
    return [`\`tracewright.${key}\``, `\`${JSON.stringify(preset)}\``, description.replace(/`#([^#]+)#`/g, '`$1`')]
  })
  return table(['Setting', 'Default', 'Meaning'], rows)
}

const head = `# Tools

Every tool can be called by an agent over MCP (as \`pprof_top\`, or \`pprof.top\` with \`--tool-names dotted\`) and by a person: \`tracewright call pprof.top '{"profile": "cpu.pprof"}'\`. This page is written by \`npm run gen\` from the same objects that the server registers.

The list that a server gives to agents is shorter: results come without descriptions, and options marked ° are shown by \`pprof.print\` alone, though every tool below takes them. \`tracewright tools --json\` and the resources \`tracewright://tools/NAME\` have everything.`

function fillMarks(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((filled, [name, part]) => {
    const mark = new RegExp(`(<!-- generated: ${name} -->)[\\s\\S]*?(<!-- end -->)`)
    if (!mark.test(filled)) throw new Error(`README.md has no mark <!-- generated: ${name} -->`)
    return filled.replace(mark, (_, open, close) => `${open}\n${part}\n${close}`)
  }, text)
}

/** Path → text as it should be. */
export function documents(): ReadonlyMap<string, string> {
  const readme = join(root, 'README.md')
  return new Map([
    [join(root, 'docs', 'tools.md'), `${[head, ...tools.map(toolSection)].join('\n\n')}\n`],
    [readme, fillMarks(readFileSync(readme, 'utf8'), { tools: toolTable(), settings: settingsTable() })],
  ])
}

if (import.meta.main) {
  for (const [path, text] of documents()) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    if (process.argv.includes('--check')) {
      console.error(`${relative(root, path)} is out of date: run \`npm run gen\``)
      process.exitCode = 1
    } else {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
  }
}
