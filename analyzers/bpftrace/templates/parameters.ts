/**
 * The kinds of parameters that templates have. Each reads what a caller gave (JSON, or the text of an input field) into
 * a value that can go into a program as it is, and says what is wrong with anything else: nothing that a caller writes
 * can break out of its place in the program.
 */
import { UserError } from '../../shared/user-error.ts'
import { parse } from '../syntax/parse.ts'

export type ParameterType =
  | 'integer'
  | 'boolean'
  | 'choice'
  | 'duration'
  | 'text'
  | 'comm'
  | 'cgroup'
  | 'probe'
  | 'function'
  | 'symbol'
  | 'path'

export interface Parameter<Value> {
  readonly type: ParameterType
  readonly description: string
  /** Absent: it must be given (`required`), or its absence means something that the description names. */
  readonly default?: string | number | boolean
  readonly required: boolean
  readonly choices?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  /** What a value looks like, where there is no default. */
  readonly example?: string | number
  /** The text before the value in an attach point, `{name}` standing for another parameter: for those who complete it. */
  readonly within?: string
  /** @throws UserError for what is no such value. `name` is for the message. */
  read(given: unknown, name: string): Value
}

interface Common {
  readonly description: string
}

const PID_MAX = 4_194_304
const COMM_BYTES = 15

export function integer(
  options: Common & { readonly default: number; readonly minimum?: number; readonly maximum?: number },
): Parameter<number> {
  const minimum = options.minimum ?? 1
  const maximum = options.maximum ?? 1_000_000_000
  return {
    type: 'integer',
    required: false,
    ...options,
    minimum,
    maximum,
    read: (given, name) => readInteger(given, name, minimum, maximum),
  }
}

export const pid = (description = 'Only this process (all its threads)'): Parameter<number | undefined> => ({
  type: 'integer',
  description,
  required: false,
  minimum: 1,
  maximum: PID_MAX,
  example: 1234,
  read: (given, name) => (given === undefined ? undefined : readInteger(given, name, 1, PID_MAX)),
})

export const comm = (description = 'Only threads with this name'): Parameter<string | undefined> => ({
  type: 'comm',
  description,
  required: false,
  example: 'nginx',
  read(given, name) {
    if (given === undefined) return undefined
    const text = String(given)
    if (typeof given !== 'string' || !/^[^\p{Cc}]+$/u.test(text) || byteLength(text) > COMM_BYTES) {
      throw invalid(name, given, `a thread name of 1 to ${COMM_BYTES} bytes without control characters`)
    }
    return text
  },
})

/** Path of a cgroup, or its number as `ls -di` prints it. */
export const cgroup = (): Parameter<string | number | undefined> => ({
  type: 'cgroup',
  description: 'Only processes in this cgroup: its path below /sys/fs/cgroup, or its inode number',
  required: false,
  example: '/sys/fs/cgroup/system.slice/nginx.service',
  read(given, name) {
    if (given === undefined) return undefined
    if (typeof given === 'number' || (typeof given === 'string' && /^\d+$/.test(given))) {
      return readInteger(given, name, 1, Number.MAX_SAFE_INTEGER)
    }
    if (typeof given !== 'string' || !/^\/[^\p{Cc}"\\]*$/u.test(given) || byteLength(given) > 4095) {
      throw invalid(name, given, 'an absolute path without quotes and control characters, or a number')
    }
    return given
  },
})

export function choice<const Choices extends readonly [string, ...string[]]>(
  options: Common & { readonly choices: Choices; readonly default: Choices[number] },
): Parameter<Choices[number]> {
  const { choices } = options
  return {
    type: 'choice',
    required: false,
    ...options,
    read(given, name) {
      const found = choices.find((each) => each === given)
      if (found === undefined) throw invalid(name, given, `one of ${choices.join(', ')}`)
      return found
    },
  }
}

export function flag(options: Common & { readonly default: boolean }): Parameter<boolean> {
  return {
    type: 'boolean',
    required: false,
    ...options,
    read(given, name) {
      if (given === true || given === 'true') return true
      if (given === false || given === 'false') return false
      throw invalid(name, given, 'true or false')
    },
  }
}

const NANOSECONDS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 } as const
export type DurationUnit = keyof typeof NANOSECONDS

export interface Duration {
  readonly count: number
  readonly unit: DurationUnit
  readonly nanoseconds: number
}

/** `10ms`, `5s`; a bare number is seconds. */
export function duration(
  options: Common & { readonly default: string; readonly minimum?: string; readonly maximum?: string },
): Parameter<Duration> {
  const read = durationReader(options.minimum ?? '1us', options.maximum ?? '24h')
  return { type: 'duration', description: options.description, default: options.default, required: false, read }
}

export function optionalDuration(options: Common & { readonly minimum?: string }): Parameter<Duration | undefined> {
  const read = durationReader(options.minimum ?? '1us', '24h')
  return {
    type: 'duration',
    description: options.description,
    example: '10s',
    required: false,
    read: (given, name) => (given === undefined ? undefined : read(given, name)),
  }
}

function durationReader(minimum: string, maximum: string): (given: unknown, name: string) => Duration {
  const [low, high] = [parseDuration(minimum), parseDuration(maximum)]
  return (given, name) => {
    const found = parseDuration(given)
    if (
      found === undefined ||
      found.nanoseconds < (low?.nanoseconds ?? 0) ||
      found.nanoseconds > (high?.nanoseconds ?? 0)
    ) {
      throw invalid(name, given, `a duration such as 500us, 10ms or 5s, from ${minimum} to ${maximum}`)
    }
    return found
  }
}

export function parseDuration(given: unknown): Duration | undefined {
  const match = /^(\d{1,15})\s*(ns|us|ms|s|m|h)?$/.exec(String(given))
  if (match === null || (typeof given !== 'string' && typeof given !== 'number')) return undefined
  const unit = (Object.keys(NANOSECONDS) as DurationUnit[]).find((each) => each === match[2]) ?? 's'
  const count = Number(match[1])
  const nanoseconds = count * NANOSECONDS[unit]
  return count > 0 && Number.isSafeInteger(nanoseconds) ? { count, unit, nanoseconds } : undefined
}

/** One or more attach points of any kind, as a program writes them. */
export function probe(options: Common & { readonly default: string }): Parameter<string> {
  return {
    type: 'probe',
    within: '',
    required: false,
    ...options,
    read(given, name) {
      const text = typeof given === 'string' ? given.trim() : ''
      const tree = parse(`${text} { }`)
      const [item, ...more] = tree.program.items
      const isProbe = item?.kind === 'Probe' && more.length === 0 && item.predicate === null && item.span.start === 0
      const isPlain = isProbe && tree.tokens.every(({ kind }) => !/Comment|shebang/.test(kind))
      if (text === '' || tree.errors.length > 0 || !isPlain || !/^[^\p{Cc}{}$]+$/u.test(text)) {
        throw invalid(name, given, 'an attach point such as kprobe:vfs_read or tracepoint:sched:sched_switch')
      }
      return text
    },
  }
}

/** A function of the kernel; wildcards only where a template can use them. */
export function kernelFunction(
  options: Common & { readonly default: string; readonly wildcards?: boolean },
): Parameter<string> {
  const pattern = options.wildcards ? /^[A-Za-z_*][\w.*]{0,127}$/ : /^[A-Za-z_][\w.]{0,127}$/
  return {
    type: 'function',
    within: 'kprobe:',
    description: options.description,
    default: options.default,
    required: false,
    read(given, name) {
      if (typeof given !== 'string' || !pattern.test(given)) {
        throw invalid(name, given, `the name of a kernel function${options.wildcards ? ', * matching any text' : ''}`)
      }
      return given
    },
  }
}

/** A function in a program or library. */
export function symbol(options: Common & { readonly default: string }): Parameter<string> {
  return {
    type: 'symbol',
    within: 'uprobe:{path}:',
    required: false,
    ...options,
    read(given, name) {
      if (typeof given !== 'string' || !/^[A-Za-z_][\w.$@]{0,255}$/.test(given)) {
        throw invalid(name, given, 'the name of a function as the symbol table has it')
      }
      return given
    },
  }
}

/** A program or library: its path, or the name of a library that bpftrace finds (`libc`). */
export function path(options: Common & { readonly default: string }): Parameter<string> {
  return {
    type: 'path',
    within: 'uprobe:',
    required: false,
    ...options,
    read(given, name) {
      if (typeof given !== 'string' || !/^(\/[\w./+@~=-]+|[\w.+-]+)$/.test(given) || given.length > 4095) {
        throw invalid(name, given, 'an absolute path of letters, digits and . _ + @ ~ = -, or a library such as libc')
      }
      return given
    },
  }
}

/** A word such as the name of a USDT probe. */
export function word(
  options: Common & { readonly default: string; readonly pattern: RegExp; readonly within: string },
): Parameter<string> {
  return {
    type: 'text',
    within: options.within,
    description: options.description,
    default: options.default,
    required: false,
    read(given, name) {
      if (typeof given !== 'string' || !options.pattern.test(given)) {
        throw invalid(name, given, `text that matches ${options.pattern.source}`)
      }
      return given
    },
  }
}

function readInteger(given: unknown, name: string, minimum: number, maximum: number): number {
  const value = typeof given === 'string' && /^\d{1,16}$/.test(given) ? Number(given) : given
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum || value > maximum) {
    throw invalid(name, given, `a whole number from ${minimum} to ${maximum}`)
  }
  return value
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

function invalid(name: string, given: unknown, wanted: string): UserError {
  return new UserError({
    code: 'INVALID_ARGUMENT',
    message: `\`${name}\` must be ${wanted}.`,
    hint: 'bpftrace.list_templates shows the parameters of every template.',
    details: { field: name, expected: wanted, received: given ?? null },
  })
}
