/** Puts a tree before the compiler of a version: the modern one since 0.24, the one before until then. */
import { lazy } from '../../shared/lazy.ts'
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
import { detached, type Head, type JudgeMemory, type Part, placed, startsOf } from './memory.ts'
import { type Judgement, judgeModern } from './modern/pipeline.ts'
import { type ProbeArguments, probeArguments } from './probe-arguments.ts'
import { findOlderSpellings } from './rules/older-spellings.ts'
import { findUnused } from './rules/unused.ts'
import { isSameList, type Split, type SplitPart, split } from './split.ts'
import { stages } from './stages.ts'
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
  const parts = memory && split(tree)
  const judged = memory && parts ? judgeParts(tree, parts, environment, memory) : judgeWhole(tree, environment)
  if (memory) memory.head = head
  if (memory && !parts) memory.forgetParts()
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
  const kept = new Map<Node, Part>()
  const judgements = new Map<SplitPart, Judgement>()
  const findings: Finding[] = []
  for (const split of parts) {
    const [name] = split.roots
    if (name === undefined) continue
    const around = [...head, ...split.shared]
    const roots = around.length === 0 ? split.roots : inOrder([...new Set([...around, ...split.roots])])
    const known = memory.head?.types === environment.types ? memory.parts.get(name) : undefined
    const part =
      known && isSameList(known.roots, roots) ? moved(known) : judgePart(tree, roots, split.items(), environment)
    kept.set(name, part)
    judgements.set(split, part.judgement)
    // A spread of as many as a hostile program has would not fit on the stack.
    for (const finding of part.findings) findings.push(finding)
  }
  if (head.length > 0 && parts.length === 0) findings.push(...judgePart(tree, head, head, environment).findings)
  memory.parts = kept
  memory.wholes = wholes.map(({ items, parts: own }) => ({
    items,
    judgements: own.flatMap((each) => judgements.get(each) ?? []),
  }))
  const repeats = head.length > 0 || parts.some(({ shared }) => shared.length > 0)
  return { findings: repeats ? eachOnce(findings) : findings, judgement: together(parts, judgements) }
}

const inOrder = (nodes: readonly Node[]) => nodes.toSorted((a, b) => a.span.start - b.span.start)

const moved = (part: Part): Part => ({ ...part, findings: placed(part), starts: startsOf(part.roots) })

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
function together(parts: readonly SplitPart[], judged: ReadonlyMap<SplitPart, Judgement>): Judgement {
  const judgementOf = lazy(
    () => new Map(parts.flatMap((part) => [...part.things].map((thing) => [thing, judged.get(part)] as const))),
  )
  const places = lazy(() =>
    parts
      .flatMap((part) => part.roots.map(({ span }) => ({ start: span.start, judgement: judged.get(part) })))
      .sort((a, b) => a.start - b.start),
  )
  const judgementAt = (offset: number): Judgement | undefined => {
    let [low, high] = [0, places().length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((places()[middle]?.start ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return places()[low - 1]?.judgement
  }
  return {
    typeOf: (node: Node) => judgementAt(node.span.start)?.typeOf(node),
    mapType: (name) => judgementOf().get(name)?.mapType(name),
  }
}
