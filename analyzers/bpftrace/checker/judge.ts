/** Puts a tree before the compiler of a version: the modern one since 0.24, the one before until then. */

import { lazy } from '../../shared/lazy.ts'
import { partitionPoint } from '../../shared/partition-point.ts'
import { catalogFor } from '../catalog/index.ts'
import { diagnostics } from '../diagnostics/index.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import type { Node, TopLevel } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Version } from '../version.ts'
import { atLeast } from '../version.ts'
import { definitionsOf } from './c-text.ts'
import { judgeClassic } from './classic/pipeline.ts'
import { defaultSettings } from './config-block.ts'
import type { Environment } from './environment.ts'
import { createFindings, type Finding } from './findings.ts'
import { detached, type Head, inOrder, type JudgeMemory, moved, type Part, startsOf } from './memory.ts'
import { type Judgement, judgeModern } from './modern/pipeline.ts'
import { type ProbeArguments, probeArguments } from './probe-arguments.ts'
import { findOlderSpellings } from './rules/older-spellings.ts'
import { findUnused } from './rules/unused.ts'
import { isSameList, type Piece, type Split, type SplitPart, split } from './split.ts'
import { stages } from './stages.ts'
import { judgeFew } from './tied.ts'
import { createTypeTable } from './type-table.ts'

export interface JudgeOptions {
  readonly kernel: KernelFacts
  readonly unsafe?: boolean
  readonly params?: readonly string[]
  readonly readFile?: (path: string) => string | undefined
  /** Of the document that the tree is a version of. */
  readonly memory?: JudgeMemory
}

export interface Judged {
  readonly findings: readonly Finding[]
  readonly judgement: Judgement
}

export function judge(tree: SyntaxTree, version: Version, options: JudgeOptions): Judged {
  const { memory } = options
  if (memory) forgetOthers(memory, version, options)
  const head = memory?.head && isCurrent(memory.head, tree, options) ? memory.head : readHead(tree, version, options)
  const environment = createEnvironment(tree, version, options, head)
  const judged = memory ? judgeParts(tree, split(tree, version), environment, memory) : judgeWhole(tree, environment)
  if (memory) memory.head = head
  return { findings: [...head.findings, ...judged.findings], judgement: judged.judgement }
}

const severityOf = (code: Finding['code']) => diagnostics[code].severity

function createEnvironment(tree: SyntaxTree, version: Version, options: JudgeOptions, { types }: Head): Environment {
  const known = new Map<string, ProbeArguments | undefined>()
  const environment: Environment = {
    version,
    catalog: catalogFor(version),
    kernel: options.kernel,
    unsafe: options.unsafe ?? false,
    params: options.params ?? [],
    findings: createFindings(severityOf),
    types,
    readFile: options.readFile,
    settings: defaultSettings(),
    argumentsOf(point) {
      const key = `${point.provider}:${point.target}:${point.func}`
      if (!known.has(key)) known.set(key, probeArguments(point, environment))
      return known.get(key)
    },
    foreignFunctions: tree.program.items.some((item) => item.kind === 'Import'),
  }
  return environment
}

function judgeWhole(tree: SyntaxTree, environment: Environment): Judged {
  const judgement = (atLeast(environment.version, '0.24') ? judgeModern : judgeClassic)(tree.program, environment)
  environment.findings.stage = stages.rules
  findUnused(tree, environment)
  findOlderSpellings(tree, environment)
  return { findings: environment.findings.list, judgement }
}

function forgetOthers(memory: JudgeMemory, version: Version, { kernel, unsafe, params }: JudgeOptions): void {
  const options = [version.major, version.minor, version.patch, kernel, unsafe ?? false, ...(params ?? [])]
  const isSame = options.length === memory.options.length && options.every((each, i) => each === memory.options[i])
  if (isSame) return
  memory.options = options
  memory.forgetParts()
  memory.head = undefined
}

/** Everything up to the last line of C: what stands between its pieces decides where in the text they are. */
const headText = ({ program, source }: SyntaxTree) =>
  source.slice(
    0,
    program.items.findLast(({ kind }) => kind === 'Preprocessor' || kind === 'CDefinition')?.span.end ?? 0,
  )

function readHead(tree: SyntaxTree, version: Version, options: JudgeOptions): Head {
  const files = new Map<string, string | undefined>()
  const readFile = (path: string) => {
    const text = options.readFile?.(path)
    files.set(path, text)
    return text
  }
  const findings = createFindings(severityOf)
  const { kernel } = options
  const definitions = definitionsOf(tree, { kernel, ...(options.readFile && { readFile }) }, findings)
  const types = createTypeTable(definitions, kernel, !atLeast(version, '0.24'))
  return { text: headText(tree), files, types, findings: findings.list.map(detached) }
}

/** Headers change while the script that includes them does not. */
const isCurrent = (head: Head, tree: SyntaxTree, { readFile }: JudgeOptions): boolean =>
  head.text === headText(tree) && [...head.files].every(([path, text]) => readFile?.(path) === text)

function judgeParts(tree: SyntaxTree, division: Split, environment: Environment, memory: JudgeMemory): Judged {
  const { head, parts, wholes } = division
  if (memory.head?.types !== environment.types) memory.forgetParts()
  const kept = new Map<Node, Part>()
  const partOf = new Map<Node, Part>()
  const judged = new Map<SplitPart, Part>()
  const findings: Finding[] = []
  for (const split of parts) {
    const [name] = split.roots
    if (name === undefined) continue
    const part = judgeSplit(tree, head, split, environment, memory)
    kept.set(name, part)
    judged.set(split, part)
    for (const { roots } of split.atoms) if (roots[0]) partOf.set(roots[0], part)
    // A spread of as many as a hostile program has would not fit on the stack.
    for (const finding of part.findings) findings.push(finding)
  }
  if (head.length > 0 && parts.length === 0) findings.push(...judgePart(tree, head, head, environment).findings)
  memory.parts = kept
  memory.partOf = partOf
  memory.wholes = wholes.map(({ items, parts: own }) => ({
    items,
    judgements: own.flatMap((each) => judged.get(each)?.judgement ?? []),
  }))
  const repeats = head.length > 0 || parts.some(({ shared }) => shared.length > 0)
  return { findings: repeats ? eachOnce(findings) : findings, judgement: together(parts, judged) }
}

function judgeSplit(
  tree: SyntaxTree,
  head: readonly TopLevel[],
  split: SplitPart,
  environment: Environment,
  memory: JudgeMemory,
): Part {
  const rootsOf = ({ roots, shared }: Piece) =>
    head.length + shared.length === 0 ? roots : inOrder([...new Set([...head, ...shared, ...roots])])
  const [name] = split.roots
  const roots = rootsOf(split)
  const known = name && memory.parts.get(name)
  if (known && isSameList(known.roots, roots)) return moved(known)
  const few = judgeFew(split, rootsOf, memory, (atoms) =>
    judgePart(tree, inOrder([...new Set([...atoms].flatMap(rootsOf))]), split.items(atoms), environment),
  )
  return few ?? judgePart(tree, roots, split.items(), environment)
}

function judgePart(
  tree: SyntaxTree,
  roots: readonly Node[],
  items: readonly TopLevel[],
  environment: Environment,
): Part {
  const own = { ...environment, findings: createFindings(severityOf), settings: defaultSettings() }
  const { findings, judgement } = judgeWhole({ ...tree, program: { ...tree.program, items } }, own)
  // Asked once, it has all its answers and holds no more than these.
  judgement.mapType('')
  return { roots, findings: findings.map(detached), judgement, starts: startsOf(roots) }
}

/** Every part has judged the head, and each that has a slice of a probe its attach points. */
function eachOnce(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ code, span }) => {
    const key = `${code} ${span.start} ${span.end}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** One judgement of all parts: nodes by where they lie, maps by the part that has them. */
function together(parts: readonly SplitPart[], judged: ReadonlyMap<SplitPart, Part>): Judgement {
  const judgementOf = lazy(
    () => new Map(parts.flatMap((part) => part.things.map((thing) => [thing, judged.get(part)?.judgement] as const))),
  )
  const places = lazy(() => {
    const found: { readonly start: number; readonly judgement: Judgement | undefined }[] = []
    for (const part of parts) {
      const whole = judged.get(part)
      for (const { roots } of part.atoms) {
        const own = (roots[0] && whole?.atoms?.get(roots[0])) ?? whole
        for (const { span } of roots) found.push({ start: span.start, judgement: own?.judgement })
      }
    }
    return found.sort((a, b) => a.start - b.start)
  })
  // Whoever asks goes through the program, so that the next node mostly lies where the last one lay.
  let last = -1
  const isAt = (index: number, offset: number) =>
    (places()[index]?.start ?? 0) <= offset && offset < (places()[index + 1]?.start ?? Number.POSITIVE_INFINITY)
  const judgementAt = (offset: number): Judgement | undefined => {
    if (isAt(last, offset)) return places()[last]?.judgement
    last = partitionPoint(places().length, (index) => (places()[index]?.start ?? 0) <= offset) - 1
    return places()[last]?.judgement
  }
  return {
    typeOf: (node: Node) => judgementAt(node.span.start)?.typeOf(node),
    mapType: (name) => judgementOf().get(name)?.mapType(name),
  }
}
