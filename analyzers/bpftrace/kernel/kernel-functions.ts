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
 * Lists have some 200,000 lines, so they are walked in place.
 * @param nameAt Where the name of the line that starts there begins; undefined for what is no function.
 */
function collect(text: string, nameAt: (start: number) => number | undefined): FunctionNames {
  const functions = new Set<string>()
  const modules = new Set<string>()
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const from = nameAt(start)
    start = end + 1
    if (from === undefined || from >= end) continue
    const [name = '', module] = text.slice(from, end).split(/\s+/, 2)
    // Padding and checks that the compiler puts before functions are symbols, but no functions.
    if (name === '' || name.startsWith('__pfx_') || name.startsWith('__cfi_')) continue
    functions.add(name)
    if (module?.startsWith('[')) modules.add(module.slice(1, -1))
  }
  return { functions: [...functions].sort(), modules: [...modules].sort() }
}
