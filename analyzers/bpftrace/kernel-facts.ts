/**
 * What a kernel knows, behind one interface. `services/kernel` fills it from a live machine or from the bundled
 * snapshot; the checker, completion, hover and the cost model read it. Nothing here reads a file: an implementation
 * answers from what it has loaded, lazily where that is large (`fields`, `to` and `target` may be getters).
 */

/** A C type with its layout on the target machine. Sizes and offsets are bytes, bit sizes bits. */
export type CType = CVoid | CInteger | CFloat | CPointer | CArray | CRecord | CEnum | CTypedef | CFunction

export interface CVoid {
  readonly kind: 'void'
}
export interface CInteger {
  readonly kind: 'integer'
  /** As C spells it: `unsigned int`, `char`, `_Bool`. */
  readonly name: string
  readonly size: number
  readonly signed: boolean
  readonly encoding: 'number' | 'char' | 'bool'
}
export interface CFloat {
  readonly kind: 'float'
  readonly name: string
  readonly size: number
}
export interface CPointer {
  readonly kind: 'pointer'
  readonly to: CType
  /** From BTF type tags: `user`, `percpu`, `rcu`. */
  readonly tags?: readonly string[]
}
export interface CArray {
  readonly kind: 'array'
  readonly of: CType
  /** 0 for a flexible array member. */
  readonly length: number
  /** Written with empty brackets, which is not the same as a length of 0 to a compiler that asks clang. */
  readonly isFlexible?: boolean
}
export interface CRecord {
  readonly kind: 'record'
  readonly keyword: 'struct' | 'union'
  /** Empty for an anonymous one. */
  readonly name: string
  readonly size: number
  readonly fields: readonly CField[]
  /** Only declared, never defined: it has no known size or fields. */
  readonly incomplete?: boolean
}
export interface CField {
  /** Empty for an anonymous struct or union member, whose fields count as the outer one's. */
  readonly name: string
  readonly type: CType
  /** Byte offset of the field, or for a bitfield of the storage that holds it. */
  readonly offset: number
  readonly bits?: { readonly offset: number; readonly size: number }
}
export interface CEnum {
  readonly kind: 'enum'
  readonly name: string
  readonly size: number
  readonly signed: boolean
  readonly values: readonly { readonly name: string; readonly value: bigint }[]
}
export interface CTypedef {
  readonly kind: 'typedef'
  readonly name: string
  readonly target: CType
}
export interface CFunction {
  readonly kind: 'function'
  readonly returns: CType
  readonly params: readonly { readonly name: string; readonly type: CType }[]
  readonly variadic: boolean
}

export interface TracepointFormat {
  readonly category: string
  readonly event: string
  /** Without the common fields unless the source has nothing else. */
  readonly fields: readonly TracepointField[]
  /** The kernel's own print format, where known. */
  readonly print?: string
}
export interface TracepointField {
  readonly name: string
  /** The C declaration as the kernel prints it: `const char * filename`, `char[16]`, `__data_loc char[]`. */
  readonly declaration: string
  readonly offset: number
  readonly size: number
  readonly signed: boolean
}

/** What a uprobe or USDT probe can name in one program or library. */
export interface BinaryNames {
  /** The file that the target stands for. */
  readonly path: string
  /** Sorted. */
  readonly functions: readonly string[]
  /** Each place of a probe is one entry. */
  readonly usdt: readonly { readonly provider: string; readonly name: string; readonly arguments: number }[]
}

export interface Binaries {
  /** `pending` while a large file is being read; undefined for what is no program here. */
  find(target: string): BinaryNames | 'pending' | undefined
  /** Files and, with a slash at the end, folders that begin so; sorted. */
  paths(prefix: string): readonly string[]
  /** Whether a program or library is found by this name; nothing is read for it. */
  isThere?(target: string): boolean
  /** Programs that run now, each file once, with one of its processes; by path. */
  running?(): readonly { readonly path: string; readonly pid: number }[]
  /** Files that a process executes code from, its program first; undefined where it is gone or may not be looked at. */
  ofProcess?(pid: number): readonly string[] | undefined
  /** The process that programs are about: `*` as a target is all of its files. */
  readonly process?: { readonly pid: number; readonly files: readonly string[] }
}

/** Whether a name's absence means that this kernel lacks it (`complete`), or only that nobody knows (`partial`). */
export type Coverage = 'complete' | 'partial' | 'none'

export interface KernelFacts {
  readonly source: {
    readonly kind: 'none' | 'snapshot' | 'live' | 'file'
    /** Release such as `6.18.44`; empty when unknown. */
    readonly kernel: string
    /** The release that was asked for and that the snapshot stands in for. */
    readonly standsFor?: string
    /** One sentence for people: what is used and why. */
    readonly description: string
  }
  readonly coverage: { readonly types: Coverage; readonly functions: Coverage; readonly tracepoints: Coverage }

  /** Options the kernel was built with (`CONFIG_KPROBES`: `y`); absent where it does not say. */
  readonly config?: ReadonlyMap<string, string>

  /** Whether the kernel lets functions be traced at their entry, as fentry needs; absent where it does not say. */
  readonly functionTracing?: boolean

  record(keyword: 'struct' | 'union', name: string): CRecord | undefined
  enumeration(name: string): CEnum | undefined
  typedef(name: string): CTypedef | undefined
  /** A named enum value of any enum, as bpftrace resolves bare identifiers. */
  enumerator(name: string): { readonly value: bigint; readonly enumeration: CEnum } | undefined
  /** The signature of a kernel function, of `module` where given (`vmlinux` is the kernel itself). */
  signature(name: string, module?: string): CFunction | undefined
  /** The arguments of a raw tracepoint as BTF has them, without the leading context. */
  rawTracepoint(name: string): CFunction | undefined
  tracepoint(category: string, event: string): TracepointFormat | undefined

  /** Programs and libraries of the machine that the kernel runs on; absent where they cannot be looked at. */
  readonly binaries?: Binaries

  /** All names of a kind in sorted order, for completion, wildcards and did-you-mean. */
  names(
    kind:
      | 'struct'
      | 'union'
      | 'enum'
      | 'enumerator'
      | 'typedef'
      | 'function'
      | 'tracepoint'
      | 'rawtracepoint'
      | 'module',
  ): readonly string[]
}
