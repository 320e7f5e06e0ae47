/** One set of kernel facts out of its parts: types from BTF, tracepoints, functions, each with its own coverage. */
import type { Binaries, KernelFacts } from '../kernel-facts.ts'
import type { BtfFacts } from './btf-facts.ts'
import type { FunctionNames } from './kernel-functions.ts'
import type { TracepointFacts } from './tracepoints.ts'

export interface KernelParts {
  readonly source: KernelFacts['source']
  readonly coverage: KernelFacts['coverage']
  readonly types: BtfFacts
  readonly tracepoints: TracepointFacts
  /** Called once, when somebody first asks for them; undefined when nobody knows. */
  readonly functions: () => FunctionNames | undefined
  /** Modules whose types are known. */
  readonly modules: readonly string[]
  readonly binaries?: Binaries
  readonly config?: ReadonlyMap<string, string> | undefined
  readonly functionTracing?: boolean | undefined
}

export function assembleKernelFacts(parts: KernelParts): KernelFacts {
  const { source, coverage, types, tracepoints } = parts
  let names: FunctionNames | undefined
  const functions = () => {
    names ??= parts.functions() ?? { functions: types.names('function'), modules: [] }
    return names
  }
  let modules: readonly string[] | undefined
  return {
    source,
    coverage,
    record: (keyword, name) => types.record(keyword, name),
    enumeration: (name) => types.enumeration(name),
    typedef: (name) => types.typedef(name),
    enumerator: (name) => types.enumerator(name),
    signature: (name, module) => types.signature(name, module),
    rawTracepoint: (name) => types.rawTracepoint(name),
    ...(parts.binaries && { binaries: parts.binaries }),
    ...(parts.config && { config: parts.config }),
    ...(parts.functionTracing !== undefined && { functionTracing: parts.functionTracing }),
    tracepoint: (category, event) => tracepoints.tracepoint(category, event),
    names(kind) {
      switch (kind) {
        case 'tracepoint':
          return tracepoints.names()
        case 'function':
          return functions().functions
        case 'module':
          modules ??= [...new Set([...parts.modules, ...functions().modules])].sort()
          return modules
        default:
          return types.names(kind)
      }
    },
  }
}
