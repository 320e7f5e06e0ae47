/** Names of kernel functions that a probe can name, and of modules, from the kernel's own lists. */

export interface FunctionNames {
  /** Sorted, each once. */
  readonly functions: readonly string[]
  readonly modules: readonly string[]
}

/** Padding and checks that the compiler puts before functions: symbols, but no functions. */
const noFunction = /^(?:__pfx_|__cfi_)/

/** `/proc/kallsyms`: `address type name [module]`, where the types `t`, `T`, `w` and `W` are code. */
export function parseKallsyms(text: string): FunctionNames {
  return collect(text, /^[0-9a-f]+ [tTwW] (\S+)(?:\s+\[(\w+)\])?$/gm)
}

/** `available_filter_functions` of tracefs: `name [module]`. */
export function parseAvailableFunctions(text: string): FunctionNames {
  return collect(text, /^(\S+)(?:\s+\[(\w+)\])?$/gm)
}

function collect(text: string, line: RegExp): FunctionNames {
  const functions = new Set<string>()
  const modules = new Set<string>()
  for (const [, name, module] of text.matchAll(line)) {
    if (name === undefined || noFunction.test(name)) continue
    functions.add(name)
    if (module !== undefined) modules.add(module)
  }
  return { functions: [...functions].sort(), modules: [...modules].sort() }
}
