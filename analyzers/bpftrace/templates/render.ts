/**
 * From a template and what a caller wants to a program: parameters are read, the template writes the newest spelling,
 * that is rewritten for the target version and formatted. The notes say what another target would have had otherwise.
 */
import { UserError } from '../../shared/user-error.ts'
import { analyze } from '../analyze.ts'
import { applyEdits } from '../apply-edits.ts'
import { format } from '../format.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import { migrate } from '../migrate/migrate.ts'
import { atLeast, formatVersion, judgedVersion, newestVersion, type Version } from '../version.ts'
import { optionalDuration, type Parameter } from './parameters.ts'
import { timer } from './parts.ts'
import { TemplateTarget } from './target.ts'
import type { Parameters, Template } from './template.ts'
import { templates } from './templates.generated.ts'

export interface RenderOptions {
  readonly bpftrace: Version
  readonly kernel: KernelFacts
}

export interface RenderedTemplate {
  readonly program: string
  readonly notes: readonly string[]
}

/** What every template can be told. */
const common = {
  duration: optionalDuration({
    description: 'Stop after this time; without it the program runs until it is interrupted',
    minimum: '1ms',
  }),
} as const

export function parametersOf(template: Template): Parameters {
  return { ...template.parameters, ...common }
}

/** @throws UserError when there is none of this name. */
export function requireTemplate(name: string): Template {
  const found = templates.find((each) => each.name === name)
  if (found !== undefined) return found
  const words = name.toLowerCase().split(/\W+/)
  const near = templates.filter((each) => words.some((word) => word.length > 2 && each.name.includes(word)))
  throw new UserError({
    code: 'NOT_FOUND',
    message: `There is no template "${name}".`,
    hint: near.length > 0 ? `Near: ${near.map((each) => each.name).join(', ')}.` : 'See bpftrace.list_templates.',
    details: { template: name, near: near.map((each) => each.name) },
  })
}

/** @throws UserError for a parameter that is unknown, missing or no such value, and for a version that is too old. */
export function renderTemplate(
  template: Template,
  given: Readonly<Record<string, unknown>>,
  { bpftrace, kernel }: RenderOptions,
): RenderedTemplate {
  const { version, notice } = judgedVersion(bpftrace)
  if (!atLeast(version, template.since)) {
    throw new UserError({
      code: 'UNSUPPORTED',
      message: `The template ${template.name} needs bpftrace ${template.since}, not ${formatVersion(version)}.`,
      hint: 'Use a newer bpftrace, or another template with the same tags.',
    })
  }
  const parameters = parametersOf(template)
  refuseUnknown(template, parameters, given)
  const values: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(parameters)) {
    values[name] = readValue(name, parameter, Object.hasOwn(given, name) ? given[name] : undefined)
  }
  const target = new TemplateTarget(version, kernel)
  const body = template.render(values, target)
  const { duration } = given
  const limit = common.duration.read(duration ?? undefined, 'duration')
  const stop = limit === undefined ? '' : `\n${timer(limit)} { exit(); }`
  const newest = format(`// ${template.question}\n${body.trim()}${stop}\n`).text
  const notes = [...(notice === undefined ? [] : [notice]), ...target.notes]
  if (atLeast(version, formatVersion(newestVersion))) return { program: quiet(newest, version, kernel), notes }
  const older = migrate(newest, { to: version, from: newestVersion, kernel })
  const migrated = format(older.program).text
  if (migrated !== newest) notes.push(`Written as bpftrace ${formatVersion(version)} has it.`)
  return { program: quiet(migrated, version, kernel), notes }
}

/**
 * What templates leave to the compiler and some versions warn of: conversions between signed and unsigned times, values
 * that nobody wants, casts that older versions need. In this order, for one fix brings another to light.
 */
const leftToVersions = ['signed-division', 'implicit-cast', 'discarded-value', 'unnecessary-cast'] as const

/** Where the version warns, the program is written as it asks. */
function quiet(program: string, bpftrace: Version, kernel: KernelFacts): string {
  let text = program
  for (let round = 0; round < leftToVersions.length; round++) {
    const { diagnostics } = analyze(text, { bpftrace, kernel })
    const wanted = leftToVersions.find((each) =>
      diagnostics.some(({ code, fixes }) => code === each && fixes.length > 0),
    )
    if (wanted === undefined) break
    text = applyEdits(
      text,
      diagnostics.flatMap(({ code, fixes }) => (code === wanted ? (fixes[0]?.edits ?? []) : [])),
    )
  }
  return text === program ? program : format(text).text
}

export interface ParameterProblem {
  readonly parameter: string
  /** What a value has to be, as a sentence. */
  readonly message: string
}

/** Everything that is wrong with the given values, where rendering stops at the first. */
export function parameterProblems(
  template: Template,
  given: Readonly<Record<string, unknown>>,
): readonly ParameterProblem[] {
  return Object.entries(parametersOf(template)).flatMap(([name, parameter]) => {
    try {
      readValue(name, parameter, Object.hasOwn(given, name) ? given[name] : undefined)
      return []
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return [{ parameter: name, message: error.message }]
    }
  })
}

function readValue(name: string, parameter: Parameter<unknown>, given: unknown): unknown {
  const value = given === undefined || given === null || given === '' ? parameter.default : given
  if (value === undefined && parameter.required) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `\`${name}\` is missing: ${parameter.description}.`,
      hint: parameter.example === undefined ? 'Give a value.' : `For example ${JSON.stringify(parameter.example)}.`,
      details: { field: name },
    })
  }
  return parameter.read(value, name)
}

function refuseUnknown(template: Template, parameters: Parameters, given: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name))
  if (unknown === undefined) return
  throw new UserError({
    code: 'INVALID_ARGUMENT',
    message: `The template ${template.name} has no parameter \`${unknown}\`.`,
    hint: `It has ${Object.keys(parameters).join(', ')}.`,
    details: { field: unknown, parameters: Object.keys(parameters) },
  })
}
