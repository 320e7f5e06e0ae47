/**
 * Writes the manifest's `contributes.configuration` and its texts in `package.nls.json` from the one settings schema.
 * With `--check` it only says whether both are up to date. Part of `npm run gen`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { settings } from '../extension/settings-schema.ts'
import type { Setting } from '../language-server/settings.ts'

const root = path.join(import.meta.dirname, '..')
const manifestFile = path.join(root, 'package.json')
const textsFile = path.join(root, 'package.nls.json')

const categories: readonly Setting['meta']['category'][] = ['bpftrace', 'Editor', 'Profiles', 'Agents']
const textPrefix = 'settings.'

interface Generated {
  readonly configuration: readonly object[]
  readonly texts: Readonly<Record<string, string>>
}

export function generateSettings(): Generated {
  const texts: Record<string, string> = {}
  const entries = Object.entries<Setting>(settings)
  const configuration = categories
    .map((title) => ({ title, members: entries.filter(([, { meta }]) => meta.category === title) }))
    .filter(({ members }) => members.length > 0)
    .map(({ title, members }, order) => ({
      title,
      order,
      properties: Object.fromEntries(
        members.map(([key, setting], index) => [`tracewright.${key}`, property(key, setting, index, texts)]),
      ),
    }))
  return { configuration, texts }
}

function property(key: string, { type, description, meta }: Setting, order: number, texts: Record<string, string>) {
  const { $schema, propertyNames, ...schema } = z.toJSONSchema(type, { io: 'input', target: 'draft-7' })
  const name = `${textPrefix}${key}`
  texts[name] = description
  const values = meta.values?.map((text, index) => {
    texts[`${name}.${index}`] = text
    return `%${name}.${index}%`
  })
  return {
    order,
    ...schema,
    ...meta.schema,
    scope: meta.scope,
    markdownDescription: `%${name}%`,
    ...(values && { markdownEnumDescriptions: values }),
  }
}

/** The two files with the generated parts replaced and everything else as it stands. */
export function settingsFiles(): { file: string; content: string }[] {
  const { configuration, texts } = generateSettings()
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  const nls = Object.entries(JSON.parse(readFileSync(textsFile, 'utf8')))
  manifest.contributes.configuration = configuration
  const others = Object.fromEntries(nls.filter(([name]) => !name.startsWith(textPrefix)))
  return [
    { file: manifestFile, content: manifest },
    { file: textsFile, content: { ...others, ...texts } },
  ].map(({ file, content }) => ({ file, content: `${JSON.stringify(content, null, 2)}\n` }))
}

if (process.argv[1] === import.meta.filename) {
  for (const { file, content } of settingsFiles()) {
    // Formatting is Biome's business, so files are compared by what they say.
    if (JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) === JSON.stringify(JSON.parse(content))) continue
    if (process.argv.includes('--check')) {
      console.error(`${path.basename(file)} is out of date: run \`npm run gen\``)
      process.exitCode = 1
    } else {
      writeFileSync(file, content)
    }
  }
}
