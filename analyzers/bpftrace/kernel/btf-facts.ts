/**
 * Types and signatures by name, out of a kernel's BTF and of its modules' as they get known. Names are indexed kind by
 * kind on first use: a kernel has some 60,000 functions, and most programs ask for none of them.
 */
import type { CEnum, CFunction, CRecord, KernelFacts } from '../kernel-facts.ts'
import { btfKind } from './btf-file.ts'
import type { BtfTypes } from './btf-types.ts'
import { NameTable } from './name-table.ts'

/** The part of the kernel's facts that BTF knows. */
export type TypeFacts = Pick<
  KernelFacts,
  'record' | 'enumeration' | 'typedef' | 'enumerator' | 'signature' | 'rawTracepoint'
> & {
  /** Sorted; `function` are the functions with a known signature. */
  names(kind: Listed): readonly string[]
}

type Listed = 'struct' | 'union' | 'enum' | 'enumerator' | 'typedef' | 'function' | 'rawtracepoint'

const RAW_TRACEPOINT = 'btf_trace_'
/** Functions whose parameters are those of a raw tracepoint after the leading context, best first. */
const rawTracepointFunctions = ['__probestub_', '__traceiter_', '__bpf_trace_']

const kindsOf = {
  struct: [btfKind.struct],
  union: [btfKind.union],
  enum: [btfKind.enum, btfKind.enum64],
  typedef: [btfKind.typedef],
  function: [btfKind.function],
} as const
type Indexed = keyof typeof kindsOf

/** One BTF file: `vmlinux` or a module. */
class NamedTypes {
  readonly module: string
  readonly types: BtfTypes
  readonly #ids = new Map<Indexed, NameTable>()
  #enumerators: NameTable | undefined

  constructor(module: string, types: BtfTypes) {
    this.module = module
    this.types = types
  }

  /** Ids by name. Of several types of one name the first counts, as it does for libbpf. */
  ids(kind: Indexed): NameTable {
    const known = this.#ids.get(kind)
    if (known !== undefined) return known
    const { file } = this.types
    const ids = [...file.ids(...kindsOf[kind])]
    const made = new NameTable(file, ids.length)
    for (const id of ids) made.add(file.nameOffset(id), id)
    this.#ids.set(kind, made)
    return made
  }

  /** The enum of every enumerator, by id. */
  enumerators(): NameTable {
    this.#enumerators ??= this.#readEnumerators()
    return this.#enumerators
  }

  #readEnumerators(): NameTable {
    const { file } = this.types
    const ids = [...file.ids(...kindsOf.enum)]
    const made = new NameTable(
      file,
      ids.reduce((sum, id) => sum + file.count(id), 0),
    )
    for (const id of ids) for (const name of this.types.enumeratorNames(id)) made.add(name, id)
    return made
  }

  /** The names of a table, as strings. */
  *namesIn({ places }: NameTable): Generator<string> {
    for (const place of places) yield this.types.file.string(place)
  }
}

export class BtfFacts implements TypeFacts {
  readonly #files: NamedTypes[] = []
  readonly #names = new Map<string, readonly string[]>()

  /** The kernel's own file comes first: its names win over those of modules. */
  add(module: string, types: BtfTypes): void {
    this.#files.push(new NamedTypes(module, types))
    this.#names.clear()
  }

  record(keyword: 'struct' | 'union', name: string): CRecord | undefined {
    const type = this.#type(keyword, name)
    return type?.kind === 'record' ? type : undefined
  }

  enumeration(name: string): CEnum | undefined {
    const type = this.#type('enum', name)
    return type?.kind === 'enum' ? type : undefined
  }

  typedef(name: string) {
    const type = this.#type('typedef', name)
    return type?.kind === 'typedef' ? type : undefined
  }

  enumerator(name: string) {
    for (const file of this.#files) {
      const id = file.enumerators().get(name)
      const enumeration = id === undefined ? undefined : file.types.type(id)
      if (enumeration?.kind !== 'enum') continue
      const found = enumeration.values.find((one) => one.name === name)
      if (found !== undefined) return { value: found.value, enumeration }
    }
    return undefined
  }

  signature(name: string, module?: string): CFunction | undefined {
    for (const file of this.#files) {
      if (module !== undefined && file.module !== module) continue
      const id = file.ids('function').get(name)
      if (id !== undefined) return file.types.signature(id)
    }
    return undefined
  }

  rawTracepoint(name: string): CFunction | undefined {
    if (this.#type('typedef', `${RAW_TRACEPOINT}${name}`) === undefined) return undefined
    for (const prefix of rawTracepointFunctions) {
      const signature = this.signature(`${prefix}${name}`)
      if (signature !== undefined) return withoutContext(signature)
    }
    const typedef = this.typedef(`${RAW_TRACEPOINT}${name}`)
    const target = typedef?.target.kind === 'pointer' ? typedef.target.to : undefined
    return target?.kind === 'function' ? withoutContext(target) : undefined
  }

  names(kind: Listed): readonly string[] {
    const known = this.#names.get(kind)
    if (known !== undefined) return known
    const made = this.#list(kind)
    this.#names.set(kind, made)
    return made
  }

  #list(kind: Listed): readonly string[] {
    switch (kind) {
      case 'rawtracepoint':
        return this.names('typedef')
          .filter((name) => name.startsWith(RAW_TRACEPOINT))
          .map((name) => name.slice(RAW_TRACEPOINT.length))
      case 'enumerator':
        return sortedNames(this.#files.map((file) => file.namesIn(file.enumerators())))
      default:
        return sortedNames(this.#files.map((file) => file.namesIn(file.ids(kind))))
    }
  }

  #type(kind: Exclude<Indexed, 'function'>, name: string) {
    for (const file of this.#files) {
      const id = file.ids(kind).get(name)
      if (id !== undefined) return file.types.type(id)
    }
    return undefined
  }
}

function withoutContext(signature: CFunction): CFunction {
  return { ...signature, params: signature.params.slice(1) }
}

function sortedNames(lists: readonly Iterable<string>[]): readonly string[] {
  return [...new Set(lists.flatMap((names) => [...names]))].sort()
}
