/**
 * The preprocessor's share: conditionals decide which tokens count, `#define` makes macros, `#include` asks for text.
 * Object-like macros are expanded in declarations; function-like ones are only known to exist.
 */
import { type ConstantNames, evaluateConstant } from './constant.ts'
import { type CToken, cTokens } from './tokens.ts'

export interface Problem {
  readonly span: { readonly start: number; readonly end: number }
  readonly message: string
}

export interface Preprocessed {
  readonly tokens: readonly CToken[]
  /** Object-like macros: their replacement text. */
  readonly macros: ReadonlyMap<string, string>
  readonly functionMacros: ReadonlySet<string>
  readonly problems: readonly Problem[]
  /** Text was included that could not be had, or a condition could not be decided. */
  readonly incomplete: boolean
}

/** The text of an included file; undefined when it cannot be had. */
export type ReadInclude = (name: string, form: 'quotes' | 'brackets') => string | undefined

/** What clang is given for every program. */
const predefined: readonly (readonly [string, string])[] = [
  ['BPFTRACE_HAVE_BTF', ''],
  ['__x86_64__', '1'],
  ['__BPF_TRACING__', ''],
  ['__KERNEL__', ''],
  ['__bpf__', '1'],
  ['__linux__', '1'],
]

const predefinedNames: ReadonlySet<string> = new Set(predefined.map(([name]) => name))

/** Header names whose contents can add nothing that a script could see beyond the compiler's own types. */
const knownHeaders: ReadonlySet<string> = new Set(['stdint.h', 'stddef.h', 'stdbool.h', 'stdarg.h', 'limits.h'])
const INCLUDE_DEPTH = 16
/** Tokens that macros may make of a program's declarations. */
const EXPANSION_LIMIT = 20_000

interface Branch {
  active: boolean
  /** Some branch of this conditional has been taken. */
  taken: boolean
  readonly outer: boolean
}

export function preprocess(tokens: readonly CToken[], readInclude: ReadInclude | undefined): Preprocessed {
  const state = new Preprocessor(readInclude)
  state.run(tokens, 0)
  return {
    tokens: state.out,
    macros: new Map([...state.macros].filter(([name]) => !predefinedNames.has(name))),
    functionMacros: state.functionMacros,
    problems: state.problems,
    incomplete: state.incomplete,
  }
}

class Preprocessor {
  readonly out: CToken[] = []
  readonly macros = new Map<string, string>(predefined)
  readonly functionMacros = new Set<string>()
  readonly problems: Problem[] = []
  incomplete = false
  readonly #readInclude: ReadInclude | undefined
  readonly #branches: Branch[] = []
  readonly #bodies = new Map<string, readonly CToken[]>()
  readonly #included = new Set<string>()
  /** Tokens that macros have been replaced by. */
  #made = 0
  /** Macros that the values of conditions have asked for. */
  #asked = 0

  constructor(readInclude: ReadInclude | undefined) {
    this.#readInclude = readInclude
  }

  get #active(): boolean {
    return this.#branches.at(-1)?.active ?? true
  }

  run(tokens: readonly CToken[], depth: number): void {
    for (const token of tokens) {
      if (token.kind === 'directive') this.#direct(token, depth)
      else if (this.#active) this.#expand(token, new Set())
    }
  }

  #direct(token: CToken, depth: number): void {
    const [, name = '', rest = ''] = /^#\s*(\w*)\s*([\s\S]*)$/.exec(withoutComments(token.text)) ?? []
    const body = rest.replace(/\\\r?\n/g, ' ').trim()
    switch (name) {
      case 'if':
      case 'ifdef':
      case 'ifndef':
        return this.#open(name, body, token)
      case 'elif':
      case 'else':
        return this.#next(name, body, token)
      case 'endif':
        if (!this.#branches.pop()) this.#problem(token, '#endif without #if')
        return
    }
    if (!this.#active) return
    switch (name) {
      case 'define':
        return this.#define(body, token)
      case 'undef':
        if (!/^[A-Za-z_]/.test(body)) return this.#problem(token, 'macro name missing')
        this.macros.delete(body)
        this.functionMacros.delete(body)
        return
      case 'include':
        return this.#include(body, depth, token)
      case 'error':
        return this.#problem(token, body)
      case '':
      case 'pragma':
      case 'warning':
      case 'line':
        return
      default:
        this.#problem(token, 'invalid preprocessing directive')
    }
  }

  #open(name: string, body: string, token: CToken): void {
    if (this.#active && !/^[A-Za-z_]/.test(body) && name !== 'if') this.#problem(token, 'macro name missing')
    const outer = this.#active
    const holds =
      name === 'ifdef' ? this.#defined(body) : name === 'ifndef' ? !this.#defined(body) : this.#test(body, token)
    this.#branches.push({ outer, active: outer && holds, taken: holds })
  }

  #next(name: string, body: string, token: CToken): void {
    const branch = this.#branches.at(-1)
    if (!branch) return this.#problem(token, `#${name} without #if`)
    const holds = !branch.taken && (name === 'else' || this.#test(body, token))
    branch.active = branch.outer && holds
    branch.taken ||= holds
  }

  #defined(name: string): boolean {
    return this.macros.has(name) || this.functionMacros.has(name)
  }

  #test(condition: string, token: CToken): boolean {
    const decided = condition.replace(/\bdefined\s*(?:\(\s*(\w+)\s*\)|(\w+))/g, (_, inner, bare) =>
      this.#defined(inner ?? bare) ? '1' : '0',
    )
    const names: ConstantNames = { value: (name) => this.#macroValue(name, 0) ?? 0n, sizeOf: () => undefined }
    const tokens = cTokens(decided, 0)
    const value = evaluateConstant(tokens, names)
    if (value === undefined) this.incomplete = true
    // Only a macro with parameters or an operator of clang's own can be what is not understood here.
    const isPlain = tokens.every(({ kind }) => kind !== 'word')
    if (value === undefined && isPlain && this.#active) this.#problem(token, 'expected a value in the condition')
    return value !== 0n
  }

  #macroValue(name: string, depth: number): bigint | undefined {
    const body = this.#bodies.get(name)
    if (!body || depth > 32 || ++this.#asked > EXPANSION_LIMIT) return this.macros.get(name) === '1' ? 1n : undefined
    return evaluateConstant(body, { value: (inner) => this.#macroValue(inner, depth + 1), sizeOf: () => undefined })
  }

  #define(body: string, token: CToken): void {
    const [, name, open, text = ''] = /^([A-Za-z_]\w*)(\()?([\s\S]*)$/.exec(body) ?? []
    if (!name) return this.#problem(token, 'macro name missing')
    if (open) {
      const problem = parameterProblem(text)
      if (problem) this.#problem(token, problem)
      this.functionMacros.add(name)
      return
    }
    this.macros.set(name, text.trim())
    this.#bodies.set(
      name,
      cTokens(text, token.span.start).map((part) => ({ ...part, span: token.span })),
    )
  }

  #include(body: string, depth: number, token: CToken): void {
    const [, open, name = ''] = /^(?:(")([^"]*)"|(<)([^>]*)>)/.exec(body)?.filter((part) => part !== undefined) ?? []
    // A macro may stand for the name.
    if (!name && !this.macros.has(body)) {
      return this.#problem(token, body.startsWith('<') ? "expected '>'" : 'expected "FILENAME" or <FILENAME>')
    }
    if (knownHeaders.has(name)) return
    const text = depth < INCLUDE_DEPTH ? this.#readInclude?.(name, open === '<' ? 'brackets' : 'quotes') : undefined
    if (text === undefined) this.incomplete = true
    else if (!this.#included.has(name)) {
      this.#included.add(name)
      // What is wrong inside another file is not at a place of this program.
      const before = this.problems.length
      this.run(
        cTokens(text, 0).map((part) => ({ ...part, span: { start: 0, end: 0 } })),
        depth + 1,
      )
      this.problems.length = before
    }
  }

  #expand(token: CToken, within: ReadonlySet<string>): void {
    const body = token.kind === 'word' && !within.has(token.text) ? this.#bodies.get(token.text) : undefined
    if (!body || this.#made > EXPANSION_LIMIT || !this.macros.has(token.text)) {
      this.out.push(token)
      return
    }
    const inner = new Set([...within, token.text])
    this.#made += body.length
    for (const part of body) this.#expand({ ...part, span: token.span }, inner)
  }

  #problem({ span }: CToken, message: string): void {
    this.problems.push({ span, message })
  }
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ')
}

/** What is wrong with the parameters of a function-like macro, whose text goes on behind the bracket that opens. */
function parameterProblem(text: string): string | undefined {
  const end = text.indexOf(')')
  if (end < 0) return 'expected a comma in the parameters of a macro'
  const names = text.slice(0, end).split(',')
  if (names.length === 1 && names[0]?.trim() === '') return undefined
  const seen = new Set<string>()
  for (const name of names.map((each) => each.trim())) {
    if (!/^(?:[A-Za-z_]\w*(?:\s*\.\.\.)?|\.\.\.)$/.test(name))
      return 'expected an identifier in the parameters of a macro'
    if (seen.has(name)) return `duplicate macro parameter name '${name}'`
    seen.add(name)
  }
  return undefined
}
