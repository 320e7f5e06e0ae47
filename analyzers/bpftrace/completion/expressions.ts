/** What can stand in an expression or start a statement, with what does not work in this probe left out. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${1:name}` is how a snippet writes a tab stop.

import { rawArguments } from '../argument-fields.ts'
import type { BuiltinEntry, FunctionEntry } from '../catalog/index.ts'
import { keywords, standing } from '../catalog/index.ts'
import { formatSignature } from '../describe.ts'
import { namesLike } from '../kernel-names.ts'
import { neighbourNames } from '../neighbour-names.ts'
import { isDeprecated, isValidIn, itemAround, type ProgramContext, probeTypeNames } from '../program-context.ts'
import type { Macro, Subprogram } from '../syntax/ast.ts'
import type { CompletionItem } from './item.ts'
import { escapeSnippet, maps, takesOnlyMap, variables } from './names.ts'
import type { Argument, Place } from './place.ts'
import { languageTypes } from './types.ts'

/** Words that open a statement, with what follows them. */
const statementSnippets: Readonly<Record<string, string>> = {
  if: 'if (${1:condition}) {\n\t$0\n}',
  while: 'while (${1:condition}) {\n\t$0\n}',
  for: 'for (\\$${1:kv} : ${2:@map}) {\n\t$0\n}',
  unroll: 'unroll (${1:count}) {\n\t$0\n}',
  let: 'let \\$${1:name} = $0;',
  break: 'break;',
  continue: 'continue;',
  return: 'return;',
}

/** Words that stand in any expression. */
const expressionWords = new Set(['comptime', 'offsetof', 'sizeof', 'typeinfo', 'typeof', 'true', 'false'])

/** What follows a full `if` block. */
const continuations: Readonly<Record<string, string>> = { else: 'else {\n\t$0\n}' }

export function expressions(
  context: ProgramContext,
  place: Extract<Place, { kind: 'expression' }>,
  offset: number,
): { items: CompletionItem[]; incomplete: boolean } {
  const { argument } = place
  if (argument && takesOnlyMap(context, argument)) return { items: maps(context, argument, offset), incomplete: false }
  const fixed = argument ? wordValues(context, argument) : []
  const constants = enumerators(context, context.tree.source.slice(place.span.start, place.span.end))
  const probe = itemAround(context.tree, offset)
  // A macro or function may be used from any probe.
  const probeTypes = probe?.kind === 'Probe' ? probeTypeNames(context.catalog, probe) : []
  const called = context.tree.source[place.span.end] === '('
  const items = [
    ...fixed,
    ...variables(context, offset).filter(({ kind }) => kind === 'variable'),
    ...maps(context, argument, offset),
    ...ownNames(context, offset),
    ...takenNames(context),
    ...context.catalog.builtins.flatMap((entry) => builtinItems(context, entry, probeTypes, probe)),
    ...context.catalog.functions
      .filter(({ category, validIn }) => category !== 'builtin-call' && isValidIn(validIn, probeTypes))
      .map((entry) => functionItem(context, entry, called)),
    ...words(context, place.statement),
    ...(place.statement ? [] : [...typeWords, ...languageTypes().map((item) => ({ ...item, rank: 7 }))]),
    ...constants.items,
  ]
  return { items, incomplete: constants.incomplete }
}

/** What opens the name of a C type, in a cast or behind `sizeof(`. */
const typeWords = ['struct', 'union', 'enum'].map(
  (label): CompletionItem => ({
    label,
    kind: 'keyword',
    detail: 'C type',
    insert: `${label} `,
    rank: 7,
    next: 'completion',
  }),
)

/** A kernel has some fifty thousand; more than this many are not listed at once. */
const mostEnumerators = 100

/** Constants of the kernel are written in capitals, and offered only once one is begun. */
function enumerators({ kernel }: ProgramContext, word: string): { items: CompletionItem[]; incomplete: boolean } {
  if (!/^[A-Z]/.test(word)) return { items: [], incomplete: false }
  const { names, more } = namesLike(kernel.names('enumerator'), word, mostEnumerators)
  const items = names.map((label, index): CompletionItem => {
    const topic = { about: 'enumerator', name: label } as const
    return { label, kind: 'constant', detail: 'constant of the kernel', insert: label, rank: 6 + index, topic }
  })
  return { items, incomplete: more }
}

/** Builtins that fields are taken of. */
const structured: ReadonlySet<string> = new Set(['args', 'ctx', 'curtask'])

function builtinItems(
  context: ProgramContext,
  entry: BuiltinEntry,
  probeTypes: readonly string[],
  probe: ReturnType<typeof itemAround>,
): CompletionItem[] {
  const { catalog } = context
  if (entry.kind === 'parameter' || !isValidIn(entry.validIn, probeTypes)) return []
  const meanings = entry.name === 'arg0' && probe?.kind === 'Probe' ? rawArguments(context, probe) : undefined
  // Of a family such as arg0, arg1, … those that the function has, or the first few; nobody wants a hundred.
  const count = meanings?.length ?? 6
  const names = entry.namePattern
    ? Array.from({ length: count }, (_, n) => entry.name.replace('0', String(n)))
    : [entry.name]
  return names.map((label, index) => ({
    label,
    kind: entry.kind === 'literal' ? 'keyword' : 'builtin',
    detail: meanings?.[index] ?? entry.type,
    insert: label,
    ...(structured.has(label) && { chosenBy: ['.', '-'] }),
    // What only a few probes have is what one came for.
    rank: isDeprecated(catalog, entry) ? 8 : entry.validIn.includes('*') ? 3 : 2,
    deprecated: isDeprecated(catalog, entry),
    topic: { about: 'builtin', name: entry.name },
  }))
}

function functionItem({ catalog }: ProgramContext, entry: FunctionEntry, called: boolean): CompletionItem {
  const takes = entry.signatures.some(({ params }) => params.length > 0)
  const [signature] = entry.signatures
  return {
    label: entry.name,
    kind: 'function',
    detail: signature ? formatSignature(entry.name, signature) : '',
    insert: called ? entry.name : takes ? `${entry.name}($0)` : `${entry.name}()`,
    snippet: !called,
    rank: isDeprecated(catalog, entry) ? 8 : 4,
    deprecated: isDeprecated(catalog, entry),
    ...(takes && !called && { next: 'signature' as const }),
    topic: { about: 'function', name: entry.name },
  }
}

/** Macros, functions and constants of the script, and the parameters of the macro around the cursor. */
function ownNames({ symbols, tree }: ProgramContext, offset: number): CompletionItem[] {
  return symbols.all.flatMap((symbol): CompletionItem[] => {
    const { kind, name, definition } = symbol
    if (kind === 'constant') return [{ label: name, kind: 'constant', detail: '', insert: name, rank: 3 }]
    if (kind === 'parameter' && /^\w/.test(name) && symbol.scope.start <= offset && offset <= symbol.scope.end) {
      return [{ label: name, kind: 'variable', detail: 'parameter', insert: name, rank: 1 }]
    }
    if (definition?.kind !== 'Macro' && definition?.kind !== 'Subprogram') return []
    return [macroItem(tree.source, definition)]
  })
}

/** Macros, functions and constants of the files that the script takes in. */
function takenNames(context: ProgramContext): CompletionItem[] {
  return neighbourNames(context).flatMap(({ kind, name, definition, from }): CompletionItem[] => {
    if (definition.kind === 'Macro' || definition.kind === 'Subprogram') {
      return [macroItem(from.tree.source, definition)]
    }
    const detail = from.uri.replace(/^.*\//, '')
    // Names that begin with an underscore are the header's own.
    return kind === 'constant' && !name.startsWith('_') ? [{ label: name, kind, detail, insert: name, rank: 6 }] : []
  })
}

function macroItem(source: string, { name: { text }, parameters }: Macro | Subprogram): CompletionItem {
  const list = parameters.map(({ span }) => source.slice(span.start, span.end)).join(', ')
  const insert = list ? `${text}($0)` : `${text}()`
  return {
    label: text,
    kind: 'macro',
    detail: `${text}(${list})`,
    insert,
    snippet: true,
    rank: 3,
    ...(list && { next: 'signature' as const }),
  }
}

function words({ catalog }: ProgramContext, statement: boolean): CompletionItem[] {
  return keywords.flatMap((word): CompletionItem[] => {
    const { kind } = standing(word, catalog.version)
    if (kind === 'not-yet' || kind === 'removed') return []
    const snippet = statement ? (statementSnippets[word.name] ?? continuations[word.name]) : undefined
    if (!snippet && !expressionWords.has(word.name)) return []
    return [
      {
        label: word.name,
        kind: 'keyword',
        detail: word.description,
        insert: snippet ?? word.name,
        snippet: snippet !== undefined,
        rank: kind === 'deprecated' ? 8 : 5,
        deprecated: kind === 'deprecated',
        topic: { about: 'keyword', name: word.name },
      },
    ]
  })
}

/** Arguments that are one of a few words: a stack mode, a clock. */
function wordValues({ catalog }: ProgramContext, { call, index }: Argument): CompletionItem[] {
  const types = (catalog.function(call.callee.text)?.signatures ?? []).flatMap(
    ({ params }) => params[index]?.type ?? [],
  )
  const values = new Set(types.flatMap((type) => (type === 'StackMode' ? stackModes(catalog) : alternatives(type))))
  return [...values].map((label) => ({ label, kind: 'value', detail: '', insert: label, rank: 0 }))
}

function stackModes(catalog: ProgramContext['catalog']): readonly string[] {
  return catalog.configKey('stack_mode')?.allowed ?? ['bpftrace', 'perf']
}

/** `monotonic|boot|tai` as the catalog writes a choice of words; `int|char[4]` is a choice of types. */
function alternatives(type: string): readonly string[] {
  const parts = type.split('|')
  const names = /^(?:\w+_ns|init|boot|monotonic|tai|sw_tai|kstack|ustack)$/
  return parts.length > 1 && parts.every((part) => names.test(part)) ? parts : []
}

const signals = 'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM CHLD CONT STOP TSTP'.split(' ')

/** Values inside a string argument. */
export function stringValues({ call, index }: Argument): CompletionItem[] {
  if (!call.callee.text.startsWith('signal') || index > 0) return []
  return signals.map((name, rank) => ({
    label: `SIG${name}`,
    kind: 'value',
    detail: '',
    insert: escapeSnippet(`SIG${name}`),
    snippet: true,
    rank,
  }))
}
