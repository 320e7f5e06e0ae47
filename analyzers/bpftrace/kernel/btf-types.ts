/**
 * The records of a BTF file as C types: qualifiers dropped, layouts in bytes, everything that leads on to other types
 * made only when it is asked for, so that `task_struct` costs no more than its own fields.
 */
import type { CEnum, CField, CFunction, CRecord, CType } from '../kernel-facts.ts'
import { type BtfFile, btfKind } from './btf-file.ts'

const VOID: CType = { kind: 'void' }

/** Longer chains of qualifiers and typedefs are cycles of a broken file. */
const CHAIN_LIMIT = 64

const INT_SIGNED = 1
const INT_CHAR = 2
const INT_BOOL = 4

const qualifiers: ReadonlySet<number> = new Set([
  btfKind.const,
  btfKind.volatile,
  btfKind.restrict,
  btfKind.typeTag,
  btfKind.declarationTag,
])

export class BtfTypes {
  readonly file: BtfFile
  readonly pointerSize: number
  readonly #made = new Map<number, CType>()

  constructor(file: BtfFile, pointerSize = 8) {
    this.file = file
    this.pointerSize = pointerSize
  }

  /** The C type of a record; `void` for an id of no record and for what is no type. */
  type(id: number): CType {
    const target = this.#unqualified(id)
    const known = this.#made.get(target)
    if (known !== undefined) return known
    const made = this.#make(target)
    this.#made.set(target, made)
    return made
  }

  /** The signature of a `function` record. */
  signature(id: number): CFunction {
    return this.#prototype(this.file.kind(id) === btfKind.function ? this.file.sizeOrType(id) : id)
  }

  #unqualified(id: number): number {
    let target = id
    for (let step = 0; step < CHAIN_LIMIT && qualifiers.has(this.file.kind(target)); step++) {
      target = this.file.sizeOrType(target)
    }
    return qualifiers.has(this.file.kind(target)) ? 0 : target
  }

  #make(id: number): CType {
    const { file } = this
    switch (file.kind(id)) {
      case btfKind.integer:
        return this.#integer(id)
      case btfKind.float:
        return { kind: 'float', name: file.name(id), size: file.sizeOrType(id) }
      case btfKind.pointer:
        return this.#pointer(id)
      case btfKind.array:
        return this.#array(id)
      case btfKind.struct:
      case btfKind.union:
        return this.#record(id)
      case btfKind.forward:
        return {
          kind: 'record',
          keyword: file.flag(id) ? 'union' : 'struct',
          name: file.name(id),
          size: 0,
          fields: [],
          incomplete: true,
        }
      case btfKind.enum:
      case btfKind.enum64:
        return this.#enumeration(id)
      case btfKind.typedef:
        return this.#typedef(id)
      case btfKind.prototype:
        return this.#prototype(id)
      default:
        return VOID
    }
  }

  #integer(id: number): CType {
    const encoding = (this.file.word(id, 0) >>> 24) & 0x0f
    return {
      kind: 'integer',
      name: this.file.name(id),
      size: this.file.sizeOrType(id),
      signed: (encoding & INT_SIGNED) !== 0,
      encoding: encoding & INT_BOOL ? 'bool' : encoding & INT_CHAR || this.file.name(id) === 'char' ? 'char' : 'number',
    }
  }

  #pointer(id: number): CType {
    const types = this
    const target = this.file.sizeOrType(id)
    const tags = this.#typeTags(target)
    return {
      kind: 'pointer',
      get to() {
        return types.type(target)
      },
      ...(tags.length > 0 ? { tags } : {}),
    }
  }

  /** `__user` and its like stand between a pointer and what it points to. */
  #typeTags(id: number): string[] {
    const tags: string[] = []
    let target = id
    for (let step = 0; step < CHAIN_LIMIT && qualifiers.has(this.file.kind(target)); step++) {
      if (this.file.kind(target) === btfKind.typeTag) tags.push(this.file.name(target))
      target = this.file.sizeOrType(target)
    }
    return tags
  }

  #array(id: number): CType {
    const types = this
    const element = this.file.word(id, 0)
    return {
      kind: 'array',
      length: this.file.word(id, 2),
      get of() {
        return types.type(element)
      },
    }
  }

  #record(id: number): CRecord {
    const types = this
    let fields: readonly CField[] | undefined
    return {
      kind: 'record',
      keyword: this.file.kind(id) === btfKind.union ? 'union' : 'struct',
      name: this.file.name(id),
      size: this.file.sizeOrType(id),
      get fields() {
        fields ??= types.#fields(id)
        return fields
      },
    }
  }

  #fields(id: number): CField[] {
    const { file } = this
    const withBitfields = file.flag(id)
    return Array.from({ length: file.count(id) }, (_, index) => {
      const [nameAt, typeId, place] = [0, 1, 2].map((word) => file.word(id, index * 3 + word)) as [
        number,
        number,
        number,
      ]
      const bitOffset = withBitfields ? place & 0xffffff : place
      const bitSize = withBitfields ? place >>> 24 : this.#legacyBits(typeId)
      return this.#field(file.string(nameAt), typeId, bitOffset, bitSize)
    })
  }

  /** Before the flag, a bitfield was an integer type of fewer bits than its size. */
  #legacyBits(typeId: number): number {
    const id = this.#unqualified(typeId)
    if (this.file.kind(id) !== btfKind.integer) return 0
    const bits = this.file.word(id, 0) & 0xff
    return bits < this.file.sizeOrType(id) * 8 ? bits : 0
  }

  #field(name: string, typeId: number, bitOffset: number, bitSize: number): CField {
    const types = this
    const storage = bitSize > 0 ? this.#bitfieldStorage(typeId, bitOffset, bitSize) : bitOffset >>> 3
    return {
      name,
      offset: storage,
      get type() {
        return types.type(typeId)
      },
      ...(bitSize > 0 ? { bits: { offset: bitOffset - storage * 8, size: bitSize } } : {}),
    }
  }

  /** The aligned unit of the declared type that holds a bitfield; packed ones may only start at some byte. */
  #bitfieldStorage(typeId: number, bitOffset: number, bitSize: number): number {
    const size = this.size(typeId) || 1
    const aligned = Math.floor(bitOffset / (size * 8)) * size
    return bitOffset + bitSize <= (aligned + size) * 8 ? aligned : bitOffset >>> 3
  }

  #enumeration(id: number): CEnum {
    const { file } = this
    const wide = file.kind(id) === btfKind.enum64
    const signed = file.flag(id)
    const words = wide ? 3 : 2
    let values: CEnum['values'] | undefined
    return {
      kind: 'enum',
      name: file.name(id),
      size: file.sizeOrType(id),
      signed,
      get values() {
        values ??= Array.from({ length: file.count(id) }, (_, index) => {
          const low = file.word(id, index * words + 1)
          const value = wide ? (BigInt(file.word(id, index * words + 2)) << 32n) | BigInt(low) : BigInt(low)
          return {
            name: file.string(file.word(id, index * words)),
            value: signed ? BigInt.asIntN(wide ? 64 : 32, value) : value,
          }
        })
        return values
      },
    }
  }

  /** String offsets of names alone: to index them all, no value has to be made. */
  *enumeratorNames(id: number): Generator<number> {
    const words = this.file.kind(id) === btfKind.enum64 ? 3 : 2
    const count = this.file.count(id)
    for (let index = 0; index < count; index++) yield this.file.word(id, index * words)
  }

  #typedef(id: number): CType {
    const types = this
    return {
      kind: 'typedef',
      name: this.file.name(id),
      get target() {
        return types.#endsInCycle(id) ? VOID : types.type(types.file.sizeOrType(id))
      },
    }
  }

  /** Only a broken file has a typedef of itself; readers follow typedefs without counting. */
  #endsInCycle(id: number): boolean {
    let target = id
    for (let step = 0; step < CHAIN_LIMIT; step++) {
      if (this.file.kind(target) !== btfKind.typedef) return false
      target = this.#unqualified(this.file.sizeOrType(target))
    }
    return true
  }

  #prototype(id: number): CFunction {
    const types = this
    const { file } = this
    const isPrototype = file.kind(id) === btfKind.prototype
    const count = isPrototype ? file.count(id) : 0
    // A last parameter without name and type stands for `...`.
    const variadic = count > 0 && file.word(id, count * 2 - 2) === 0 && file.word(id, count * 2 - 1) === 0
    const params = Array.from({ length: variadic ? count - 1 : count }, (_, index) => {
      const typeId = file.word(id, index * 2 + 1)
      return {
        name: file.string(file.word(id, index * 2)),
        get type() {
          return types.type(typeId)
        },
      }
    })
    return {
      kind: 'function',
      get returns() {
        return isPrototype ? types.type(file.sizeOrType(id)) : VOID
      },
      params,
      variadic,
    }
  }

  /** Bytes of a type; 0 for what has none and for broken nesting. */
  size(id: number, depth = 0): number {
    const target = this.#unqualified(id)
    const { file } = this
    if (depth > CHAIN_LIMIT) return 0
    switch (file.kind(target)) {
      case btfKind.pointer:
        return this.pointerSize
      case btfKind.array:
        return file.word(target, 2) * this.size(file.word(target, 0), depth + 1)
      case btfKind.typedef:
        return this.size(file.sizeOrType(target), depth + 1)
      case btfKind.function:
      case btfKind.prototype:
      case btfKind.forward:
      case btfKind.void:
        return 0
      default:
        return file.sizeOrType(target)
    }
  }
}
