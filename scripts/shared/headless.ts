/**
 * The main job without an editor, through the very command that users have: checks the sample scripts, analyses the
 * sample profiles, and writes what it found as one Markdown and one HTML file.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { z } from 'zod'
import { artifacts, dist } from './paths.ts'
import { run } from './process.ts'
import { PlainError } from './terminal.ts'

const Checked = z.object({
  target: z.object({ bpftrace: z.string(), kernel: z.string() }),
  files: z.array(
    z.object({
      file: z.string(),
      diagnostics: z.array(
        z.object({ severity: z.string(), code: z.string(), message: z.string(), line: z.number(), column: z.number() }),
      ),
    }),
  ),
})

/** Integers beyond what a number holds exactly come as decimal strings. */
const Value = z.union([z.number(), z.string()]).transform(Number)

const Meta = z.object({
  sample_types: z.array(z.object({ type: z.string(), unit: z.string() })),
  totals: z.array(z.object({ type: z.string(), unit: z.string(), total: Value })),
})

const Top = z.object({
  sample_type: z.object({ type: z.string(), unit: z.string() }),
  rows: z.array(z.object({ name: z.string(), flat: Value, cum: Value, flat_pct: z.number(), cum_pct: z.number() })),
})

interface Section {
  readonly title: string
  readonly lines: readonly string[]
  readonly head?: readonly string[]
  readonly rows?: readonly (readonly string[])[]
}

async function tracewright(args: readonly string[], allowed: readonly number[] = [0]): Promise<unknown> {
  const { code, stdout, output } = await run(process.execPath, [join(dist, 'cli.js'), ...args])
  if (!allowed.includes(code))
    throw new PlainError(`\`tracewright ${args.join(' ')}\` ended with code ${code}\n${output}`)
  return JSON.parse(stdout)
}

/** A script starts with `#!…bpftrace` or is named `.bt`. */
const isScript = (path: string) => path.endsWith('.bt') || /^#!.*\bbpftrace\b/.test(readFileSync(path, 'utf8'))

async function scripts(samples: string): Promise<Section[]> {
  const files = globSync('scripts/*', { cwd: samples }).map((file) => join(samples, file))
  const wanted = files.filter(isScript).toSorted()
  // Code 1 says that errors were found, which one of the samples is there for.
  const { target, files: checked } = Checked.parse(await tracewright(['check', '--format', 'json', ...wanted], [0, 1]))
  const rows = checked.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ severity, code, message, line, column }) => [
      `${basename(file)}:${line}:${column}`,
      severity,
      code,
      message,
    ]),
  )
  const clean = checked.filter(({ diagnostics }) => diagnostics.length === 0).map(({ file }) => basename(file))
  return [
    {
      title: 'Scripts',
      lines: [
        `${checked.length} scripts, checked for bpftrace ${target.bpftrace} and kernel ${target.kernel}.`,
        `Nothing to say about: ${clean.join(', ') || 'none'}.`,
      ],
      head: ['Place', 'Severity', 'Code', 'Message'],
      rows,
    },
  ]
}

const number = new Intl.NumberFormat('en')

async function profile(path: string, samples: string): Promise<Section> {
  const argument = (more: object) => JSON.stringify({ profile: path, ...more })
  const [meta, top] = await Promise.all([
    tracewright(['call', 'pprof.meta', argument({})]).then((result) => Meta.parse(result)),
    tracewright(['call', 'pprof.top', argument({ nodecount: 10 })]).then((result) => Top.parse(result)),
  ])
  const totals = meta.totals.map(({ type, unit, total }) => `${type} ${number.format(total)} ${unit}`)
  const share = (value: number, pct: number) => `${number.format(value)} (${pct.toFixed(1)} %)`
  return {
    title: relative(samples, path),
    lines: [`Totals: ${totals.join(', ')}.`, `Hottest functions by ${top.sample_type.type} (${top.sample_type.unit}):`],
    head: ['Function', 'Flat', 'Cumulative'],
    rows: top.rows.map(({ name, flat, cum, flat_pct, cum_pct }) => [name, share(flat, flat_pct), share(cum, cum_pct)]),
  }
}

const escapeCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function toMarkdown(title: string, sections: readonly Section[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  const table = ({ head, rows }: Section) =>
    head && rows && rows.length > 0 ? ['', row(head), row(head.map(() => '---')), ...rows.map(row)] : []
  const parts = sections.map((section) => [`## ${section.title}`, '', ...section.lines, ...table(section)].join('\n'))
  return [`# ${title}`, ...parts].join('\n\n').concat('\n')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character)

const style = `body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem;
  color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  vertical-align: top; overflow-wrap: anywhere; }`

function toHtml(title: string, sections: readonly Section[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')
  const table = ({ head, rows }: Section) =>
    head && rows && rows.length > 0
      ? `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows
          .map((row) => `<tr>${cells('td', row)}</tr>`)
          .join('\n')}</tbody></table>`
      : ''
  const parts = sections.map((section) => {
    const lines = section.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')
    return `<section><h2>${escapeHtml(section.title)}</h2>\n${lines}\n${table(section)}</section>`
  })
  const head = `<meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style>`
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body><h1>${escapeHtml(title)}</h1>\n${parts.join('\n')}\n</body></html>\n`
}

/** Returns the paths of what was written. */
export async function analyseSamples(samples: string): Promise<string[]> {
  const profiles = globSync('profiles/**/*.{pprof,pb.gz}', { cwd: samples }).toSorted()
  const sections = await scripts(samples)
  for (const file of profiles) sections.push(await profile(join(samples, file), samples))
  const title = 'What Tracewright says about its samples'
  mkdirSync(artifacts, { recursive: true })
  const files = { 'samples.md': toMarkdown(title, sections), 'samples.html': toHtml(title, sections) }
  return Object.entries(files).map(([name, text]) => {
    const path = join(artifacts, name)
    writeFileSync(path, text)
    return path
  })
}
