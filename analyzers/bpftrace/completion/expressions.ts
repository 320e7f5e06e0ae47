/** What can stand in an expression or start a statement, with what does not work in this probe left out. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${1:name}` is how a snippet writes a tab stop.

import type { BuiltinEntry, FunctionEntry } from '../catalog/index.ts'
import { keywords, standing } from '../catalog/index.ts'
import { formatSignature } from '../describe.ts'
import { isDeprecated, isValidIn, itemAround, type ProgramContext, probeTypeNames } from '../program-context.ts'
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
): CompletionItem[] {
  const { argument } = place
  if (argument && takesOnlyMap(context, argument)) return maps(context, argument)
  const fixed = argument ? wordValues(context, argument) : []
  const probe = itemAround(context.tree, offset)
  // A macro or function may be used from any probe.
  const probeTypes = probe?.kind === 'Probe' ? probeTypeNames(context.catalog, probe) : []
  const called = context.tree.source[place.span.end] === '('
  return [
    ...fixed,
    ...variables(context, offset).filter(({ kind }) => kind === 'variable'),
    ...maps(context, argument),
    ...ownNames(context, offset),
    ...context.catalog.builtins.flatMap((entry) => builtinItems(context, entry, probeTypes)),
    ...context.catalog.functions
      .filter(({ category, validIn }) => category !== 'builtin-call' && isValidIn(validIn, probeTypes))
      .map((entry) => functionItem(context, entry, called)),
    ...words(context, place.statement),
    ...(place.statement ? [] : languageTypes().map((item) => ({ ...item, rank: 7 }))),
  ]
}

function builtinItems(
  { catalog }: ProgramContext,
  entry: BuiltinEntry,
  probeTypes: readonly string[],
): CompletionItem[] {
  if (entry.kind === 'parameter' || !isValidIn(entry.validIn, probeTypes)) return []
  // Of a family such as arg0, arg1, … the first few; nobody wants a hundred.
  const names = entry.namePattern ? [0, 1, 2, 3, 4, 5].map((n) => entry.name.replace('0', String(n))) : [entry.name]
  return names.map((label) => ({
    label,
    kind: entry.kind === 'literal' ? 'keyword' : 'builtin',
    detail: entry.type,
    insert: label,
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
    const list = definition.parameters.map(({ span }) => tree.source.slice(span.start, span.end)).join(', ')
    const insert = list ? `${name}($0)` : `${name}()`
    return [{ label: name, kind: 'macro', detail: `${name}(${list})`, insert, snippet: true, rank: 3 }]
  })
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
