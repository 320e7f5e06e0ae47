/**
 * What a program is written for, in the questions that templates ask: what the version knows, what the kernel has, and
 * which of several probes is to be used. Every choice that another target would make differently leaves a note.
 */
import { type Catalog, catalogFor, standing } from '../catalog/index.ts'
import type { CFunction, CType, KernelFacts } from '../kernel-facts.ts'
import { hasName } from '../kernel-names.ts'
import { missingOptions, neededOption } from '../kernel-options.ts'
import { atLeast, formatVersion, type Version } from '../version.ts'

export interface FunctionProbe {
  /** The attach point at the start of the function, and the one at its return. */
  readonly entry: string
  readonly exit: string
  /** The argument with this name or, by position, this number. */
  argument(name: string, position: number): string
  /** The returned value as a signed number. */
  readonly returned: string
}

export class TemplateTarget {
  readonly version: Version
  readonly kernel: KernelFacts
  private readonly catalog: Catalog
  private readonly collected = new Set<string>()

  constructor(version: Version, kernel: KernelFacts) {
    this.version = version
    this.kernel = kernel
    this.catalog = catalogFor(version)
  }

  get notes(): readonly string[] {
    return [...this.collected]
  }

  note(text: string): void {
    this.collected.add(text)
  }

  atLeast(version: string): boolean {
    return atLeast(this.version, version)
  }

  hasFunction(name: string): boolean {
    const entry = this.catalog.function(name)
    if (entry === undefined) return false
    const { kind } = standing(entry, this.version)
    return kind !== 'not-yet' && kind !== 'removed'
  }

  /** `with` where the version knows the function, else `without`, with a note on what that means. */
  spelling(name: string, { with: newer, without, note }: { with: string; without: string; note: string }): string {
    if (this.hasFunction(name)) return newer
    this.note(`bpftrace ${formatVersion(this.version)} has no ${name}(): ${note}`)
    return without
  }

  /** The first tracepoint, `category:event`, that the kernel has; the first of all where nobody knows. */
  tracepoint(candidates: readonly [string, ...string[]]): string {
    const [preferred] = candidates
    const { kernel } = this
    if (kernel.coverage.tracepoints === 'none') return preferred
    const names = kernel.names('tracepoint')
    const found = candidates.find((each) => hasName(names, each))
    if (found === undefined) {
      if (kernel.coverage.tracepoints === 'complete') this.note(`This kernel has no tracepoint ${preferred}.`)
      return preferred
    }
    if (found !== preferred) this.note(`This kernel has no tracepoint ${preferred}: ${found} is used.`)
    return found
  }

  /** Whether the kernel has a tracepoint; so it has where nobody knows. */
  hasTracepoint(name: string): boolean {
    return this.kernel.coverage.tracepoints === 'none' || hasName(this.kernel.names('tracepoint'), name)
  }

  /** The first of these fields that the kernel's structure has; the first of all where nobody knows. */
  recordField(structure: string, candidates: readonly [string, ...string[]]): string {
    const [preferred] = candidates
    const record = this.kernel.record('struct', structure)
    const found = candidates.find((name) => record?.fields.some((field) => field.name === name))
    if (found !== undefined && found !== preferred) {
      this.note(`struct ${structure} of this kernel has ${found} instead of ${preferred}.`)
    }
    return found ?? preferred
  }

  /** Whether a field of a tracepoint is there; so it is where nobody knows. */
  hasField(tracepoint: string, field: string): boolean {
    const [category = '', event = ''] = tracepoint.split(':')
    const format = this.kernel.tracepoint(category, event)
    return format === undefined || format.fields.some(({ name }) => name === field)
  }

  /** A text field of a tracepoint: since Linux 6.9 some are stored behind the event, and are read as other text is. */
  textField(tracepoint: string, field: string): string {
    const [category = '', event = ''] = tracepoint.split(':')
    const found = this.kernel.tracepoint(category, event)?.fields.find(({ name }) => name === field)
    return found?.declaration.includes('__data_loc') ? `str(args.${field})` : `args.${field}`
  }

  /**
   * How to probe a kernel function. fentry and fexit are cheaper than kprobe and name their arguments; they are taken
   * where the version knows them, the types of the machine's own kernel tell that the function has them, and that
   * kernel was built for them.
   */
  functionProbe(name: string): FunctionProbe {
    const signature = this.signatureOf(name)
    const obstacle = signature && this.obstacleTo('fentry')
    if (signature === undefined || obstacle !== undefined) return this.kprobe(name, obstacle)
    this.note(`fentry is used for ${name}, because this kernel has types for it; use kprobe where BTF is missing.`)
    return {
      entry: `fentry:${name}`,
      exit: `fexit:${name}`,
      argument: (argument, position) => `args.${signature.params[position]?.name ?? argument}`,
      returned: '(int64)retval',
    }
  }

  /** The start of a function of the user's choice, and one of its arguments as a number. */
  functionArgument(name: string, position: number): { readonly entry: string; readonly value: string } {
    const parameter = this.signatureOf(name)?.params[position]
    // What the types do not know is still in a register.
    const { entry, argument } = isNumber(parameter?.type) ? this.functionProbe(name) : this.kprobe(name)
    const value = argument('', position)
    return { entry, value: parameter?.type.kind === 'pointer' ? `(uint64)${value}` : value }
  }

  /** The return of a function of the user's choice; fexit has no value where the function returns none. */
  functionReturn(name: string): Pick<FunctionProbe, 'exit' | 'returned'> {
    const signature = this.signatureOf(name)
    if (signature?.returns.kind === 'void') this.note(`By the types of this kernel ${name} returns nothing.`)
    return signature !== undefined && !isNumber(signature.returns) ? this.kprobe(name) : this.functionProbe(name)
  }

  /** Many functions by one pattern: each kernel and version knows how to attach them as kprobes. */
  functionPattern(pattern: string): string {
    const { entry } = this.kprobe(pattern)
    if (/[*?[]/.test(pattern) && missingOptions(this.kernel)?.('CONFIG_FPROBE')) {
      this.note('This kernel was built without CONFIG_FPROBE: functions get kprobes one by one, which takes a while.')
    }
    return entry
  }

  /** Undefined where the types are not those of the machine's own kernel, or the version does not use them. */
  private signatureOf(name: string): CFunction | undefined {
    const { kind } = this.kernel.source
    return this.atLeast('0.20') && (kind === 'live' || kind === 'file') ? this.kernel.signature(name) : undefined
  }

  private kprobe(name: string, againstFentry?: string): FunctionProbe {
    const obstacle = this.obstacleTo('kprobe')
    if (obstacle !== undefined) {
      const neither = againstFentry === undefined ? '' : ` Nor will fentry: it ${againstFentry}.`
      this.note(`kprobe:${name} will not attach to this kernel: it ${obstacle}.${neither}`)
    } else if (againstFentry !== undefined) {
      this.note(`kprobe is used for ${name} and not the cheaper fentry: this kernel ${againstFentry}.`)
    }
    return {
      entry: `kprobe:${name}`,
      exit: `kretprobe:${name}`,
      argument: (_, position) => `arg${position}`,
      returned: '(int64)retval',
    }
  }

  /** Why probes of a type do not attach to the kernel at hand; undefined where nothing is known to be in the way. */
  private obstacleTo(type: 'fentry' | 'kprobe'): string | undefined {
    const isMissing = missingOptions(this.kernel)
    const needed = this.catalog.probeType(type)?.kernelConfig ?? []
    const missing = needed.flatMap((text) => {
      const option = neededOption(text, this.version)
      return option !== undefined && isMissing?.(option) ? [option] : []
    })
    if (missing.length > 0) return `was built without ${missing.join(', ')}`
    if (type === 'fentry' && this.kernel.functionTracing === false) return 'does not let functions be traced'
    return undefined
  }
}

/** What a register holds as a whole: numbers and addresses. */
function isNumber(type: CType | undefined): boolean {
  if (type?.kind === 'typedef') return isNumber(type.target)
  return type?.kind === 'integer' || type?.kind === 'enum' || type?.kind === 'pointer'
}
