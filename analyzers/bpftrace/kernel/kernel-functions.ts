/** Names of kernel functions that a probe can name, and of modules, from the kernel's own lists. */

export interface FunctionNames {
  /** Sorted, each once. */
  readonly functions: readonly string[]
  readonly modules: readonly string[]
}

/** `/proc/kallsyms`: `address type name [module]`, where the types `t`, `T`, `w` and `W` are code. */
export function parseKallsyms(text: string): FunctionNames {
  return collect(text, (start) => {
    const typeAt = text.indexOf(' ', start) + 1
    return 'tTwW'.includes(text.charAt(typeAt)) ? typeAt + 2 : undefined
  })
}

/** `available_filter_functions` of tracefs: `name [module]`. */
export function parseAvailableFunctions(text: string): FunctionNames {
  return collect(text, (start) => start)
}

/**
 * Lists have some 200,000 lines, so they are walked in place, and what is there twice goes after sorting.
 * @param nameAt Where the name of the line that starts there begins; undefined for what is no function.
 */
function collect(text: string, nameAt: (start: number) => number | undefined): FunctionNames {
  const functions: string[] = []
  const modules = new Set<string>()
  let bracket = text.indexOf('[')
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const from = nameAt(start)
    start = end + 1
    if (from === undefined || from >= end) continue
    // Only lines of modules have a bracket: looking for the next one once is cheaper than looking in each line.
    if (bracket >= 0 && bracket < from) bracket = text.indexOf('[', from)
    const ofModule = bracket >= 0 && bracket < end
    const name = ofModule ? text.slice(from, bracket).trimEnd() : text.slice(from, end)
    // Padding and checks that the compiler puts before functions are symbols, but no functions.
    if (name === '' || name.startsWith('__pfx_') || name.startsWith('__cfi_')) continue
    functions.push(name)
    if (ofModule) modules.add(text.slice(bracket + 1, end - 1))
  }
  functions.sort()
  return {
    functions: copied(functions.filter((name, index) => name !== functions[index - 1])),
    modules: copied([...modules].sort()),
  }
}

/** A name is a piece of the text that it was cut from, all of which stays as long as it does: five megabytes of addresses. */
const copied = (names: readonly string[]): readonly string[] => (names.length === 0 ? [] : names.join('\n').split('\n'))
