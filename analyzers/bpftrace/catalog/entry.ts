/**
 * The shape of a catalog entry: one language concept, what it is, since when and until when it exists, what it needs.
 * Facts only: what the checker does with them is not known here. Dates are bpftrace versions `X.Y[.Z]`; "0.9" means 0.9
 * or earlier.
 */
export interface Lifetime {
  readonly since: string
  readonly deprecatedIn?: string
  /** First version without it. */
  readonly removedIn?: string
  readonly replacedBy?: string
}

export interface KernelNeed {
  /** Linux version. */
  readonly since: string
  readonly because?: string
}

export interface CatalogEntry extends Lifetime {
  /** As it is written in a program; for a construct its identifier. */
  readonly name: string
  /** One paragraph. */
  readonly description: string
  readonly kernel?: KernelNeed
  /** Accepted by the newest version (or by the last one that had it). */
  readonly example?: string
  /** The same for 0.17, where that needs another text. */
  readonly classicExample?: string
  /** Command line arguments that the example needs. */
  readonly flags?: readonly string[]
  readonly notes?: string
  /** Compilers that were seen to accept the example. */
  readonly acceptedBy?: readonly string[]
  /** Compilers that refused it only for want of a kernel feature on the machine. */
  readonly machineLimited?: readonly string[]
}

export interface AttachPointForm {
  readonly form: string
  readonly since?: string
  readonly removedIn?: string
  readonly kernel?: KernelNeed
  readonly needs?: string
  readonly replacedBy?: string
}

export interface ProbeTypeEntry extends CatalogEntry {
  /** Unique; several forms of one type share a name. */
  readonly id: string
  readonly shortNames: readonly string[]
  readonly aliases: readonly string[]
  /** Forms of the attach point. */
  readonly syntax: readonly string[]
  readonly arguments: string
  readonly wildcards: boolean
  readonly exposes: readonly string[]
  readonly kernelConfig?: readonly string[]
  readonly unsafe?: boolean
  readonly events?: readonly { readonly name: string; readonly alias?: string; readonly defaultCount: number }[]
  readonly iterators?: readonly {
    readonly name: string
    readonly fields: readonly string[]
    readonly since: string | null
    readonly kernel?: KernelNeed
  }[]
  readonly forms?: readonly AttachPointForm[]
  readonly variantOf?: string
  readonly aliasOf?: string
}

export interface BuiltinEntry extends CatalogEntry {
  readonly kind: 'builtin' | 'argument' | 'parameter' | 'literal'
  readonly type: string
  /** Probe types, or `*`. */
  readonly validIn: readonly string[]
  readonly typeHistory?: readonly { readonly since?: string; readonly until?: string; readonly type: string }[]
  /** `pid()` beside `pid`. */
  readonly callFormSince?: string
  /** BPF helper behind it. */
  readonly helper?: string
  /** For a family such as `arg0`, `arg1`, …: a regular expression of the names. */
  readonly namePattern?: string
  readonly architectures?: readonly string[]
}

export interface Parameter {
  readonly name: string
  readonly type: string
  readonly optional?: boolean
  readonly variadic?: boolean
}

export interface Signature {
  readonly returns: string
  readonly params: readonly Parameter[]
}

export interface FunctionEntry extends CatalogEntry {
  readonly category: string
  /** In the compiler itself, or a macro of the standard library. */
  readonly implementation: 'compiler' | 'stdlib'
  /** First version in which it is a macro of the standard library. */
  readonly stdlibSince?: string
  readonly mode: 'sync' | 'async' | 'compile-time'
  readonly signatures: readonly Signature[]
  readonly validIn: readonly string[]
  readonly unsafe?: boolean
  readonly helper?: string
  /** Config key that admits it without a warning. */
  readonly unstable?: string
  readonly architectures?: readonly string[]
}

export interface SyntaxEntry extends CatalogEntry {
  readonly group: string
  readonly form?: string
}

export interface ConfigEntry extends CatalogEntry {
  readonly kind: 'config' | 'environment'
  readonly type: string
  readonly default?: string
  readonly allowed?: readonly string[]
  readonly environment?: string
  readonly environmentSince?: string
  readonly blockSince?: string
  readonly defaultHistory?: readonly { readonly since?: string; readonly until?: string; readonly default?: string }[]
  readonly renamedFrom?: string
  readonly invalidExample?: string
}

export interface MigrationEntry {
  readonly name: string
  readonly title: string
  readonly changedIn: string | null
  readonly kind: string
  readonly description: string
  /** What happens to the text before: `error`, `warning`, `silent`, `style`, … */
  readonly effect: string
  readonly automatic: boolean
  readonly before?: string
  readonly after?: string
  readonly lastAcceptingBefore?: string
  readonly flags?: readonly string[]
  readonly notes?: string
}
