/**
 * Attach points whose target is not there: tracepoints, kernel functions and modules that the kernel does not list, and
 * functions and static probes that a program on this machine does not have, each with what was probably meant.
 */
import { commonFunctions } from '../catalog/common-names.ts'
import { kernelChange } from '../catalog/kernel-changes.ts'
import { libraryFunctions } from '../catalog/library-functions.ts'
import type { Span } from '../diagnostic.ts'
import type { Coverage } from '../kernel-facts.ts'
import { hasName } from '../kernel-names.ts'
import { type ProgramContext, probeTypeOf } from '../program-context.ts'
import type { AttachPoint, AttachPointPart } from '../syntax/ast.ts'
import { nearest } from './nearest.ts'

export interface MissingTarget {
  readonly span: Span
  /** `tracepoint`, `function`, `module`, `symbol` … */
  readonly what: string
  readonly name: string
  /** Of what is near in spelling, the nearest; with the stretch of text that it takes the place of. */
  readonly meant?: { readonly span: Span; readonly text: string }
  /** Where it is missing: a file; undefined for the kernel. */
  readonly file?: string
  /** Nobody else can have it: the kernel or file that will be probed was asked. */
  readonly certain: boolean
}

/** Undefined for what is there, has wildcards, or may well be there as far as anybody knows. */
export function missingTarget(context: ProgramContext, point: AttachPoint): MissingTarget | undefined {
  const entry = probeTypeOf(context.catalog, point)
  const parts = point.parts.slice(1)
  if (!entry || parts.length === 0) return undefined
  const { kernel } = context
  const isOfProcess = entry.name === 'usdt' && parts[0]?.text === '*'
  if (parts.slice(isOfProcess ? 1 : 0).some((part) => wildcard.test(part.text))) {
    return entry.name === 'tracepoint' && parts.length === 2 ? missingCategory(context, parts) : undefined
  }
  switch (entry.aliasOf ?? entry.name) {
    case 'tracepoint':
      return parts.length === 2 ? missingTracepoint(context, parts) : undefined
    case 'rawtracepoint':
      return known(parts.at(-1), 'raw tracepoint', kernel.names('rawtracepoint'), kernel.coverage.tracepoints)
    case 'kprobe':
    case 'kretprobe':
    case 'kfunc':
    case 'kretfunc':
    case 'fentry':
    case 'fexit':
      return parts[0]?.text === 'bpf' ? undefined : missingFunction(context, parts)
    case 'uprobe':
    case 'uretprobe':
      return parts.length === 2 ? missingSymbol(context, parts) : undefined
    case 'usdt':
      return missingUsdt(context, parts)
    default:
      return undefined
  }
}

interface Word {
  readonly name: string
  readonly span: Span
}

/** Its name without an offset, and where that stands; none for an address. */
function nameOf(part: AttachPointPart | undefined): Word | undefined {
  const name = /^[A-Za-z_.$][\w.$]*/.exec(part?.text ?? '')?.[0]
  if (part === undefined || name === undefined) return undefined
  const start = part.quoted ? part.span.start + 1 : part.span.start
  return { name, span: { start, end: start + name.length } }
}

function known(
  part: AttachPointPart | undefined,
  what: string,
  names: readonly string[],
  coverage: Coverage,
  common: readonly string[] = [],
): MissingTarget | undefined {
  const word = nameOf(part)
  if (word === undefined || coverage === 'none' || names.length === 0 || hasName(names, word.name)) return undefined
  const certain = coverage === 'complete'
  const near = nearest(word.name, names, { common })
  if (near === undefined && !certain) return undefined
  return { ...word, what, certain, ...(near && { meant: { span: word.span, text: near.name } }) }
}

const wildcard = /[*?[\]$]/

/** `tracepoint:syscals:sys_enter_*` */
function missingCategory(
  { kernel }: ProgramContext,
  [category]: readonly AttachPointPart[],
): MissingTarget | undefined {
  if (!category || wildcard.test(category.text)) return undefined
  const categories = new Set(kernel.names('tracepoint').map((name) => name.slice(0, name.indexOf(':'))))
  return known(category, 'tracepoints', [...categories].sort(), kernel.coverage.tracepoints)
}

/** Category and event are looked for together: a category of three letters says little about what was meant. */
function missingTracepoint({ kernel }: ProgramContext, parts: readonly AttachPointPart[]): MissingTarget | undefined {
  const [category, event] = parts
  const names = kernel.names('tracepoint')
  if (!category || !event || kernel.coverage.tracepoints === 'none' || names.length === 0) return undefined
  const name = `${category.text}:${event.text}`
  const certain = kernel.coverage.tracepoints === 'complete'
  if (hasName(names, name) || (!certain && kernelChange('tracepoint', name))) return undefined
  const span = { start: category.span.start, end: event.span.end }
  const elsewhere = names.filter((each) => each.endsWith(`:${event.text}`))
  const near = elsewhere.length === 1 ? elsewhere[0] : nearest(name, names)?.name
  if (near === undefined) return certain ? { span, what: 'tracepoint', name, certain } : undefined
  const [nearCategory = '', nearEvent = ''] = near.split(':')
  const meant =
    nearCategory === category.text
      ? { span: event.span, text: nearEvent }
      : nearEvent === event.text
        ? { span: category.span, text: nearCategory }
        : { span, text: near }
  return { span: meant.span, what: 'tracepoint', name, certain, meant }
}

function missingFunction({ kernel }: ProgramContext, parts: readonly AttachPointPart[]): MissingTarget | undefined {
  const { functions } = kernel.coverage
  if (parts.length > 1) {
    const modules = kernel.names('module')
    const module = modules.length > 1 ? known(parts[0], 'module', modules, functions) : undefined
    if (module) return module
  }
  const word = nameOf(parts.at(-1))
  if (!word || (functions !== 'complete' && kernelChange('function', word.name))) return undefined
  return known(parts.at(-1), 'function', kernel.names('function'), functions, commonFunctions)
}

function missingSymbol({ kernel }: ProgramContext, parts: readonly AttachPointPart[]): MissingTarget | undefined {
  const [target, symbol] = parts
  const word = nameOf(symbol)
  if (!target || !word) return undefined
  const binary = kernel.binaries?.find(target.text)
  if (binary === undefined) {
    return (kernel.binaries && missingFile(kernel.binaries, target)) ?? missingOfLibrary(target, word)
  }
  if (binary === 'pending' || binary.functions.length === 0 || hasName(binary.functions, word.name)) {
    return undefined
  }
  // What a stripped program lacks may be in its debug file, so only what is near is called misspelt.
  const near = nearest(word.name, binary.functions)
  if (near === undefined) return undefined
  return { ...word, what: 'function', file: binary.path, certain: false, meant: { span: word.span, text: near.name } }
}

/** Where no machine can be asked, of libraries that every machine has. */
function missingOfLibrary(target: AttachPointPart, word: Word): MissingTarget | undefined {
  const file = target.text.slice(target.text.lastIndexOf('/') + 1)
  const library = file.replace(/\.so.*$|-\d.*$/, '')
  const names = libraryFunctions.get(library)?.()
  if (names === undefined || hasName(names, word.name)) return undefined
  // Of a library all names that it exports are known, of a program those that people probe.
  const near = nearest(word.name, names, { oneSlip: !library.startsWith('lib') })
  return near && { ...word, what: 'function', file, certain: false, meant: { span: word.span, text: near.name } }
}

function missingUsdt({ kernel }: ProgramContext, parts: readonly AttachPointPart[]): MissingTarget | undefined {
  const [target, ...rest] = parts
  const probe = nameOf(rest.at(-1))
  if (!kernel.binaries || !target || !probe) return undefined
  const binary = kernel.binaries.find(target.text)
  if (binary === undefined) return missingFile(kernel.binaries, target)
  if (binary === 'pending') return undefined
  const provider = rest.length > 1 ? nameOf(rest[0]) : undefined
  const providers = [...new Set(binary.usdt.map((each) => each.provider))]
  const place = { file: binary.path, certain: true }
  if (provider && providers.length > 0 && !providers.includes(provider.name)) {
    const near = nearest(provider.name, providers, { few: true })
    return { ...provider, what: 'provider', ...place, ...(near && { meant: { span: provider.span, text: near.name } }) }
  }
  const names = binary.usdt.flatMap((each) => (!provider || each.provider === provider.name ? [each.name] : []))
  if (names.includes(probe.name)) return undefined
  const near = nearest(probe.name, names, { few: true })
  return { ...probe, what: 'static probe', ...place, ...(near && { meant: { span: probe.span, text: near.name } }) }
}

type Files = NonNullable<ProgramContext['kernel']['binaries']>

/** A path whose folder is there and holds something of nearly that name, or a library that is called nearly so. */
function missingFile(binaries: Files, target: AttachPointPart): MissingTarget | undefined {
  const start = target.quoted ? target.span.start + 1 : target.span.start
  const found = (from: number, names: readonly string[]): MissingTarget | undefined => {
    const near = nearest(target.text.slice(from), names)
    if (near === undefined) return undefined
    const span = { start: start + from, end: start + target.text.length }
    return { span, what: 'file', name: target.text, certain: true, meant: { span, text: near.name } }
  }
  const slash = target.text.lastIndexOf('/') + 1
  if (target.text.startsWith('/')) {
    const inside = binaries.paths(target.text.slice(0, slash))
    if (inside.includes(target.text)) return undefined
    return found(
      slash,
      inside.filter((path) => !path.endsWith('/')).map((path) => path.slice(slash)),
    )
  }
  if (slash > 0 || !/^(?:li|lb|il|ib)/.test(target.text)) return undefined
  const initials = [...new Set(target.text.slice(2, 5))].map((letter) => `lib${letter}`)
  const libraries = libraryFolders.flatMap((folder) => initials.flatMap((start) => binaries.paths(folder + start)))
  return found(0, [...new Set(libraries.map((path) => path.slice(path.lastIndexOf('/') + 1).replace(/\.so.*$/, '')))])
}

const libraryFolders = ['/usr/lib/', '/usr/lib64/', '/usr/lib/x86_64-linux-gnu/', '/usr/lib/aarch64-linux-gnu/']
