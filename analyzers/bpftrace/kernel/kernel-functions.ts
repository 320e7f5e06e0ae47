/** Names of kernel functions that a probe can name, and of modules, from the kernel's own lists. */

export interface FunctionNames {
  /** Sorted, each once. */
  readonly functions: readonly string[]
  readonly modules: readonly string[]
}

/** Where the name begins of the line that starts there; undefined for what is no function. */
type NameAt = (text: string, start: number) => number | undefined

/** `/proc/kallsyms`: `address type name [module]`, where the types `t`, `T`, `w` and `W` are code. */
const nameInKallsyms: NameAt = (text, start) => {
  const typeAt = text.indexOf(' ', start) + 1
  return 'tTwW'.includes(text.charAt(typeAt)) ? typeAt + 2 : undefined
}

/** `available_filter_functions` of tracefs: `name [module]`. */
const nameInAvailableFunctions: NameAt = (_, start) => start

const nameAt = { kallsyms: nameInKallsyms, available_filter_functions: nameInAvailableFunctions } as const
export type FunctionListFormat = keyof typeof nameAt

/** The whole of such a list as one text. */
export function parseFunctions(text: string, format: FunctionListFormat): FunctionNames {
  const list = new FunctionList(format)
  list.add(text)
  return list.names()
}

/**
 * A list that comes piece by piece. It has some 200,000 lines and five megabytes of addresses, so each piece is walked in
 * place and nothing of it stays but the names; what is there twice goes after sorting.
 */
export class FunctionList {
  readonly #nameAt: NameAt
  /** Names of each piece, one a line. */
  readonly #functions: string[] = []
  readonly #modules = new Set<string>()
  /** The line that the next piece ends. */
  #begun = ''

  constructor(format: FunctionListFormat) {
    this.#nameAt = nameAt[format]
  }

  add(piece: string): void {
    const text = this.#begun + piece
    const end = text.lastIndexOf('\n') + 1
    this.#begun = text.slice(end)
    this.#collect(text.slice(0, end))
  }

  names(): FunctionNames {
    this.#collect(this.#begun)
    this.#begun = ''
    const functions = linesOf(this.#functions).sort()
    return {
      functions: copied(functions.filter((name, index) => name !== functions[index - 1])),
      modules: copied([...this.#modules].sort()),
    }
  }

  #collect(text: string): void {
    const functions: string[] = []
    let bracket = text.indexOf('[')
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf('\n', start)
      const end = newline < 0 ? text.length : newline
      const from = this.#nameAt(text, start)
      start = end + 1
      if (from === undefined || from >= end) continue
      // Only lines of modules have a bracket: looking for the next one once is cheaper than looking in each line.
      if (bracket >= 0 && bracket < from) bracket = text.indexOf('[', from)
      const ofModule = bracket >= 0 && bracket < end
      const name = ofModule ? text.slice(from, bracket).trimEnd() : text.slice(from, end)
      // Padding and checks that the compiler puts before functions are symbols, but no functions.
      if (name === '' || name.startsWith('__pfx_') || name.startsWith('__cfi_')) continue
      functions.push(name)
      if (ofModule) this.#modules.add(text.slice(bracket + 1, end - 1))
    }
    if (functions.length > 0) this.#functions.push(functions.join('\n'))
  }
}

const linesOf = (pieces: readonly string[]): string[] => (pieces.length === 0 ? [] : pieces.join('\n').split('\n'))

/** A name is a piece of the text that it was cut from, all of which stays as long as it does. */
const copied = (names: readonly string[]): readonly string[] => linesOf(names)
