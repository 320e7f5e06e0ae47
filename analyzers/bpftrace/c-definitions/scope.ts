/**
 * The names of C types while definitions are read. A record may be named before it is defined, so every mention of
 * `struct S` is the same object, which is filled in when the definition comes, and otherwise answers from the kernel.
 */
import type { CEnum, CField, CRecord, CType, KernelFacts } from '../kernel-facts.ts'
import { standardTypedef } from './base-types.ts'

/** A `struct` or `union` by name. */
export class NamedRecord implements CRecord {
  readonly kind = 'record'
  readonly keyword: 'struct' | 'union'
  readonly name: string
  readonly #kernel: KernelFacts
  #own: { readonly size: number; readonly fields: readonly CField[] } | undefined

  constructor(keyword: 'struct' | 'union', name: string, kernel: KernelFacts) {
    this.keyword = keyword
    this.name = name
    this.#kernel = kernel
  }

  define(fields: readonly CField[], size: number): void {
    this.#own = { fields, size }
  }

  get isDefined(): boolean {
    return this.#own !== undefined
  }

  get #definition() {
    return this.#own ?? (this.name === '' ? undefined : this.#kernel.record(this.keyword, this.name))
  }

  get size(): number {
    return this.#definition?.size ?? 0
  }

  get fields(): readonly CField[] {
    return this.#definition?.fields ?? []
  }

  get incomplete(): boolean {
    const definition = this.#definition
    return definition === undefined || ('incomplete' in definition && definition.incomplete === true)
  }
}

export class Scope {
  readonly records = new Map<string, NamedRecord>()
  readonly typedefs = new Map<string, CType>()
  readonly enums = new Map<string, CEnum>()
  readonly enumerators = new Map<string, { readonly value: bigint; readonly enumeration: string }>()
  readonly kernel: KernelFacts

  constructor(kernel: KernelFacts) {
    this.kernel = kernel
  }

  /** The one object for this name; an anonymous record is always a new one. */
  record(keyword: 'struct' | 'union', name: string): NamedRecord {
    const key = `${keyword} ${name}`
    const known = name === '' ? undefined : this.records.get(key)
    if (known) return known
    const record = new NamedRecord(keyword, name, this.kernel)
    if (name !== '') this.records.set(key, record)
    return record
  }

  typedef(name: string): CType | undefined {
    return this.typedefs.get(name) ?? this.kernel.typedef(name) ?? standardTypedef(name)
  }

  enumeration(name: string): CEnum | undefined {
    return this.enums.get(name) ?? this.kernel.enumeration(name)
  }

  constant(name: string): bigint | undefined {
    return this.enumerators.get(name)?.value ?? this.kernel.enumerator(name)?.value
  }
}
