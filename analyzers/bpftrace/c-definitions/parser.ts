/**
 * Declarations of C: records, enums, typedefs, and members with pointers, arrays, bit-fields and function pointers.
 * Tolerant: what it does not know it skips to the next semicolon, and it never throws.
 */
import type { CEnum, CType } from '../kernel-facts.ts'
import { baseType, specifierWords, voidType } from './base-types.ts'
import { type ConstantNames, evaluateConstant } from './constant.ts'
import { layOut, type Member, noteAlignment, sizeOf } from './layout.ts'
import type { Problem } from './preprocessor.ts'
import { NamedRecord, type Scope } from './scope.ts'
import type { CToken } from './tokens.ts'

const qualifiers: ReadonlySet<string> = new Set([
  ...['const', 'volatile', 'restrict', '__restrict', '__const', '__volatile__', 'extern', 'static', 'inline'],
  ...['__inline', '__inline__', 'register', '_Atomic', '__extension__', '__user', '__rcu', '__percpu', '__iomem'],
])

interface Attributes {
  packed: boolean
  align: number
}

interface Declarator {
  readonly name: string
  readonly type: CType
  readonly token: CToken | undefined
}

const DEPTH_LIMIT = 100
const END: CToken = { kind: 'mark', text: '', span: { start: 0, end: 0 } }

export class CParser {
  readonly problems: Problem[] = []
  readonly #tokens: readonly CToken[]
  readonly #scope: Scope
  readonly #names: ConstantNames
  /** Names may exist that nobody knows: an unknown type is then no fault. */
  readonly #lenient: boolean
  #at = 0
  #depth = 0

  constructor(tokens: readonly CToken[], scope: Scope, lenient: boolean) {
    this.#tokens = tokens
    this.#scope = scope
    this.#lenient = lenient
    this.#names = {
      value: (name) => scope.constant(name),
      sizeOf: (inner) => this.#sizeOfSpelled(inner),
    }
  }

  /** Reads everything there is. */
  run(): void {
    while (this.#at < this.#tokens.length) {
      const before = this.#at
      this.#declaration()
      if (this.#at === before) this.#at++
    }
  }

  get #token(): CToken {
    return this.#tokens[this.#at] ?? END
  }

  #eat(text: string): boolean {
    if (this.#token.text !== text) return false
    this.#at++
    return true
  }

  #problem(message: string, token: CToken = this.#token): void {
    this.problems.push({ span: token.span, message })
  }

  /** One declaration at the top: a definition, a typedef, or something that is of no interest. */
  #declaration(): void {
    if (this.#eat(';')) return
    const isTypedef = this.#eat('typedef')
    const type = this.#specifiers()
    if (!type) return this.#skip()
    if (this.#eat(';')) return
    // A definition in a script may do without its semicolon: what follows is the next one.
    if (!isTypedef && startsDefinition(this.#token)) return
    do {
      const declarator = this.#declarator(type)
      if (isTypedef && declarator.name !== '') {
        const target = declarator.type
        this.#scope.typedefs.set(declarator.name, { kind: 'typedef', name: declarator.name, target })
      }
      this.#attributes()
    } while (this.#eat(','))
    if (!this.#eat(';')) this.#skip()
  }

  /** Skips to behind the next semicolon or block. */
  #skip(): void {
    let depth = 0
    while (this.#at < this.#tokens.length) {
      const { text } = this.#token
      this.#at++
      if (text === '{' || text === '(' || text === '[') depth++
      else if (text === ')' || text === ']') depth--
      else if (text === '}' && --depth <= 0) return
      else if (text === ';' && depth <= 0) return
    }
  }

  /** The type that specifiers and qualifiers name; undefined when none is here. */
  #specifiers(): CType | undefined {
    const words: string[] = []
    let named: CType | undefined
    const start = this.#token
    for (;;) {
      const { text, kind } = this.#token
      if (kind !== 'word') break
      if (text === '__attribute__' || text === '__attribute') this.#attributes()
      else if (qualifiers.has(text)) this.#at++
      else if (specifierWords.has(text)) {
        words.push(text)
        this.#at++
      } else if (text === 'struct' || text === 'union') named = this.#record(text)
      else if (text === 'enum') named = this.#enum()
      else if (text === 'typeof' || text === '__typeof__' || text === '_Alignas') return undefined
      else if (named || words.length > 0) break
      else {
        named = this.#typedefName(text)
        this.#at++
      }
    }
    if (named) return named
    const base = baseType(words)
    if (words.length > 0 && !base) this.#problem(`\`${words.join(' ')}\` is no type`, start)
    return base
  }

  #typedefName(name: string): CType {
    const known = this.#scope.typedef(name)
    if (known) return known
    if (!this.#lenient) this.#problem(`unknown type name '${name}'`)
    return { kind: 'typedef', name, target: voidType }
  }

  #attributes(): Attributes {
    const found: Attributes = { packed: false, align: 0 }
    while (this.#token.text === '__attribute__' || this.#token.text === '__attribute') {
      this.#at++
      const inside = this.#group('(', ')')
      inside.forEach((token, index) => {
        if (/^_*packed_*$/.test(token.text)) found.packed = true
        if (!/^_*aligned_*$/.test(token.text)) return
        const value =
          inside[index + 1]?.text === '(' ? evaluateConstant(upTo(inside.slice(index + 2), ')'), this.#names) : 16n
        found.align = Math.max(found.align, Number(value ?? 0n))
      })
    }
    return found
  }

  /** The tokens inside the group that opens here, which is taken with its brackets; none when it does not open. */
  #group(open: string, close: string): readonly CToken[] {
    if (this.#token.text !== open) return []
    const start = this.#at + 1
    let depth = 0
    while (this.#at < this.#tokens.length) {
      const { text } = this.#token
      this.#at++
      if (text === open) depth++
      else if (text === close && --depth === 0) return this.#tokens.slice(start, this.#at - 1)
    }
    return this.#tokens.slice(start)
  }

  #record(keyword: 'struct' | 'union'): CType {
    this.#at++
    const before = this.#attributes()
    const nameToken = this.#token
    const name = nameToken.kind === 'word' ? nameToken.text : ''
    if (name !== '') this.#at++
    const afterName = this.#at
    const after = this.#attributes()
    if (this.#token.text !== '{') return this.#scope.record(keyword, name)
    if (name !== '' && this.#at > afterName) this.#problem("expected identifier or '(': attributes go before the name")
    if (this.#depth >= DEPTH_LIMIT) {
      this.#group('{', '}')
      return voidType
    }
    const known = this.#scope.record(keyword, name)
    const record = known.isDefined ? new NamedRecord(keyword, name, this.#scope.kernel) : known
    if (known.isDefined) this.#problem(`redefinition of '${name}'`, nameToken)
    this.#depth++
    const members = this.#members()
    this.#depth--
    const behind = this.#attributes()
    const { fields, size, alignment } = layOut(members, {
      keyword,
      packed: before.packed || after.packed || behind.packed,
      align: Math.max(before.align, after.align, behind.align),
    })
    record.define(fields, size)
    noteAlignment(record, alignment)
    return record
  }

  #members(): readonly Member[] {
    const members: Member[] = []
    const seen = new Set<string>()
    this.#at++
    while (this.#at < this.#tokens.length && !this.#eat('}')) {
      const before = this.#at
      if (!this.#eat(';')) this.#member(members, seen)
      if (this.#at === before) this.#at++
    }
    return members
  }

  #member(members: Member[], seen: Set<string>): void {
    const leading = this.#attributes()
    const type = this.#specifiers()
    if (!type) {
      this.#problem('expected a member')
      return this.#skipMember()
    }
    if (this.#token.text === ';' || this.#token.text === '}') {
      if (type.kind === 'record' && type.name === '') members.push({ name: '', type, bits: undefined, align: 0 })
      this.#eat(';')
      return
    }
    do {
      const declarator = this.#declarator(type)
      const bits = this.#eat(':') ? this.#constant([',', ';', '}', '__attribute__']) : undefined
      const { align } = this.#attributes()
      this.#checkMember(declarator, seen, bits !== undefined)
      if (bits !== undefined) this.#checkWidth(declarator, bits)
      members.push({
        ...declarator,
        bits: bits === undefined ? undefined : Number(bits),
        align: Math.max(align, leading.align),
      })
    } while (this.#eat(','))
    if (this.#eat(';') || this.#token.text === '}') return
    this.#problem("expected ';' after a member")
    this.#skipMember()
  }

  #checkMember({ name, type, token }: Declarator, seen: Set<string>, isBitField: boolean): void {
    if (name === '') {
      if (!isBitField) this.#problem('a member without a name', token)
      return
    }
    if (seen.has(name)) this.#problem(`duplicate member '${name}'`, token)
    seen.add(name)
    const held = heldType(type)
    if (type.kind === 'void' && !this.#lenient) this.#problem("field has incomplete type 'void'", token)
    const isOpen = held.kind === 'record' && held instanceof NamedRecord && held.incomplete && !this.#lenient
    if (isOpen) this.#problem(`field has incomplete type '${held.keyword} ${held.name}'`, token)
    if (held.kind === 'enum' && held.size === 0 && !this.#lenient) {
      this.#problem(`field has incomplete type 'enum ${held.name}'`, token)
    }
  }

  #checkWidth({ name, type, token }: Declarator, bits: bigint): void {
    const width = sizeOf(type) * 8
    if (bits < 0n) this.#problem(`bit-field '${name}' has a negative width`, token)
    else if (width > 0 && bits > width) {
      this.#problem(`the width of bit-field '${name}' (${bits}) exceeds that of its type (${width})`, token)
    }
  }

  #skipMember(): void {
    let depth = 0
    while (this.#at < this.#tokens.length) {
      const { text } = this.#token
      if (depth === 0 && text === '}') return
      this.#at++
      if (text === '{' || text === '(') depth++
      else if (text === '}' || text === ')') depth--
      else if (text === ';' && depth <= 0) return
    }
  }

  /** Pointers, a name or a parenthesized declarator, then arrays and parameters. */
  #declarator(base: CType): Declarator {
    let type = base
    for (;;) {
      if (this.#eat('*')) type = { kind: 'pointer', to: type }
      else if (qualifiers.has(this.#token.text)) this.#at++
      else if (this.#token.text === '__attribute__') this.#attributes()
      else break
    }
    if (this.#token.text === '(' && this.#depth < DEPTH_LIMIT) return this.#nestedDeclarator(type)
    const token = this.#token
    const name = token.kind === 'word' ? token.text : ''
    if (name !== '') this.#at++
    return { name, type: this.#suffixes(type), token }
  }

  /** `(*name)(…)`: what is inside applies to what the suffixes make of the outer type. */
  #nestedDeclarator(outer: CType): Declarator {
    const inside = this.#group('(', ')')
    const type = this.#suffixes(outer)
    const inner = new CParser(inside, this.#scope, this.#lenient)
    inner.#depth = this.#depth + 1
    const declarator = inner.#declarator(type)
    this.problems.push(...inner.problems)
    return declarator
  }

  #suffixes(type: CType): CType {
    if (this.#token.text === '(') {
      this.#group('(', ')')
      return { kind: 'function', returns: type, params: [], variadic: false }
    }
    const lengths: (number | undefined)[] = []
    while (this.#token.text === '[') {
      const inside = this.#group('[', ']')
      const length = inside.length === 0 ? undefined : this.#arrayLength(inside)
      lengths.push(length)
    }
    return lengths.reduceRight<CType>(
      (of, length) => ({ kind: 'array', of, ...(length === undefined ? { length: 0, isFlexible: true } : { length }) }),
      type,
    )
  }

  #arrayLength(inside: readonly CToken[]): number {
    const length = evaluateConstant(inside, this.#names)
    if (length === undefined && !this.#lenient) this.#problem('the size of an array is to be a constant', inside[0])
    if (length === undefined || length >= 0n) return Number(length ?? 0n)
    this.#problem('an array with a negative size', inside[0])
    return 0
  }

  /** The constant up to one of `ends`, which is not taken. */
  #constant(ends: readonly string[]): bigint | undefined {
    const start = this.#at
    let depth = 0
    while (this.#at < this.#tokens.length) {
      const { text } = this.#token
      if (depth === 0 && ends.includes(text)) break
      if (text === '(') depth++
      else if (text === ')') depth--
      this.#at++
    }
    return evaluateConstant(this.#tokens.slice(start, this.#at), this.#names)
  }

  #enum(): CType {
    this.#at++
    this.#attributes()
    const nameToken = this.#token
    const name = nameToken.kind === 'word' ? nameToken.text : ''
    if (name !== '') this.#at++
    if (this.#token.text !== '{') {
      return (
        this.#scope.enumeration(name) ?? { kind: 'enum', name, size: this.#lenient ? 4 : 0, signed: false, values: [] }
      )
    }
    if (name !== '' && this.#scope.enums.has(name)) this.#problem(`redefinition of '${name}'`, nameToken)
    this.#at++
    const enumeration = makeEnum(name, this.#enumerators(name))
    this.#attributes()
    if (name !== '') this.#scope.enums.set(name, enumeration)
    return enumeration
  }

  #enumerators(enumeration: string): CEnum['values'] {
    const values: { name: string; value: bigint }[] = []
    let next = 0n
    while (this.#at < this.#tokens.length && !this.#eat('}')) {
      const token = this.#token
      this.#at++
      if (token.kind !== 'word') {
        this.#problem('expected the name of an enumerator', token)
        continue
      }
      this.#attributes()
      if (this.#eat('=')) next = this.#enumeratorValue() ?? next
      if (this.#scope.enumerators.has(token.text)) this.#problem(`redefinition of enumerator '${token.text}'`, token)
      this.#scope.enumerators.set(token.text, { value: next, enumeration })
      values.push({ name: token.text, value: next })
      next++
      if (!this.#eat(',') && this.#token.text !== '}') this.#problem("expected ',' or '}' in an enum")
    }
    return values
  }

  #enumeratorValue(): bigint | undefined {
    const start = this.#at
    const value = this.#constant([',', '}'])
    const written = this.#tokens.slice(start, this.#at)
    // What a macro with parameters stands for is not read.
    const isCall = written.some(({ kind }, index) => kind === 'word' && written[index + 1]?.text === '(')
    if (value === undefined && !this.#lenient && !isCall) {
      const unknownName = written.find(({ kind, text }) => kind === 'word' && this.#scope.constant(text) === undefined)
      this.#problem(
        unknownName ? `use of undeclared identifier '${unknownName.text}'` : 'the value of an enumerator is an integer',
        unknownName ?? written[0],
      )
    }
    return value
  }

  #sizeOfSpelled(tokens: readonly CToken[]): number | undefined {
    const [first] = tokens
    if (first?.kind !== 'word') return undefined
    const isType =
      specifierWords.has(first.text) ||
      qualifiers.has(first.text) ||
      ['struct', 'union', 'enum'].includes(first.text) ||
      this.#scope.typedef(first.text) !== undefined
    if (!isType || this.#depth >= DEPTH_LIMIT) return undefined
    const inner = new CParser(tokens, this.#scope, true)
    inner.#depth = this.#depth + 1
    const type = inner.#specifiers()
    return type && sizeOf(inner.#declarator(type).type)
  }
}

function startsDefinition({ text, kind }: CToken): boolean {
  return kind === 'mark' ? text === '' : text === 'struct' || text === 'union' || text === 'enum' || text === 'typedef'
}

/** What an object of this type holds by value: arrays and typedefs looked through. */
function heldType(type: CType): CType {
  let held = type
  while (held.kind === 'array' || held.kind === 'typedef') held = held.kind === 'array' ? held.of : held.target
  return held
}

function makeEnum(name: string, values: CEnum['values']): CEnum {
  const signed = values.some(({ value }) => value < 0n)
  const wide = values.some(
    ({ value }) => value > 0xffffffffn || value < -0x80000000n || (signed && value > 0x7fffffffn),
  )
  return { kind: 'enum', name, size: wide ? 8 : 4, signed, values }
}

function upTo(tokens: readonly CToken[], close: string): readonly CToken[] {
  const end = tokens.findIndex(({ text }) => text === close)
  return end < 0 ? tokens : tokens.slice(0, end)
}
