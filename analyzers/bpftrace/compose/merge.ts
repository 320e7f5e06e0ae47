/**
 * Two or more programs as one: maps, macros and functions of the same name are told apart, definitions that are equal
 * are kept once, settings are merged, and what each does at the beginning and the end becomes one probe.
 */
import type { Config, ConfigEntry, TopLevel } from '../syntax/ast.ts'
import { parse } from '../syntax/parse.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Composed } from './composed.ts'
import { conflict } from './conflict.ts'
import { joinSpecialProbes } from './join-special.ts'
import { clashes, namesOf, renameAll } from './names.ts'
import { isSpecial } from './probes.ts'

interface Piece {
  readonly item: TopLevel
  readonly own: string
  /** With the comments before it. */
  readonly text: string
}

export function mergePrograms(trees: readonly SyntaxTree[]): Composed {
  const notes: string[] = []
  const distinct = tellApart(trees, notes)
  const pieces = distinct.map(piecesOf)
  const all = pieces.flat()
  const of = (...kinds: readonly TopLevel['kind'][]) => all.filter(({ item }) => kinds.includes(item.kind))
  const special = (name: 'begin' | 'end') =>
    joinSpecialProbes(
      distinct.map((tree) => ({ tree, probes: tree.program.items.filter((item) => item.kind === 'Probe') })),
      name,
    )
  const events = of('Probe', 'Error').filter(
    ({ item }) => item.kind !== 'Probe' || (!isSpecial(item, 'begin') && !isSpecial(item, 'end')),
  )
  const parts = [
    shebangOf(distinct[0]),
    ...once(of('Preprocessor', 'CDefinition'), definitionKey),
    mergedConfig(distinct, notes),
    ...once(of('Import'), ({ own }) => own),
    ...of('MapDeclaration', 'Macro', 'Subprogram').map(({ text }) => text),
    special('begin'),
    ...events.map(({ text }) => text),
    special('end'),
    ...distinct.map(trailingComments),
  ]
  if (distinct.some((tree) => /\$(\d+|#)/.test(tree.source))) {
    notes.push('The programs share their positional parameters: $1 is the same for all of them.')
  }
  return { program: parts.filter((part) => part.trim() !== '').join('\n\n'), notes }
}

/** Each program with names of its own. */
function tellApart(trees: readonly SyntaxTree[], notes: string[]): SyntaxTree[] {
  const taken = new Set<string>()
  const everywhere = new Set(trees.flatMap((tree) => [...namesOf(tree)]))
  return trees.map((tree, index) => {
    const renames = clashes(namesOf(tree), taken, everywhere, index + 1)
    for (const [from, to] of renames) notes.push(`\`${from}\` of program ${index + 1} is now \`${to}\`.`)
    const renamed = renames.size === 0 ? tree : parse(renameAll(tree, renames))
    for (const name of namesOf(renamed)) {
      taken.add(name)
      everywhere.add(name)
    }
    return renamed
  })
}

function piecesOf(tree: SyntaxTree): Piece[] {
  let end = tree.tokens[0]?.kind === 'shebang' ? tree.tokens[0].end : 0
  return tree.program.items.map((item) => {
    const before = tree.source.slice(end, item.span.start).trim()
    end = item.span.end
    // The comments before begin and end probes go with those.
    const own = tree.source.slice(item.span.start, item.span.end)
    // A C definition may be followed by a semicolon that is no part of it.
    const comments = before.replace(/^;+\s*/, '')
    const closing = item.kind === 'CDefinition' || item.kind === 'Import' ? ';' : ''
    const text = `${comments === '' ? '' : `${comments}\n`}${own}${own.endsWith(closing) ? '' : closing}`
    return { item, own, text }
  })
}

function shebangOf(tree: SyntaxTree | undefined): string {
  const [first] = tree?.tokens ?? []
  return tree === undefined || first?.kind !== 'shebang' ? '' : tree.source.slice(first.start, first.end)
}

function trailingComments(tree: SyntaxTree): string {
  const last = tree.program.items.at(-1)?.span.end ?? tree.tokens.find(({ kind }) => kind === 'shebang')?.end ?? 0
  return tree.source
    .slice(last)
    .replace(/^\s*;+/, '')
    .trim()
}

/** Name of what a preprocessor line or a C definition defines; its text where it is no definition. */
function definitionKey({ item, own }: Piece): string | undefined {
  if (item.kind === 'CDefinition') return item.name === '' ? undefined : `${item.keyword} ${item.name}`
  if (item.kind !== 'Preprocessor') return undefined
  if (item.directive === 'define') return /#\s*define\s+(\w+)/.exec(own)?.[1]
  // Conditional directives belong to their place.
  return item.directive === 'include' ? own.trim() : undefined
}

/** Equal ones are kept once. @throws UserError for two of one name that differ. */
function once(pieces: readonly Piece[], keyOf: (piece: Piece) => string | undefined): string[] {
  const seen = new Map<string, string>()
  const kept: string[] = []
  for (const piece of pieces) {
    const key = keyOf(piece)
    const plain = piece.own.replace(/\s+/g, ' ').trim()
    const before = key === undefined ? undefined : seen.get(key)
    if (before === plain) continue
    if (before !== undefined) throw conflict(`Two programs define \`${key}\` differently.`)
    if (key !== undefined) seen.set(key, plain)
    kept.push(piece.text)
  }
  return kept
}

function mergedConfig(trees: readonly SyntaxTree[], notes: string[]): string {
  const entries = new Map<string, { readonly text: string; readonly value: string; readonly number: bigint | null }>()
  for (const tree of trees) {
    for (const entry of tree.program.items
      .filter((item): item is Config => item.kind === 'Config')
      .flatMap(entriesOf)) {
      const key = entry.key.text.toLowerCase()
      const value = tree.source.slice(entry.value.span.start, entry.value.span.end)
      const number = entry.value.kind === 'IntegerLiteral' ? entry.value.value : null
      const before = entries.get(key)
      const isLarger = before?.number != null && number !== null && number > before.number
      if (before !== undefined && before.value !== value) {
        const [winner, why] = isLarger
          ? [value, 'the larger']
          : [before.value, before.number !== null && number !== null ? 'the larger' : 'that of the earlier program']
        notes.push(`\`${entry.key.text}\` is ${before.value} and ${value}: ${winner} is kept, ${why}.`)
      }
      if (before === undefined || isLarger) entries.set(key, { text: `${entry.key.text} = ${value};`, value, number })
    }
  }
  return entries.size === 0 ? '' : `config = {\n${[...entries.values()].map(({ text }) => text).join('\n')}\n}`
}

function entriesOf(config: Config): ConfigEntry[] {
  return config.entries.filter((entry) => entry.kind === 'ConfigEntry')
}
