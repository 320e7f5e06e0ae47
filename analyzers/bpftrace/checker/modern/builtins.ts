/** Builtins in the probes that have them, and those whose value is known while compiling. */

import { type AttachPoint, programType } from '../attach-points/attach-point.ts'
import type { Environment } from '../environment.ts'
import { stages } from '../stages.ts'
import { isLiteral } from './fold.ts'
import type { BuiltinExpr, Expr, ProbeIr, ProgramIr, Root } from './ir.ts'
import { isAvailable } from './pre-check.ts'
import { everyExpr, rewriteExpr } from './walk.ts'

/** Registers that carry arguments on x86-64. */
const argumentRegisters = 6

const argumentIndex = (name: string) => /^arg(\d+)$/.exec(name)?.[1]

/** Before probes are taken apart by attach point: retval and arguments. */
export function checkProbeBuiltins(program: ProgramIr, environment: Environment): void {
  const { findings } = environment
  for (const probe of program.probes) {
    everyExpr(probe.body, (expression) => {
      if (expression.kind !== 'builtin') return undefined
      for (const point of probe.attachPoints) {
        const { provider } = point
        if (expression.name === 'retval' && !['kretprobe', 'uretprobe', 'fentry', 'fexit'].includes(provider)) {
          findings.report('builtin-unavailable', expression.span, {
            name: 'retval',
            probe: point.spelled,
            instead: instead(point),
          })
        } else if (
          argumentIndex(expression.name) &&
          !['kprobe', 'uprobe', 'usdt', 'rawtracepoint'].includes(provider)
        ) {
          findings.report('builtin-unavailable', expression.span, {
            name: expression.name,
            probe: point.spelled,
            instead: '',
          })
        }
      }
      return undefined
    })
  }
}

const instead = (point: AttachPoint) => (point.provider === 'tracepoint' ? 'args.ret' : '')

/** Gone since 0.25. */
export function checkDeprecated(program: ProgramIr, environment: Environment): void {
  const { findings } = environment
  findings.stage = stages.deprecated
  const visit = (body: Expr) =>
    everyExpr(body, (expression) => {
      if (expression.kind === 'builtin' && /^sarg\d/.test(expression.name)) {
        findings.report('builtin-removed', expression.span, {
          name: expression.name,
          instead: '*(reg("sp") + <offset>)',
        })
      }
      if (expression.kind === 'block') {
        for (const statement of expression.statements) {
          if (statement.kind === 'while') findings.report('while-deprecated', statement.span, {})
        }
      }
      return undefined
    })
  // Macros are read only once they are expanded, which is later.
  for (const item of [...program.subprograms, ...program.probes]) visit(item.body)
}

/** One probe for every kind of attach point: what a builtin is depends on it. */
export function separateProbes(program: ProgramIr, clone: (probe: ProbeIr, point: AttachPoint) => ProbeIr): void {
  program.probes = program.probes.flatMap((probe) => {
    const distinct = distinctPoints(probe)
    return distinct.length < 2 ? [probe] : distinct.map((point) => clone(probe, point))
  })
}

/** Attach points under which the body may mean different things. */
function distinctPoints(probe: ProbeIr): readonly AttachPoint[] {
  if (probe.attachPoints.length < 2) return probe.attachPoints
  let particular = false
  everyExpr(probe.body, (expression) => {
    if (expression.kind === 'builtin' && ['args', 'retval', 'ctx'].includes(expression.name)) particular = true
    return undefined
  })
  const seen = new Map<string, AttachPoint>()
  for (const point of probe.attachPoints) {
    const typed = !['kprobe', 'kretprobe', 'uprobe', 'uretprobe', 'usdt'].includes(point.provider)
    const key = particular && typed ? `${point.provider}:${point.target}:${point.func}` : point.provider
    if (!seen.has(key)) seen.set(key, point)
  }
  return [...seen.values()].slice(0, 64)
}

export function resolveBuiltins(program: ProgramIr, environment: Environment): void {
  for (const root of [...program.subprograms, ...program.probes]) {
    // The body itself stays a block.
    resolve(root, root.body, environment)
  }
}

function resolve(root: Root, expression: Expr, environment: Environment): Expr {
  rewriteExpr(expression, (child) => resolve(root, child, environment))
  if (expression.kind === 'builtin') return resolveBuiltin(root, expression, environment)
  if (expression.kind === 'call' && expression.name === '__builtin_is_literal') {
    const [value] = expression.args
    return { kind: 'boolean', span: expression.span, value: value !== undefined && isLiteral(value) }
  }
  if (expression.kind === 'block') {
    for (const statement of expression.statements) {
      if (statement.kind === 'for') checkLoop(statement.body, environment)
    }
  }
  return expression
}

function checkLoop(body: Expr, environment: Environment): void {
  everyExpr(body, (expression) => {
    if (expression.kind === 'builtin' && (argumentIndex(expression.name) || expression.name === 'retval')) {
      environment.findings.report('builtin-in-loop', expression.span, { name: expression.name })
    }
    return undefined
  })
}

function resolveBuiltin(root: Root, expression: BuiltinExpr, environment: Environment): Expr {
  const { name, span, origin } = expression
  const point = root.kind === 'probe' ? root.attachPoints[0] : undefined
  const refuse = (instead = '') =>
    environment.findings.report('builtin-unavailable', span, { name, probe: point?.spelled ?? '', instead })
  const outside = (): Expr => {
    environment.findings.report('builtin-outside-probe', span, { name })
    return expression
  }
  switch (name) {
    case 'probe':
    case 'probetype':
      if (root.kind !== 'probe') outside()
      if (!point) return { kind: 'string', span, origin, value: 'none' }
      return { kind: 'string', span, origin, value: name === 'probe' ? probeName(point) : probeTypeName(point) }
    case 'usermode':
      if (!point || isAvailable('usermode', point.provider)) return expression
      return { kind: 'integer', span, origin, value: programType(point.provider) === 'special' ? 1n : 0n }
    case 'ctx': {
      if (root.kind !== 'probe') return outside()
      if (!point) return expression
      const type = programType(point.provider)
      if (type === 'tracepoint') refuse('args')
      else if (type === 'special' || (type === 'tracing' && point.provider !== 'iter')) refuse()
      return expression
    }
    case 'func': {
      if (root.kind !== 'probe') return outside()
      const valid = ['kprobe', 'kretprobe', 'uprobe', 'uretprobe', 'fentry', 'fexit']
      if (point && !valid.includes(point.provider)) refuse()
      return expression
    }
    case 'args':
      if (root.kind !== 'probe') return outside()
      if (point && !['fentry', 'fexit', 'uprobe', 'rawtracepoint', 'tracepoint'].includes(point.provider)) refuse()
      else if (point?.target === 'bpf' && (point.provider === 'fentry' || point.provider === 'fexit')) refuse()
      return expression
    default: {
      const index = argumentIndex(name)
      if (index === undefined) return expression
      if (root.kind !== 'probe') return outside()
      if (point && point.provider !== 'usdt' && Number(index) >= argumentRegisters) {
        environment.findings.report('argument-register', span, { name })
      }
      return expression
    }
  }
}

const probeName = ({ provider, target, func }: AttachPoint) =>
  [provider, target, func].filter((part) => part !== '').join(':')

function probeTypeName({ provider }: AttachPoint): string {
  if (provider === 'begin' || provider === 'end' || provider === 'self') return 'special'
  return provider === 'bench' ? 'benchmark' : provider
}
