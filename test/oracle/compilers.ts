/**
 * The real bpftrace compilers of the Debian trees, asked without loading or attaching anything. Everyone who compares
 * with a compiler goes through here. `grammar` asks about the syntax alone, `check` about everything up to code
 * generation; what only this machine lacks (a tracepoint, a binary) comes back as the compiler's error all the same.
 * Answers of `check` are kept in the cache, for each takes up to half a second.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { atLeast, formatVersion, parseVersion, type Version } from '../../analyzers/bpftrace/version.ts'
import { cacheFolder } from '../../scripts/shared/paths.ts'

export interface CompilerMessage {
  readonly message: string
  /** 1-based; null where the compiler names no place. */
  readonly line: number | null
}

export interface Verdict {
  readonly accepted: boolean
  /** It did not answer but ended by a signal or ran out of time. */
  readonly crashed: boolean
  /** First reported first. */
  readonly errors: readonly CompilerMessage[]
  readonly warnings: readonly CompilerMessage[]
  readonly stdout: string
  readonly stderr: string
}

export interface Compiler {
  readonly version: Version
  grammar(program: string): Promise<Verdict>
  check(program: string, options?: { readonly unsafe?: boolean; readonly params?: readonly string[] }): Promise<Verdict>
  /** Standard output of `--mode format`; only from 0.26 on. */
  format(program: string): Promise<Verdict>
}

/** Every compiler that is installed as a tree, oldest first. */
export function findCompilers(): readonly Compiler[] {
  const trees = join(cacheFolder(), 'debian')
  return folders(trees)
    .flatMap((suite) => {
      const version = treeVersion(join(trees, suite))
      return version ? [compilerIn(join(trees, suite), version)] : []
    })
    .sort((a, b) => a.version.minor - b.version.minor)
}

/** The compiler of a release, for example `0.17`. */
export function requireCompiler(release: string): Compiler {
  const found = findCompilers().find(({ version }) => `${version.major}.${version.minor}` === release)
  if (!found) throw new Error(`no tree with bpftrace ${release}: run npm test, which makes it`)
  return found
}

function folders(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function treeVersion(tree: string): Version | undefined {
  try {
    return parseVersion(readFileSync(join(tree, '.tracewright-tree'), 'utf8').trim().split(' ')[1] ?? '')
  } catch {
    return undefined
  }
}

function compilerIn(tree: string, version: Version): Compiler {
  const ask = (args: readonly string[], program: string, env: Record<string, string> = {}) =>
    run(['chroot', tree, 'bpftrace', ...args, '-'], program, env)
  const modern = atLeast(version, '0.26')
  const staged = atLeast(version, '0.22')
  return {
    version,
    async grammar(program) {
      if (modern) return verdict(await ask(['--mode', 'format'], program))
      const answer = await ask(staged ? ['-d', 'ast', '--test', 'codegen'] : ['-d'], program)
      const asked = verdict(answer)
      const refused = asked.crashed || asked.errors.some(({ message }) => isGrammarError(message))
      return { ...asked, accepted: !refused }
    },
    async check(program, { unsafe = false, params = [] } = {}) {
      const flags = unsafe ? ['--unsafe'] : []
      const list = traceableFunctions(tree)
      const known = answerFile(tree, version, [program, ...flags, '--', ...params])
      const remembered = recall(known)
      if (remembered) return remembered
      if (modern) {
        const args = [...flags, '--traceable-functions', list.inside, '--mode', 'codegen']
        return remember(known, verdict(await run(['chroot', tree, 'bpftrace', ...args, '-', ...params], program, {})))
      }
      const args = staged ? ['-d', 'ast', '--test', 'codegen'] : ['-d']
      const env = { BPFTRACE_AVAILABLE_FUNCTIONS_TEST: list.inside }
      const asked = ['chroot', tree, 'bpftrace', ...flags, ...args, '-', ...params]
      return remember(known, verdict(await run(asked, program, env)))
    },
    async format(program) {
      return verdict(await ask(['--mode', 'format'], program))
    },
  }
}

/**
 * Where the answer to a question lies once it was given: a compiler says the same of the same program as long as it, the
 * kernel and what the kernel shows of itself are the same. `TRACEWRIGHT_ASK=again` asks anew.
 */
function answerFile(tree: string, version: Version, question: readonly string[]): string {
  const binary = statSync(join(tree, 'usr', 'bin', 'bpftrace'))
  const shown = existsSync(join(tree, 'sys', 'kernel', 'tracing', 'events', 'sched'))
  const basis = [formatVersion(version), binary.size, binary.mtimeMs, release(), shown]
  const hash = createHash('sha256')
    .update(JSON.stringify([basis, question]))
    .digest('hex')
  return join(cacheFolder(), 'verdicts', formatVersion(version), `${hash}.json`)
}

function recall(file: string): Verdict | undefined {
  if (process.env.TRACEWRIGHT_ASK === 'again') return undefined
  try {
    return Answer.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function remember(file: string, answer: Verdict): Verdict {
  // Next time it may answer.
  if (answer.crashed) return answer
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(answer))
  renameSync(`${file}.${process.pid}`, file)
  return answer
}

const Message = z.object({ message: z.string(), line: z.number().nullable() })
const Answer = z.object({
  accepted: z.boolean(),
  crashed: z.boolean(),
  errors: z.array(Message),
  warnings: z.array(Message),
  stdout: z.string(),
  stderr: z.string(),
})

const lists = new Map<string, { readonly inside: string }>()

/** The kernel's functions as a file inside the tree, because most kernels hide the list that bpftrace reads. */
function traceableFunctions(tree: string): { readonly inside: string } {
  const known = lists.get(tree)
  if (known) return known
  const symbols = readFileSync('/proc/kallsyms', 'utf8')
    .split('\n')
    .map((line) => line.split(/\s+/))
  const functions = symbols.filter(([, kind]) => kind === 't' || kind === 'T')
  const own = functions.filter(([, , , module]) => !module).map(([, , name]) => name)
  const modules = functions.filter(([, , , module]) => module).map(([, , name, module]) => `${name} ${module}`)
  const folder = mkdtempSync(join(tree, tmpdir(), 'tracewright-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'traceable.txt'), `${[...own, ...modules].join('\n')}\n`)
  const made = { inside: join(folder, 'traceable.txt').slice(tree.length) }
  lists.set(tree, made)
  return made
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const TIME_LIMIT_MS = 20_000

function run(command: readonly string[], input: string, env: Record<string, string>): Promise<Ended> {
  const [program = '', ...args] = command
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: TIME_LIMIT_MS,
      killSignal: 'SIGKILL',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', BPFTRACE_COLOR: 'never', ...env },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    // A compiler that crashes closes the pipe early; its exit says so.
    child.stdin.on('error', () => child.stdin.destroy())
    child.stdin.end(input)
  })
}

/** What the lexer and the grammar of the generated parsers say, as opposed to what comes after them. */
const GRAMMAR =
  /^syntax error|unterminated string|^invalid (?:escape )?character|end of file|out of integer range|operator must be applied|are immutable|octal escape|of scientific literal|Exponent will|^stoull|^Found trailing|^Unknown function|^No attach points/

function isGrammarError(message: string): boolean {
  return GRAMMAR.test(message)
}

const MACHINE = /RLIMIT_MEMLOCK|reading traceable functions|bpf_iter__/

function verdict({ code, stdout, stderr }: Ended): Verdict {
  const messages = (severity: 'ERROR' | 'WARNING') =>
    stderr.split('\n').flatMap((line): CompilerMessage[] => {
      const match = new RegExp(`(?:^stdin:(\\d+)(?:[-:][-\\d]*)?: |^)${severity}: (.*)$`).exec(line)
      if (!match || MACHINE.test(line)) return []
      return [{ message: match[2] ?? '', line: match[1] === undefined ? null : Number(match[1]) }]
    })
  return {
    accepted: code === 0,
    crashed: code === null || code >= 128,
    errors: messages('ERROR'),
    warnings: messages('WARNING'),
    stdout,
    stderr,
  }
}

/** Runs `job` for every item, a few at a time, and keeps the order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  job: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = new Array(items.length)
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item !== undefined) results[index] = await job(item)
    }
  }
  await Promise.all([worker(), worker(), worker()])
  return results
}
