/** The options of `tracewright check`. */
import type { TargetChoice } from '../../tools/shared/judge-program.ts'
import { parseOptions, requireOneOf, UsageError } from '../command.ts'

export interface CheckOptions {
  readonly format: 'text' | 'json' | 'sarif'
  readonly batch: boolean
  readonly target: TargetChoice
  /** The process that programs are about. */
  readonly pid?: number
  readonly unsafe: boolean
  readonly params: readonly string[]
  readonly includeDirs: readonly string[]
  readonly files: readonly string[]
}

export function parseCheckOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parseOptions(args, {
    format: { type: 'string', default: 'text' },
    batch: { type: 'boolean', default: false },
    bpftrace: { type: 'string' },
    kernel: { type: 'string', default: 'none' },
    pid: { type: 'string', short: 'p' },
    unsafe: { type: 'boolean', default: false },
    param: { type: 'string', multiple: true, default: [] },
    include: { type: 'string', short: 'I', multiple: true, default: [] },
  })
  if (values.batch && positionals.some((file) => file !== '-')) {
    throw new UsageError('--batch reads programs from standard input only')
  }
  if (!values.batch && positionals.length === 0) throw new UsageError('Which files? (- reads standard input)')
  if (positionals.filter((file) => file === '-').length > 1) throw new UsageError('- can be given once')
  return {
    format: requireOneOf(values.format, ['text', 'json', 'sarif'], '--format'),
    batch: values.batch,
    target: { bpftrace: values.bpftrace, kernel: values.kernel },
    ...(values.pid !== undefined && { pid: requirePid(values.pid) }),
    unsafe: values.unsafe,
    params: values.param,
    includeDirs: values.include,
    files: positionals,
  }
}

function requirePid(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`--pid needs the number of a process, not "${text}"`)
  return Number(text)
}
