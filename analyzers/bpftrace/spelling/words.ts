/**
 * The words that may stand at a place of a program: what the language of its version, its kernel and the program itself
 * offer there. Made only when something is misspelt; the long lists are the kernel's own, never copies.
 */
import { type Catalog, keywords, standing } from '../catalog/index.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import { isValidIn, itemAround, probeTypeNames } from '../program-context.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { walk } from '../syntax/visit.ts'

/** What a program is judged with, as far as names matter. */
export interface Vocabulary {
  readonly tree: SyntaxTree
  readonly catalog: Catalog
  readonly kernel: KernelFacts
}

const perCatalog = <T>(make: (catalog: Catalog) => T) => {
  const made = new WeakMap<Catalog, T>()
  return (catalog: Catalog): T => {
    const known = made.get(catalog)
    if (known !== undefined) return known
    const value = make(catalog)
    made.set(catalog, value)
    return value
  }
}

/** All spellings of probe types; those of one or two letters are nobody's misspelling. */
export const probeTypeSpellings = perCatalog((catalog) => {
  const names = catalog.probeTypes.flatMap(({ name, aliases }) =>
    name === 'begin' || name === 'end' ? [name.toUpperCase(), name] : [name, ...aliases],
  )
  return [...new Set(names)].filter((name) => catalog.probeType(name) !== undefined && isSpelledSo(catalog, name))
})

/** Until 0.23 the two special probes are written in capitals only. */
const isSpelledSo = (catalog: Catalog, name: string) =>
  (name !== 'begin' && name !== 'end') || catalog.version.major > 0 || catalog.version.minor >= 24

const callables = perCatalog((catalog) => [
  ...catalog.functions.map(({ name }) => name),
  ...keywords
    .filter(({ name, ...life }) => queries.has(name) && standing(life, catalog.version).kind === 'available')
    .map(({ name }) => name),
])

/** Keywords that are written like calls. */
const queries = new Set(['sizeof', 'offsetof', 'typeinfo', 'typeof'])

const stated = perCatalog((catalog) =>
  catalog.builtins
    .filter(({ kind }) => kind !== 'parameter')
    .flatMap(({ name, namePattern, validIn }) =>
      (namePattern === undefined ? [name] : family(name)).map((each) => ({ name: each, validIn })),
    ),
)

const jumps = ['break', 'continue', 'return', 'else']

/** `arg0` stands for all of its kind. */
const family = (first: string) => [...'0123456789'].map((digit) => first.replace(/0$/, digit))

export function functionWords({ tree, catalog }: Vocabulary): readonly string[] {
  const own = tree.program.items.flatMap((item) =>
    (item.kind === 'Macro' || item.kind === 'Subprogram') && item.name.text !== '' ? [item.name.text] : [],
  )
  const known = callables(catalog)
  return own.length === 0 ? known : [...own, ...known]
}

/** Functions whose value is kept in a map. */
export const aggregations = ({ catalog }: Vocabulary): readonly string[] =>
  catalog.functions.filter(({ category }) => category === 'map value').map(({ name }) => name)

/** Functions whose first argument is a map, or a text. */
export const functionsTaking = ({ catalog }: Vocabulary, kind: 'map' | 'string'): readonly string[] =>
  catalog.functions
    .filter(({ signatures }) => signatures.some(({ params }) => params[0]?.type.includes(kind) ?? false))
    .map(({ name }) => name)

/** Bare words that mean something at an offset, the likeliest first. */
export function valueWords({ tree, catalog }: Vocabulary, offset: number): readonly string[] {
  const around = itemAround(tree, offset)
  const probeTypes = around?.kind === 'Probe' ? probeTypeNames(catalog, around) : []
  const builtins = stated(catalog).filter(({ validIn }) => isValidIn(validIn, probeTypes))
  const own = around?.kind === 'Macro' ? around.parameters : []
  return [
    ...own.flatMap((parameter) => ('name' in parameter && parameter.kind === 'Identifier' ? [parameter.name] : [])),
    ...builtins.map(({ name }) => name),
    ...jumps,
    ...constantsOf(tree),
    ...macrosOf(tree),
  ]
}

const macrosOf = (tree: SyntaxTree) =>
  tree.program.items.flatMap((item) => (item.kind === 'Macro' && item.name.text !== '' ? [item.name.text] : []))

/** Names that C text of the program defines: macros of the preprocessor and enumerators. */
function constantsOf(tree: SyntaxTree): readonly string[] {
  return tree.program.items.flatMap((item) => {
    const text = 'span' in item ? tree.source.slice(item.span.start, item.span.end) : ''
    if (item.kind === 'Preprocessor') return /^#\s*define\s+(\w+)/.exec(text)?.slice(1) ?? []
    if (item.kind !== 'CDefinition' || !/^\s*enum\b/.test(text)) return []
    const body = text.slice(text.indexOf('{') + 1)
    return [...body.matchAll(/(?:^|[,{])\s*([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '')
  })
}

/** Structures, unions or enums by their bare names: the program's own, then the kernel's. */
export function typeWords(
  { tree, kernel }: Vocabulary,
  keyword: 'struct' | 'union' | 'enum',
): readonly (readonly string[])[] {
  return [typesOf(tree, keyword), kernel.names(keyword)]
}

function typesOf(tree: SyntaxTree, keyword: string): readonly string[] {
  const definition = new RegExp(`\\b${keyword}\\s+([A-Za-z_]\\w*)\\s*\\{`, 'g')
  return tree.program.items.flatMap((item) =>
    item.kind === 'CDefinition'
      ? [...tree.source.slice(item.span.start, item.span.end).matchAll(definition)].map((match) => match[1] ?? '')
      : [],
  )
}

const assigned = new WeakMap<SyntaxTree, readonly string[]>()

/** Every map of the program that something is put into, or that it declares. */
export function assignedMaps({ tree }: Vocabulary): readonly string[] {
  const names = assigned.get(tree) ?? assignedIn(tree)
  assigned.set(tree, names)
  return names
}

function assignedIn(tree: SyntaxTree): readonly string[] {
  const names = new Set<string>()
  walk(tree.program, (node) => {
    const target = node.kind === 'Assignment' ? node.target : node.kind === 'Update' ? node.operand : undefined
    if (target?.kind === 'MapReference') names.add(target.name)
    if (target?.kind === 'MapAccess') names.add(target.map.name)
    if (node.kind === 'MapDeclaration') names.add(node.map.name)
  })
  return [...names]
}

/** Units of timers, events of the kernel's counters, iterators. */
export function eventWords({ catalog }: Vocabulary, provider: string): readonly string[] {
  if (provider === 'interval' || provider === 'profile') return ['s', 'ms', 'us', 'hz']
  const entry = catalog.probeType(provider)
  return [
    ...(entry?.events ?? []).flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias])),
    ...(entry?.iterators ?? []).map(({ name }) => name),
  ]
}

/** Types of one word that are not the kernel's. */
export const plainTypes: readonly string[] = [
  ...[8, 16, 32, 64].flatMap((bits) => [`int${bits}`, `uint${bits}`]),
  'bool',
  'string',
  'void',
  'buffer',
]
