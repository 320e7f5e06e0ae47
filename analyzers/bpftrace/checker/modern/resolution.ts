/** What the collectors of type rules share: the cells of variables and maps, the scopes, and what is locked. */
import type { Span } from '../../diagnostic.ts'
import { formatType } from '../../types/format.ts'
import { builtinTypes } from '../../types/names.ts'
import { equalTypes, promoteTypes } from '../../types/relations.ts'
import {
  array,
  buffer,
  isCastableAggregate,
  isUnknown,
  none,
  pointer,
  string,
  type Type,
  unknown,
} from '../../types/type.ts'
import type { Environment } from '../environment.ts'
import type { ProbeArguments } from '../probe-arguments.ts'
import type { ComptimeExpr, Expr, ProbeIr, Root, Scope, WrittenType } from './ir.ts'
import type { Cell, Solver } from './solver.ts'

/** What earlier passes learned about maps. */
export interface MapFacts {
  /** Whether a map is used without a key. */
  readonly scalar: Map<string, boolean>
  /** Uses that contradict that, by what is wrong with them. */
  readonly faults: Map<Expr, 'keyed-as-scalar' | 'scalar-as-keyed' | 'scalar-iteration'>
  /** Maps that stand for command line options, with their types. */
  readonly options: Map<string, Type>
}

export interface Locks {
  readonly variables: Map<Scope, Map<string, Type>>
  readonly keys: Map<string, Type>
  readonly values: Map<string, Type>
}

export interface Resolution {
  readonly environment: Environment
  readonly solver: Solver
  readonly maps: MapFacts
  readonly locks: Locks
  readonly argumentsOf: (probe: ProbeIr) => ProbeArguments | undefined
  readonly keys: Map<string, Cell>
  readonly values: Map<string, Cell>
  readonly variables: Map<Scope, Map<string, Cell>>
  /** Variables whose declaration fixes the type. */
  readonly fixed: Set<Cell>
  readonly aggregateArguments: Map<string, Type>
  readonly comptimes: ComptimeExpr[]
  readonly introspected: { readonly variables: [Scope, string][]; readonly maps: Set<string> }
  readonly scopes: Scope[]
  root: Root | undefined
  /** The call whose arguments are being read. */
  call: string
  introspection: number
}

export function keyCell(resolution: Resolution, map: string): Cell {
  return cellOf(resolution, resolution.keys, map)
}

export function valueCell(resolution: Resolution, map: string): Cell {
  return cellOf(resolution, resolution.values, map)
}

function cellOf(resolution: Resolution, cells: Map<string, Cell>, name: string): Cell {
  let cell = cells.get(name)
  if (!cell) {
    cell = resolution.solver.cell()
    cells.set(name, cell)
  }
  return cell
}

export function findVariable(resolution: Resolution, name: string): { scope: Scope; cell: Cell } | undefined {
  for (const scope of resolution.scopes) {
    const cell = resolution.variables.get(scope)?.get(name)
    if (cell) return { scope, cell }
  }
  return undefined
}

/** The variable of that name in reach, made in the innermost scope where there is none. */
export function variableCell(resolution: Resolution, name: string): { scope: Scope | undefined; cell: Cell } {
  const found = findVariable(resolution, name)
  if (found) return found
  const scope = resolution.scopes[resolution.scopes.length - 1]
  const cell = resolution.solver.cell()
  if (!scope) return { scope, cell }
  let variables = resolution.variables.get(scope)
  if (!variables) {
    variables = new Map()
    resolution.variables.set(scope, variables)
  }
  variables.set(name, cell)
  return { scope, cell }
}

export const cellFor = (resolution: Resolution, expression: Expr): Cell => {
  expression.cell ??= resolution.solver.cell()
  return expression.cell
}

export const typeOf = (expression: { cell?: Cell | undefined }): Type => expression.cell?.type ?? none

/** A rule whose result is unknown as soon as one input is. */
export function derive(
  resolution: Resolution,
  output: Cell,
  inputs: readonly Cell[],
  resolve: (...types: readonly Type[]) => Type,
): void {
  resolution.solver.rule(output, inputs, (types) => (types.some(isUnknown) ? unknown : resolve(...types)))
}

export function locked(
  resolution: Resolution,
  lock: Type | undefined,
  type: Type,
  name: string,
  span: Span,
): Type | undefined {
  if (!lock) return undefined
  const promoted = promoteTypes(lock, type)
  if (!promoted || !equalTypes(promoted, lock)) {
    resolution.environment.findings.report('type-locked', span, {
      name,
      type: formatType(type),
      locked: formatType(lock),
    })
  }
  return lock
}

export function assignToVariable(
  resolution: Resolution,
  variable: { scope: Scope | undefined; cell: Cell },
  name: string,
  type: Type,
  span: Span,
): Type {
  const lock = variable.scope && resolution.locks.variables.get(variable.scope)?.get(name)
  const kept = locked(resolution, lock, type, name, span)
  if (kept) return kept
  const promoted = promoteTypes(variable.cell.type, type)
  if (promoted) return promoted
  resolution.environment.findings.report('type-mismatch', span, {
    name,
    type: formatType(type),
    current: formatType(variable.cell.type),
  })
  return none
}

export function assignToMap(resolution: Resolution, map: string, type: Type, span: Span): Type {
  const kept = locked(resolution, resolution.locks.values.get(map), type, map, span)
  if (kept) return kept
  const current = valueCell(resolution, map).type
  const promoted = isCastableAggregate(current) ? undefined : promoteTypes(current, type)
  if (promoted) {
    return promoted.kind === 'c' || promoted.kind === 'array' ? { ...promoted, internal: true } : promoted
  }
  resolution.environment.findings.report('map-type-mismatch', span, {
    name: map,
    type: formatType(type),
    current: formatType(current),
  })
  return none
}

export function aggregateIntoMap(resolution: Resolution, map: string, type: Type, span: Span): Type {
  const kept = locked(resolution, resolution.locks.values.get(map), type, map, span)
  if (kept) return kept
  const current = valueCell(resolution, map).type
  if (current.kind === 'none') return type
  if (current.kind === 'unknown') return unknown
  if (current.kind === 'aggregate' && type.kind === 'aggregate' && current.aggregate === type.aggregate) {
    const promoted = promoteTypes(current, type)
    if (promoted) return promoted
  }
  resolution.environment.findings.report('map-type-mismatch', span, {
    name: map,
    type: formatType(type),
    current: formatType(current),
  })
  return none
}

export function keyIntoMap(resolution: Resolution, map: string, type: Type, span: Span): Type {
  if (resolution.maps.scalar.get(map)) return { kind: 'integer', size: 8, signed: true }
  const kept = locked(resolution, resolution.locks.keys.get(map), type, map, span)
  if (kept) return kept
  const current = keyCell(resolution, map).type
  const promoted = promoteTypes(current, type)
  if (promoted) return promoted
  resolution.environment.findings.report('map-key-mismatch', span, {
    name: map,
    type: formatType(type),
    current: formatType(current),
  })
  return none
}

/**
 * Which values a variable, key or map can hold: an aggregate only as the integer it reads as, and a map without a type
 * yet not even that.
 */
export function isAssignable(type: Type, current: Type, toMap = false): boolean {
  if (type.kind === 'void') return false
  if (type.kind !== 'aggregate') return true
  if (!isCastableAggregate(type)) return false
  if (current.kind === 'integer' || current.kind === 'unknown') return true
  return !toMap && current.kind === 'none'
}

/** The type that a program writes out; undefined, and reported, where there is none. */
export function writtenType(resolution: Resolution, written: WrittenType, span: Span): Type | undefined {
  const type = resolveWritten(resolution, written)
  if (typeof type !== 'string') return type
  resolution.environment.findings.report('type-unknown', span, { name: type })
  return undefined
}

function resolveWritten(resolution: Resolution, written: WrittenType): Type | string {
  switch (written.kind) {
    case 'known':
      return written.type
    case 'named': {
      const builtin = written.keyword === null ? builtinTypes.get(written.name) : undefined
      if (builtin) return builtin
      if (written.keyword === 'enum') return { kind: 'integer', size: 8, signed: false, enumeration: written.name }
      const type = resolution.environment.types.named(written.keyword, written.name)
      return type ?? (written.keyword ? `${written.keyword} ${written.name}` : written.name)
    }
    case 'pointer': {
      const to = resolveWritten(resolution, written.to)
      return typeof to === 'string' ? to : pointer(to)
    }
    case 'array': {
      const of = resolveWritten(resolution, written.of)
      if (typeof of === 'string') return of
      if (of.kind === 'string' && of.size === 0) return string(written.length)
      if (of.kind === 'buffer' && written.of.kind === 'named') return buffer(written.length)
      if (of.kind === 'inet' && of.size === 0) return { kind: 'inet', size: written.length }
      return array(of, written.length)
    }
  }
}
