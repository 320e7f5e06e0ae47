/**
 * The parts of a program, as its judgement has them, under the rules and the estimate one by one: those that share a
 * probe together. What a rule finds in a part is kept as long as its judgements, because nothing else can change it, and
 * moved to where the part now is.
 */
import { type JudgeMemory, moverOf, startsOf, type Whole } from '../checker/memory.ts'
import type { Judgement } from '../checker/modern/pipeline.ts'
import { isSameList } from '../checker/split.ts'
import { type Estimate, estimate, joinedEstimate } from '../cost/estimate.ts'
import type { LoadOptions } from '../cost/probe-load.ts'
import type { Span } from '../diagnostic.ts'
import type { Binaries } from '../kernel-facts.ts'
import { type ProgramContext, probeTypeOf, withFacts } from '../program-context.ts'
import type { Probe, TopLevel } from '../syntax/ast.ts'
import { nodesIn } from '../syntax/nodes-by-kind.ts'
import { estimatesOf, probesOf, type Rule, type RuleContext, type RuleFinding } from './rule.ts'
import { rules } from './rules.generated.ts'

export interface Found {
  readonly rule: Rule
  readonly finding: RuleFinding
}

export const foundBy = (rule: Rule, context: RuleContext): Found[] =>
  [...rule.check(context)].map((finding) => ({ rule, finding }))

/** What was found in one part, and where its items were then. */
interface AssessedPart {
  /** A probe may be another object though its statements are the same: only what is in the tree is moved with it. */
  readonly items: Whole['items']
  readonly judgements: Whole['judgements']
  readonly options: LoadOptions
  readonly kernelRelease: string
  readonly estimate: Estimate
  readonly found: readonly Found[]
  readonly needsUnsafe: boolean
  readonly starts: readonly number[]
  /** What its programs and libraries were then; a file that has changed since is another object. */
  readonly files: readonly FileState[]
}

type FileState = ReturnType<Binaries['find']>

interface AssessedParts {
  readonly estimate: Estimate
  /** Without the rules that look across probes. */
  readonly found: ReadonlyMap<Rule, readonly Found[]>
  readonly needsUnsafe: boolean
}

/** By the first judgement. */
const assessed = new WeakMap<Judgement, AssessedPart>()
const localRules = rules.filter((rule) => !rule.acrossProbes)
const groupRules = localRules.filter((rule) => !rule.byProbe)
const probeRules = localRules.filter((rule) => rule.byProbe)

export function assessParts(
  context: ProgramContext,
  options: LoadOptions,
  kernelRelease: string,
  { wholes }: JudgeMemory,
): AssessedParts {
  const found = new Map<Rule, Found[]>(localRules.map((rule) => [rule, []]))
  const estimates: Estimate[] = []
  let unsafe = false
  const fileOf = remembered((target: string) => context.kernel.binaries?.find(target))
  for (const part of wholes) {
    const [key] = part.judgements
    const kept = key && assessed.get(key)
    const files = kept?.files.length === 0 ? kept.files : targetsOf(part.items, context).map(fileOf)
    const isCurrent =
      kept &&
      isSameList(kept.items, part.items) &&
      isSameList(kept.judgements, part.judgements) &&
      isSame(kept.options, options) &&
      kept.kernelRelease === kernelRelease &&
      isSameList(kept.files, files)
    const now = isCurrent ? kept : { ...assessPart(context, options, kernelRelease, part, fileOf), files }
    if (key && !isCurrent && mayKeep(now, part.items)) assessed.set(key, now)
    for (const each of placed(now, part.items)) found.get(each.rule)?.push(each)
    estimates.push(now.estimate)
    unsafe ||= now.needsUnsafe
  }
  return { estimate: joinedEstimate(estimates, options.cpus), found, needsUnsafe: unsafe }
}

function remembered<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, { readonly value: Value }>()
  return (key) => {
    const found = known.get(key) ?? { value: find(key) }
    known.set(key, found)
    return found.value
  }
}

const isSame = (left: LoadOptions, right: LoadOptions) =>
  left.cpus === right.cpus && left.rates === right.rates && left.measured === right.measured

function assessPart(
  context: ProgramContext,
  options: LoadOptions,
  kernelRelease: string,
  part: Whole,
  fileOf: (target: string) => FileState,
) {
  const { tree } = context
  const own = withFacts(context, { tree: { ...tree, program: { ...tree.program, items: part.items } } })
  const ruleContext = withFacts(own, { estimate: estimate(own, options), kernelRelease })
  const found = groupRules.flatMap((rule) => foundBy(rule, ruleContext))
  // A spread of as many as a hostile probe has would not fit on the stack.
  for (const probe of probesOf(own)) for (const each of foundIn(probe, ruleContext, options, fileOf)) found.push(each)
  return {
    items: part.items,
    judgements: part.judgements,
    options,
    kernelRelease,
    estimate: ruleContext.estimate,
    // Nodes are moved with the text; what is kept has places of its own.
    found: found.map((each) => moved(each, (offset) => offset)),
    needsUnsafe: needsUnsafe(own),
    starts: startsOf(part.items),
  }
}

/** What was found in one probe, and what it was looked at with; another of these, and it may be something else. */
interface AssessedProbe extends Pick<AssessedPart, 'found' | 'files' | 'starts'> {
  readonly given: readonly unknown[]
}

const assessedProbes = new WeakMap<Probe, AssessedProbe>()

/** Whoever edits a probe leaves the others as they are, also those that share its maps. */
function foundIn(
  probe: Probe,
  context: RuleContext,
  { rates, measured }: LoadOptions,
  fileOf: (target: string) => FileState,
): readonly Found[] {
  const { tree, catalog, kernel, kernelRelease, estimate } = context
  const given = [catalog, kernel, kernelRelease, estimate.cpus, rates, measured]
  const files = targetsOf([probe], context).map(fileOf)
  const kept = assessedProbes.get(probe)
  if (kept && isSameList(kept.given, given) && isSameList(kept.files, files)) return placed(kept, [probe])
  const own = withFacts(context, {
    tree: { ...tree, program: { ...tree.program, items: [probe] } },
    kernelRelease,
    estimate: { ...estimate, probes: estimatesOf(context, probe) },
  })
  const found = probeRules.flatMap((rule) => foundBy(rule, own)).map((each) => moved(each, (offset) => offset))
  const now = { given, found, files, starts: startsOf([probe]) }
  if (mayKeep(now, [probe])) assessedProbes.set(probe, now)
  return found
}

/** Whether it can be told later what the same items would be said to be. */
const mayKeep = ({ files, found }: Pick<AssessedPart, 'files' | 'found'>, items: readonly TopLevel[]): boolean =>
  files.every((file) => file !== undefined && file !== 'pending') &&
  found.every(({ finding }) => placesOf(finding).every((at) => isWithin(at, items)))

/** The programs and libraries that a part probes: they may change, and large ones are read in the meantime. */
function targetsOf(items: readonly TopLevel[], { kernel, catalog }: ProgramContext): readonly string[] {
  if (kernel.binaries === undefined) return []
  return items.flatMap((item) =>
    item.kind !== 'Probe'
      ? []
      : item.attachPoints.flatMap((point) => {
          const entry = probeTypeOf(catalog, point)
          const isOfProgram = entry === undefined || /^(u|usdt)/.test(entry.aliasOf ?? entry.name)
          return isOfProgram ? [point.parts[1]?.text ?? ''] : []
        }),
  )
}

const placesOf = ({ span, related = [], fixes = [] }: RuleFinding): readonly Span[] => [
  span,
  ...related.map((each) => each.span),
  ...fixes.flatMap(({ edits }) => edits.map((each) => each.span)),
]

const isWithin = (place: Span, items: readonly TopLevel[]): boolean =>
  items.some(({ span }) => span.start <= place.start && place.end <= span.end)

function placed(
  { found, starts }: Pick<AssessedPart, 'found' | 'starts'>,
  items: readonly TopLevel[],
): readonly Found[] {
  const mover = found.length === 0 ? undefined : moverOf(items, starts)
  return mover ? found.map((each) => moved(each, mover)) : found
}

function moved({ rule, finding }: Found, by: (offset: number) => number): Found {
  const place = ({ start, end }: Span): Span => ({ start: by(start), end: by(start) + end - start })
  const { related, fixes } = finding
  return {
    rule,
    finding: {
      ...finding,
      span: place(finding.span),
      ...(related && { related: related.map((each) => ({ ...each, span: place(each.span) })) }),
      ...(fixes && {
        fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map((each) => ({ ...each, span: place(each.span) })) })),
      }),
    },
  }
}

export function needsUnsafe(context: ProgramContext): boolean {
  const { catalog, tree } = context
  return tree.program.items.some(
    (item) =>
      (item.kind === 'Probe' && item.attachPoints.some((point) => probeTypeOf(catalog, point)?.unsafe === true)) ||
      nodesIn(item).calls.some(({ callee }) => catalog.function(callee.text)?.unsafe === true),
  )
}
