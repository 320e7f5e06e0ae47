/**
 * The main job without an editor, through the very command that users have: checks the sample scripts, reports on the
 * sample profiles, and writes what it found as one Markdown and one HTML file.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { cell, table } from '../../tools/shared/markdown.ts'
import { htmlPage } from '../../tools/shared/markdown-html.ts'
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

async function tracewright(cwd: string, args: readonly string[], allowed: readonly number[] = [0]): Promise<string> {
  const { code, stdout, output } = await run(process.execPath, [join(dist, 'cli.js'), ...args], { cwd })
  if (allowed.includes(code)) return stdout
  throw new PlainError(`\`tracewright ${args.join(' ')}\` ended with code ${code}\n${output}`)
}

/** A script starts with `#!…bpftrace` or is named `.bt`. */
const isScript = (path: string) => path.endsWith('.bt') || /^#!.*\bbpftrace\b/.test(readFileSync(path, 'utf8'))

async function scriptsPart(samples: string): Promise<string> {
  const files = globSync('scripts/*', { cwd: samples }).filter((file) => isScript(join(samples, file)))
  // Code 1 says that errors were found, which one of the samples is there for.
  const answer = await tracewright(samples, ['check', '--format', 'json', ...files.toSorted()], [0, 1])
  const { target, files: checked } = Checked.parse(JSON.parse(answer))
  const rows = checked.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ severity, code, message, line, column }) => {
      return [`${basename(file)}:${line}:${column}`, severity, code, cell(message)]
    }),
  )
  const clean = checked.filter(({ diagnostics }) => diagnostics.length === 0).map(({ file }) => basename(file))
  return [
    '## Scripts',
    `${checked.length} scripts, checked for bpftrace ${target.bpftrace} and kernel ${target.kernel}.`,
    `Nothing to say about: ${clean.join(', ') || 'none'}.`,
    table(['Place', 'Severity', 'Code', 'Message'], rows),
  ].join('\n\n')
}

async function profilesPart(samples: string): Promise<string> {
  const profiles = globSync('profiles/**/*.{pprof,pb.gz}', { cwd: samples }).toSorted()
  const report = await tracewright(samples, ['report', ...profiles])
  // The report's own heading gives way to that of the whole.
  return report.replace(/^# .*\n+/, '').trimEnd()
}

/** Returns the paths of what was written. */
export async function analyseSamples(samples: string): Promise<string[]> {
  const title = 'What Tracewright says about its samples'
  const parts = await Promise.all([scriptsPart(samples), profilesPart(samples)])
  const markdown = `${[`# ${title}`, ...parts].join('\n\n')}\n`
  mkdirSync(artifacts, { recursive: true })
  const files = { 'samples.md': markdown, 'samples.html': htmlPage(title, markdown) }
  return Object.entries(files).map(([name, text]) => {
    const path = join(artifacts, name)
    writeFileSync(path, text)
    return path
  })
}
