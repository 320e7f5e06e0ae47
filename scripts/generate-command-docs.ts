/**
 * Writes `docs/command-line.md` from the commands themselves. With `--check` it only says whether the page is up to date.
 * Part of `npm run gen`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../cli/command.ts'
import { loadCommands } from '../cli/run-command.ts'
import { root } from './shared/paths.ts'

const target = join(root, 'docs', 'command-line.md')

export async function commandDocs(): Promise<string> {
  const sections = (await loadCommands()).map(section)
  return `${[...head, ...sections].join('\n\n')}\n`
}

const head = [
  '# Command line',
  '<!-- Written by `npm run gen` from the commands in `cli/commands/`. -->',
  '`tracewright` needs Node 22.14 or newer. Exit codes: 0 for success; 1 when something was found or failed (an error in a program, a tool error); 2 when the command line itself is wrong or a file cannot be read; 130 after Ctrl-C.',
]

function section(command: Command): string {
  const lines = [
    `## ${command.name}`,
    `${command.summary}.`,
    `\`\`\`sh\ntracewright ${command.name} ${command.usage}\n\`\`\``,
  ]
  if (command.options !== undefined && command.options.length > 0) {
    const rows = command.options.map(([option, text]) => `| \`${inCell(option)}\` | ${inCell(text)} |`)
    lines.push(['| | |', '| --- | --- |', ...rows].join('\n'))
  }
  return lines.join('\n\n')
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) {
  const page = await commandDocs()
  const isCurrent = existsSync(target) && readFileSync(target, 'utf8') === page
  if (!process.argv.includes('--check')) writeFileSync(target, page)
  else if (!isCurrent) {
    console.error('docs/command-line.md is out of date: run `npm run gen`')
    process.exitCode = 1
  }
}
