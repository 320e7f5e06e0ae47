/** `tracewright check`: what the bpftrace compiler of a version would say about programs. */

import { factsForProcess } from '../../analyzers/bpftrace/kernel/process-facts.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import manifest from '../../package.json' with { type: 'json' }
import { createContext } from '../../tools/create-context.ts'
import { judgeProgram, resolveTarget, type Target } from '../../tools/shared/judge-program.ts'
import { checkBatch } from '../check/batch.ts'
import { type CheckOptions, parseCheckOptions } from '../check/options.ts'
import { fileReader, readProgram } from '../check/program-files.ts'
import type { FileReport } from '../check/report.ts'
import { reportSarif } from '../check/report-sarif.ts'
import { reportText, summary } from '../check/report-text.ts'
import { judgeStandardInput } from '../check/standard-input.ts'
import { type Command, exitCode, type Io, UsageError } from '../command.ts'

const command: Command = {
  name: 'check',
  usage:
    '[--format text|json|sarif] [--bpftrace V] [--kernel none|live|V] [--pid PID] [--unsafe] [--param VALUE]… [-I DIR]… FILES… | - | --batch',
  summary: 'Check bpftrace programs; exit code 1 when there are errors',
  options: [
    ['--format F', 'text (default), json or sarif'],
    ['--bpftrace V', 'Judge for version V (X.Y or X.Y.Z); else the installed one, else the newest'],
    ['--kernel K', 'none (default), live, or a kernel version'],
    ['--pid PID', 'The process that programs are about, with --kernel live: `usdt:*` stands for its files'],
    ['--unsafe', 'Judge as if --unsafe were given to bpftrace'],
    ['--param VALUE', 'A positional parameter; repeat for $2, $3, …'],
    ['-I DIR', 'Where imported and included files are looked for'],
    [
      '--batch',
      'Read JSON Lines {"id","program"} from standard input, answer each with its diagnostics; each program ends with a newline, as the compiler reads it from there',
    ],
  ],
  async run(args, io) {
    const options = parseCheckOptions(args)
    const target = await targetOf(options)
    if (target.notice !== undefined && options.format === 'text') io.error(`tracewright: ${target.notice}\n`)
    return options.batch ? checkBatch(options, target, io) : checkFiles(options, target, io)
  },
}
export default command

/** A version or kernel that is none is a mistake on the command line. */
async function targetOf(options: CheckOptions): Promise<Target> {
  try {
    const target = await resolveTarget(createContext(), options.target)
    return options.pid === undefined ? target : { ...target, kernel: kernelOfProcess(target.kernel, options.pid) }
  } catch (error) {
    if (error instanceof UserError) throw new UsageError([error.message, error.hint].filter(Boolean).join('\n'))
    throw error
  }
}

function kernelOfProcess(kernel: KernelFacts, pid: number): KernelFacts {
  if (kernel.binaries === undefined) throw new UsageError('--pid needs --kernel live: it is about this machine')
  if (kernel.binaries.ofProcess?.(pid) === undefined)
    throw new UsageError(`There is no process ${pid} that can be read`)
  return factsForProcess(kernel, pid)
}

async function checkFiles(options: CheckOptions, target: Target, io: Io): Promise<number> {
  const files: FileReport[] = []
  let unreadable = 0
  for (const file of options.files) {
    try {
      const source = await readProgram(file, io)
      const judge = file === '-' ? judgeStandardInput : judgeProgram
      const { diagnostics } = judge(source, target, {
        unsafe: options.unsafe,
        params: options.params,
        readFile: fileReader(file, options.includeDirs),
      })
      files.push({ file, diagnostics })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      unreadable += 1
      io.error(`tracewright: ${error.message}\n`)
    }
  }
  await io.out(render(options, target, files))
  if (options.format === 'text') io.error(line(summary(files)))
  if (unreadable > 0) return exitCode.usage
  const hasErrors = files.some(({ diagnostics }) => diagnostics.some((each) => each.severity === 'error'))
  return hasErrors ? exitCode.failed : exitCode.ok
}

function render(options: CheckOptions, target: Target, files: readonly FileReport[]): string {
  if (options.format === 'text') return reportText(files)
  const report = options.format === 'json' ? { target: target.shown, files } : reportSarif(files, manifest.version)
  return `${JSON.stringify(report, null, 2)}\n`
}

function line(text: string): string {
  return text === '' ? '' : `${text}\n`
}
