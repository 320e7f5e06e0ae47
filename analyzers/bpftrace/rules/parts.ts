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
import { nodesIn } from '../syntax/nodes-by-kind.ts'
import type { Rule, RuleContext, RuleFinding } from './rule.ts'
import { rules } from './rules.generated.ts'

export interface Found {
  readonly rule: Rule
  readonly finding: RuleFinding
}

export const foundBy = (rule: Rule, context: RuleContext): Found[] =>
  [...rule.check(context)].map((finding) => ({ rule, finding }))

/** What was found in one part, and where its items were then. */
interface AssessedPart {
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
    const files = kept?.files.length === 0 ? kept.files : targetsOf(part, context).map(fileOf)
    const isCurrent =
      kept &&
      isSameList(kept.judgements, part.judgements) &&
      isSame(kept.options, options) &&
      kept.kernelRelease === kernelRelease &&
      isSameList(kept.files, files)
    const now = isCurrent ? kept : { ...assessPart(context, options, kernelRelease, part), files }
    if (key && !isCurrent && mayKeep(now, part)) assessed.set(key, now)
    for (const each of placed(now, part)) found.get(each.rule)?.push(each)
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

function assessPart(context: ProgramContext, options: LoadOptions, kernelRelease: string, part: Whole) {
  const { tree } = context
  const own = withFacts(context, { tree: { ...tree, program: { ...tree.program, items: part.items } } })
  const ruleContext = withFacts(own, { estimate: estimate(own, options), kernelRelease })
  const found = localRules.flatMap((rule) => foundBy(rule, ruleContext))
  return {
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

/** Whether it can be told later what the same part would be said to be. */
const mayKeep = ({ files, found }: AssessedPart, part: Whole): boolean =>
  files.every((file) => file !== undefined && file !== 'pending') &&
  found.every(({ finding }) => placesOf(finding).every((at) => isWithin(at, part)))

/** The programs and libraries that a part probes: they may change, and large ones are read in the meantime. */
function targetsOf({ items }: Whole, { kernel, catalog }: ProgramContext): readonly string[] {
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

const isWithin = (place: Span, { items }: Whole): boolean =>
  items.some(({ span }) => span.start <= place.start && place.end <= span.end)

function placed(now: AssessedPart, part: Whole): readonly Found[] {
  const mover = now.found.length === 0 ? undefined : moverOf(part.items, now.starts)
  return mover ? now.found.map((each) => moved(each, mover)) : now.found
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
