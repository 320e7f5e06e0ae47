/**
 * Macro expansion: choosing the definition by the kinds of the arguments, renaming the variables of the macro, handing
 * in maps and variables by name and expressions by copy. Macros of the standard library are known by what they do.
 */
import type { Span } from '../../diagnostic.ts'
import { atLeast } from '../../version.ts'
import type { Environment } from '../environment.ts'
import type { CallExpr, Expr, FieldExpr, IdentifierExpr, MacroIr, ProgramIr, Stmt, TypeRef, WrittenType } from './ir.ts'
import { type StandardMacro, standardMacros } from './standard-macros.ts'
import { cloneBlock, cloneExpr, everyExpr, rewriteExpr, rewriteStmt } from './walk.ts'

/**
 * Nested expansions multiply; past this many nodes that macros made for a probe or function, a call counts as unknown.
 * Probes of real programs stay below four for each of their characters; what is far beyond that is calls within calls.
 */
const nodeBudget = ({ start, end }: Span) => 2000 + 8 * (end - start)

/** How deep text of macros may nest in text of macros: what is deeper costs the walkers their stack. */
const depthLimit = 500

interface Expander {
  readonly environment: Environment
  readonly macros: ReadonlyMap<string, readonly MacroIr[]>
  readonly stack: readonly MacroIr[]
  /** The macro whose text is being read; undefined in the program itself and in arguments handed in. */
  readonly frame: Frame | undefined
  readonly budget: { nodes: number; depth: number }
}

interface Frame {
  readonly macro: MacroIr
  readonly depth: number
  readonly maps: Map<string, string>
  readonly variables: Map<string, string>
  readonly renamed: Set<string>
  readonly expressions: Map<string, Expr>
  readonly call: Span
}

export function expandMacros(program: ProgramIr, environment: Environment): void {
  const macros = register(program.macros, environment)
  const expander: Expander = {
    environment,
    macros,
    stack: [],
    frame: undefined,
    budget: { nodes: 0, depth: 0 },
  }
  for (const root of [...program.subprograms, ...program.probes]) {
    expander.budget.nodes = nodeBudget(root.span)
    rewriteExpr(root.body, (child) => expand(expander, child))
    if (!program.words.has('typeof')) continue
    everyExpr(root.body, (expression) => {
      if (expression.kind === 'type-argument')
        environment.findings.report('type-argument-misplaced', expression.span, {})
      return undefined
    })
  }
}

function register(macros: readonly MacroIr[], environment: Environment): Map<string, MacroIr[]> {
  const known = new Map<string, MacroIr[]>()
  for (const macro of macros) {
    const same = known.get(macro.name) ?? []
    const earlier = same.find((other) => distance(other.parameters, macro.parameters) === 0)
    if (earlier) {
      environment.findings.report(
        'macro-redefinition',
        macro.nameSpan,
        { name: macro.name },
        { related: [{ span: earlier.nameSpan, message: 'This is the original definition.' }] },
      )
      continue
    }
    if (!distinctParameters(macro, environment)) continue
    known.set(macro.name, [...same, macro])
  }
  return known
}

function distinctParameters(macro: MacroIr, environment: Environment): boolean {
  const seen = new Set<string>()
  for (const parameter of macro.parameters) {
    if (seen.has(parameter.name)) {
      environment.findings.report('macro-parameter-duplicate', parameter.span, { name: parameter.name })
      return false
    }
    seen.add(parameter.name)
  }
  return true
}

type Parameterish = { readonly kind: string }

/** How badly arguments fit; 0 is a fit. A wrong number outweighs any wrong kinds. */
function distance(parameters: readonly Parameterish[], args: readonly Parameterish[]): number {
  let result = 1024 * Math.abs(parameters.length - args.length)
  for (const [i, parameter] of parameters.entries()) {
    const argument = args[i]
    if (!argument) break
    if ((parameter.kind === 'map' || parameter.kind === 'variable') && argument.kind !== parameter.kind) result++
  }
  return result
}

function expand(expander: Expander, expression: Expr): Expr {
  const { stack, budget } = expander
  if (stack.length === 0) return expandNode(expander, expression)
  if (--budget.nodes < 0 || budget.depth >= depthLimit) return { kind: 'unknown', span: expression.span }
  budget.depth++
  const made = expandNode(expander, expression)
  budget.depth--
  return made
}

function expandNode(expander: Expander, expression: Expr): Expr {
  switch (expression.kind) {
    case 'identifier':
      return expandIdentifier(expander, expression)
    case 'call':
      expression.args = expression.args.map((argument) => expand(expander, argument))
      return expandCall(expander, expression, expression.name, expression.args)
    case 'variable':
      renameVariable(expander, expression)
      return expression
    case 'variable-address':
      renameVariable(expander, expression.variable)
      return expression
    case 'map':
      renameMap(expander, expression)
      return expression
    case 'map-address':
      renameMap(expander, expression.map)
      return expression
    case 'map-access':
      renameMap(expander, expression.map)
      expression.key = expand(expander, expression.key)
      return expression
    case 'block':
      for (const statement of expression.statements) expandStatement(expander, statement)
      expression.result = expand(expander, expression.result)
      return expression
    case 'cast':
      expression.operand = expand(expander, expression.operand)
      expandTypeRef(expander, expression.type)
      return expression
    case 'sizeof':
    case 'typeinfo':
    case 'type-argument':
      expandTypeRef(expander, expression.type)
      return expression
    case 'offsetof':
      expandTypeRef(expander, expression.type)
      expression.path = expandPath(expander, expression.path)
      return expression
    default:
      rewriteExpr(expression, (child) => expand(expander, child))
      return expression
  }
}

function expandIdentifier(expander: Expander, expression: IdentifierExpr): Expr {
  const handed = expander.frame?.expressions.get(expression.name)
  if (!handed) return expandCall(expander, expression, expression.name, [])
  // The argument belongs to the caller: nothing in it is renamed, and anything is allowed.
  return expand({ ...expander, frame: undefined }, cloneExpr(handed))
}

function expandStatement(expander: Expander, statement: Stmt): void {
  switch (statement.kind) {
    case 'declare':
      declareVariable(expander, statement)
      if (statement.type) expandTypeRef(expander, statement.type)
      renameVariable(expander, statement.variable)
      return
    case 'assign-variable': {
      const { frame } = expander
      if (frame && !frame.variables.has(statement.variable.name)) frame.renamed.add(statement.variable.name)
      if (statement.declaration) {
        declareVariable(expander, statement.declaration)
        if (statement.declaration.type) expandTypeRef(expander, statement.declaration.type)
        statement.declaration.variable = statement.variable
      }
      renameVariable(expander, statement.variable)
      statement.value = expand(expander, statement.value)
      return
    }
    case 'assign-map': {
      const target = expand(expander, statement.target)
      if (target.kind === 'map' || target.kind === 'map-access') statement.target = target
      statement.value = expand(expander, statement.value)
      return
    }
    case 'for': {
      const { iterable, variable } = statement
      if (iterable.kind === 'map') renameMap(expander, iterable)
      else if (iterable.kind === 'range') {
        iterable.start = expand(expander, iterable.start)
        iterable.end = expand(expander, iterable.end)
      }
      renameVariable(expander, variable)
      expand(expander, statement.body)
      return
    }
    case 'while':
      statement.condition = expand(expander, statement.condition)
      expand(expander, statement.body)
      return
    case 'unroll':
      statement.count = expand(expander, statement.count)
      expand(expander, statement.body)
      return
    default:
      rewriteStmt(statement, (child) => expand(expander, child))
  }
}

function declareVariable(expander: Expander, declaration: Stmt & { kind: 'declare' }): void {
  const { frame, environment } = expander
  if (!frame) return
  const { name } = declaration.variable
  if (frame.variables.has(name)) {
    environment.findings.report('macro-argument-shadowed', declaration.span, { name })
    return
  }
  frame.renamed.add(name)
}

function renameVariable(expander: Expander, variable: { name: string }): void {
  const { frame } = expander
  if (!frame) return
  const handed = frame.variables.get(variable.name)
  if (handed) variable.name = handed
  else if (frame.renamed.has(variable.name)) {
    variable.name = `$$${frame.macro.name}${frame.depth === 1 ? '' : `_${frame.depth}`}_${variable.name}`
  }
}

function renameMap(expander: Expander, map: Expr & { kind: 'map' }): void {
  const { frame, environment } = expander
  if (!frame) return
  const handed = frame.maps.get(map.name)
  if (handed) map.name = handed
  else environment.findings.report('macro-hygiene', map.span, { name: map.name }, calledFrom(frame))
}

const calledFrom = (frame: Frame) => ({ related: [{ span: frame.call, message: 'Expanded from here.' }] })

/** A bare word in a type context is a type's name, unless a parameter of the macro is called so. */
function expandTypeRef(expander: Expander, type: TypeRef): void {
  const { expression, written } = type
  if (expression) {
    if (expression.kind === 'identifier') {
      const handed = expander.frame?.expressions.get(expression.name)
      if (!handed) return
      if (handed.kind === 'type-argument') {
        replaceTypeRef(type, handed.type)
        return
      }
    }
    type.expression = expand(expander, expression)
    return
  }
  if (written && expander.frame) type.written = expandWritten(expander.frame, written)
}

function replaceTypeRef(type: TypeRef, by: TypeRef): void {
  type.written = by.written
  type.expression = by.expression && cloneExpr(by.expression)
}

function expandWritten(frame: Frame, written: WrittenType): WrittenType {
  switch (written.kind) {
    case 'known':
      return written
    case 'pointer':
      return { kind: 'pointer', to: expandWritten(frame, written.to) }
    case 'array':
      return { ...written, of: expandWritten(frame, written.of) }
    case 'named': {
      const handed = frame.expressions.get(written.name)
      if (handed?.kind === 'identifier') return { ...written, name: handed.name }
      if (handed?.kind !== 'type-argument') return written
      if (handed.type.written) return handed.type.written
      const inner = handed.type.expression
      return inner?.kind === 'identifier' ? { ...written, name: inner.name } : written
    }
  }
}

function expandPath(expander: Expander, path: string[]): string[] {
  const [only] = path
  const handed = path.length === 1 && only !== undefined ? expander.frame?.expressions.get(only) : undefined
  if (handed?.kind === 'identifier') return [handed.name]
  return handed?.kind === 'field' ? (fieldPath(handed) ?? path) : path
}

function fieldPath(expression: FieldExpr): string[] | undefined {
  if (expression.object.kind === 'identifier') return [expression.object.name, expression.field]
  const inner = expression.object.kind === 'field' ? fieldPath(expression.object) : undefined
  return inner && [...inner, expression.field]
}

function expandCall(
  expander: Expander,
  expression: CallExpr | IdentifierExpr,
  name: string,
  args: readonly Expr[],
): Expr {
  const own = expander.macros.get(name) ?? []
  const fitting = own.find((macro) => distance(macro.parameters, args) === 0)
  if (fitting) return expandOwn(expander, expression, fitting, args)
  const standard = standardMacrosFor(expander, name)
  const match = standard.find((macro) => distance(macro.parameters, args) === 0)
  if (match) return withOrigin(expandStandard(expander, match, expression, args), expression)
  if (own.length === 0 && standard.length === 0) return expression
  if (expression.kind === 'identifier' && own.length === 0 && standard.every((macro) => macro.parameters.length > 0)) {
    // A bare word that only happens to be called like a macro with parameters.
    reportMismatch(expander, expression, name, args, standard)
    return { kind: 'unknown', span: expression.span }
  }
  reportMismatch(expander, expression, name, args, [...own, ...standard])
  return { kind: 'unknown', span: expression.span }
}

function withOrigin(made: Expr, expression: Expr): Expr {
  made.origin ??= expression.origin
  return made
}

function standardMacrosFor(expander: Expander, name: string): readonly StandardMacro[] {
  const macros = standardMacros.get(name) ?? []
  return macros.filter((macro) => atLeast(expander.environment.version, macro.since))
}

/** What a macro makes may call further macros of the library, but none of the program. */
function expandStandard(expander: Expander, macro: StandardMacro, call: Expr, args: readonly Expr[]): Expr {
  const { budget } = expander
  // Macros of the library name their arguments more than once, and each time is a copy.
  for (const argument of args) everyExpr(argument, () => budget.nodes-- > 0)
  if (budget.nodes < 0) return { kind: 'unknown', span: call.span }
  return macro.expand({ span: call.span, args, environment: expander.environment })
}

interface Definition {
  readonly parameters: readonly { readonly kind: string; readonly name?: string }[]
  readonly nameSpan?: Span
}

function reportMismatch(
  expander: Expander,
  expression: CallExpr | IdentifierExpr,
  name: string,
  args: readonly Expr[],
  definitions: readonly Definition[],
): void {
  const { findings } = expander.environment
  const closest = definitions.reduce((best, next) =>
    distance(next.parameters, args) < distance(best.parameters, args) ? next : best,
  )
  const related = closest.nameSpan ? [{ span: closest.nameSpan, message: 'This is the closest definition.' }] : []
  findings.report(
    'macro-arguments',
    expression.span,
    { name, expected: closest.parameters.length, found: args.length },
    { related },
  )
  if (closest.parameters.length !== args.length) return
  for (const [i, parameter] of closest.parameters.entries()) {
    const argument = args[i]
    if (!argument || (parameter.kind !== 'map' && parameter.kind !== 'variable') || argument.kind === parameter.kind)
      continue
    findings.report('macro-argument-kind', argument.span, { name, expected: parameter.kind })
  }
}

function expandOwn(
  expander: Expander,
  expression: CallExpr | IdentifierExpr,
  macro: MacroIr,
  args: readonly Expr[],
): Expr {
  const { stack, environment } = expander
  if (stack.includes(macro)) {
    const chain = [...stack.slice(stack.indexOf(macro)), macro].map((each) => each.name).join(' > ')
    environment.findings.report('macro-recursion', expression.span, { chain })
    return { kind: 'unknown', span: expression.span }
  }
  const frame: Frame = {
    macro,
    depth: stack.length + 1,
    maps: new Map(),
    variables: new Map(),
    renamed: new Set(),
    expressions: new Map(),
    call: expression.span,
  }
  for (const [i, parameter] of macro.parameters.entries()) {
    const argument = args[i]
    if (!argument) continue
    if (parameter.kind === 'map' && argument.kind === 'map') frame.maps.set(parameter.name, argument.name)
    else if (parameter.kind === 'variable' && argument.kind === 'variable')
      frame.variables.set(parameter.name, argument.name)
    else frame.expressions.set(parameter.name, wrapped(argument))
  }
  return expand({ ...expander, stack: [...stack, macro], frame }, cloneBlock(macro.body))
}

/** A variable or map handed in for an expression may not be assigned to. */
function wrapped(argument: Expr): Expr {
  if (argument.kind !== 'variable' && argument.kind !== 'map') return argument
  return { kind: 'block', span: argument.span, statements: [], result: argument }
}
