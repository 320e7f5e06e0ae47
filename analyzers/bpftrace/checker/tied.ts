/**
 * Pieces of a program that name the same maps, judged anew after a change without judging all of them. What ties them
 * are the types of the maps alone, and types only grow until every statement agrees with them. So where some of the
 * pieces by themselves lead to the types that all had led to before, and the others agreed with those, all together lead
 * to them again, and what was said about the others still holds. It is enough then to judge the pieces that have changed,
 * together with a few that use every map in every way that the program does. Where that leads to other types, or to
 * another word about one of the few, there is no answer, and all are judged.
 */
import type { Node } from '../syntax/ast.ts'
import { walk } from '../syntax/visit.ts'
import type { Type } from '../types/type.ts'
import type { Finding } from './findings.ts'
import { inOrder, type JudgeMemory, lastStart, moved, ofAtoms, type Part } from './memory.ts'
import type { Judgement } from './modern/pipeline.ts'
import { type Atom, isSameList, type SplitPart } from './split.ts'

/** With fewer pieces there is little to win. */
const FEWEST_ATOMS = 8
/** Typing changes one piece, a formatter many. */
const MOST_CHANGED = 8
/** As long as judging some is much less work than judging all. */
const MOST_OF_TEXT = 0.5
/** After failures in a row so many versions of the document are judged whole at once. */
const LONGEST_WAIT = 3

type RootsOf = (atom: Atom) => readonly Node[]

export function judgeFew(
  split: SplitPart,
  rootsOf: RootsOf,
  memory: JudgeMemory,
  judge: (atoms: ReadonlySet<Atom>) => Part,
): Part | undefined {
  const before = split.atoms.length < FEWEST_ATOMS ? undefined : onlyPart(split, memory)
  if (!before) return undefined
  const { tied } = memory
  if (tied.waits > 0) {
    memory.tied = { ...tied, waits: tied.waits - 1 }
    return undefined
  }
  const known = knownAtoms(split, rootsOf, before)
  const changed = split.atoms.length - known.size
  if (changed > MOST_CHANGED || [...known.values()].includes(undefined)) return undefined
  const chosen = chosenOf(split.atoms, known, tied.hard)
  if (lengthOf([...chosen]) > MOST_OF_TEXT * lengthOf(split.atoms)) return undefined

  const judged = judge(chosen)
  const atomIn = atomsIn(judged, rootsOf)
  const names = new Set([...known.keys()].flatMap(({ things }) => things))
  const others = [...names].filter((name) => !sameMap(judged.judgement, before.judgement, name))
  const atoms = new Map<Node, Part>()
  let isSame = others.length === 0
  for (const atom of split.atoms) {
    const [name] = atom.roots
    const own = known.get(atom)
    const now = chosen.has(atom) ? atomIn(atom) : undefined
    const part = own ? moved(own) : now && withOwnTypes(now, atom)
    isSame &&= part !== undefined && (own === undefined || now === undefined || isEqual(part.findings, now.findings))
    if (name && part) atoms.set(name, part)
  }
  if (!isSame) {
    const waits = Math.min(LONGEST_WAIT, 2 ** tied.failures - 1)
    memory.tied = { hard: new Set([...tied.hard, ...others]), failures: tied.failures + 1, waits }
    return undefined
  }
  memory.tied = { ...tied, failures: 0 }
  return ofAtoms(inOrder([...new Set(split.atoms.flatMap(rootsOf))]), atoms, mapsOnly(judged.judgement))
}

/** The part that all its atoms were in before, as far as they were there. */
function onlyPart({ atoms }: SplitPart, memory: JudgeMemory): Part | undefined {
  const parts = new Set(atoms.flatMap(({ roots: [name] }) => (name && memory.partOf.get(name)) ?? []))
  const [only] = parts
  return parts.size === 1 ? only : undefined
}

/** What was said about each atom that is as it was; nothing for one that cannot be told from the others. */
function knownAtoms({ atoms }: SplitPart, rootsOf: RootsOf, before: Part): ReadonlyMap<Atom, Part | undefined> {
  const roots = new Set(before.roots)
  const atomIn = atomsIn(before, rootsOf)
  const known = new Map<Atom, Part | undefined>()
  for (const atom of atoms) {
    const [name] = atom.roots
    const own = rootsOf(atom)
    if (before.atoms) {
      const part = name && before.atoms.get(name)
      if (part && isSameList(part.roots, own)) known.set(atom, part)
    } else if (own.every((root) => roots.has(root))) known.set(atom, atomIn(atom))
  }
  return known
}

/** What a part says about each of its atoms; nothing where it speaks of another place as well. */
function atomsIn({ roots, starts, findings, judgement }: Part, rootsOf: RootsOf): (atom: Atom) => Part | undefined {
  const startOf = new Map(roots.map((root, index) => [root, starts[index] ?? 0]))
  const rootAt = (offset: number) => roots[lastStart(starts, offset)]
  const foundIn = new Map<Node | undefined, Finding[]>()
  for (const finding of findings) {
    const root = rootAt(finding.span.start)
    const found = foundIn.get(root)
    if (found) found.push(finding)
    else foundIn.set(root, [finding])
  }
  return (atom) => {
    const own = rootsOf(atom)
    const found = own.flatMap((root) => foundIn.get(root) ?? [])
    const isOwn = (offset: number) => own.some((root) => root === rootAt(offset))
    if (!found.every((finding) => otherPlaces(finding).every(isOwn))) return undefined
    return { roots: own, findings: found, judgement, starts: own.map((root) => startOf.get(root) ?? 0) }
  }
}

function otherPlaces({ related, data }: Finding): readonly number[] {
  const values = typeof data === 'object' && data !== null ? [data, ...Object.values(data)] : []
  const starts = values.flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'number'
      ? [value.start]
      : [],
  )
  return [...related.map(({ span }) => span.start), ...starts]
}

/** What has changed; the first that use each map, macro and function in each way; and all that are tied by other things. */
function chosenOf(
  atoms: readonly Atom[],
  known: ReadonlyMap<Atom, unknown>,
  hard: ReadonlySet<string>,
): ReadonlySet<Atom> {
  const seen = new Set<string>()
  return new Set(
    atoms.filter((atom) => {
      if (!known.has(atom)) return true
      const isSpecial = atom.things.some((thing) => !/^@|\(\)$/.test(thing) || hard.has(thing))
      if (!isSpecial && atom.uses.every((use) => seen.has(use))) return false
      for (const use of atom.uses) seen.add(use)
      return true
    }),
  )
}

const lengthOf = (atoms: readonly Atom[]) =>
  atoms.reduce((sum, { roots }) => sum + roots.reduce((all, { span }) => all + span.end - span.start, 0), 0)

/** Without the judgement of the others, which would be kept as long as this one. */
const withOwnTypes = (part: Part, atom: Atom): Part => ({
  ...part,
  judgement: typesOnly(typesIn(atom, part.judgement)),
})

function typesIn({ roots }: Atom, { typeOf }: Judgement): ReadonlyMap<Node, Type> {
  const types = new Map<Node, Type>()
  for (const root of roots) {
    walk(root, (node) => {
      const type = typeOf(node)
      if (type) types.set(node, type)
    })
  }
  return types
}

/**
 * Made apart, as the next, because a function holds all that the functions beside it use: the part before, and through
 * that all parts before it.
 */
const typesOnly = (types: ReadonlyMap<Node, Type>): Judgement => ({
  typeOf: (node) => types.get(node),
  mapType: () => undefined,
})

/** Each atom has types of its own. */
const mapsOnly = ({ mapType }: Judgement): Judgement => ({ typeOf: () => undefined, mapType })

const sameMap = (left: Judgement, right: Judgement, name: string) => isEqual(left.mapType(name), right.mapType(name))

/** Of plain values: also of types, whose records of C are the same objects where they are the same. */
function isEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  const [own, other] = [Object.entries(left), Object.entries(right)]
  const values = new Map(other)
  return (
    own.length === other.length && own.every(([key, value]) => values.has(key) && isSame(key, value, values.get(key)))
  )
}

/** A record of C can name itself. */
const isSame = (key: string, left: unknown, right: unknown) =>
  key === 'record' ? left === right : isEqual(left, right)
