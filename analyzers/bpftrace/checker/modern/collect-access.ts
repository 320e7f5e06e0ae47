/** Types of fields, elements and casts. */
import { fieldNames } from '../../types/c.ts'
import { formatType } from '../../types/format.ts'
import { sizeOf } from '../../types/size.ts'
import { type AddressSpace, array, int8, isUnknown, none, type Type, unknown, withSpace } from '../../types/type.ts'
import { addressSpace } from '../attach-points/attach-point.ts'
import { collect } from './collect.ts'
import type { CastExpr, FieldExpr, IndexExpr, TypeRef } from './ir.ts'
import { cellFor, derive, keyCell, type Resolution, writtenType } from './resolution.ts'

/** Tags of BTF that a plain load may go through. */
const loadableTags = new Set(['rcu'])

export function collectField(resolution: Resolution, expression: FieldExpr): void {
  const { findings, types } = resolution.environment
  collect(resolution, expression.object)
  const probe = resolution.root?.kind === 'probe' ? resolution.root : undefined
  derive(resolution, cellFor(resolution, expression), [cellFor(resolution, expression.object)], (object = unknown) => {
    const { context, internal } = object
    let type = object
    while (type.kind === 'pointer') type = type.to
    const { field } = expression
    if (isUnknown(type)) return unknown
    if (type.kind === 'record') {
      const found = type.fields.find((candidate) => candidate.name === field)
      if (found) return { ...found.type, internal, space: type.space }
      findings.report('field-unknown', expression.span, {
        field,
        type: 'record',
        candidates: type.fields.map((candidate) => candidate.name),
        start: expression.fieldSpan.start,
        end: expression.fieldSpan.end,
      })
      return none
    }
    if (type.kind !== 'c') {
      findings.report('field-access', expression.span, { field, type: formatType(type) })
      return none
    }
    if (type.arguments) return argumentType(resolution, expression, type, probe)
    const found = types.field(type, field)
    if (!found) {
      const { source } = resolution.environment.kernel
      const place = { start: expression.fieldSpan.start, end: expression.fieldSpan.end }
      const data = { field, type: type.name, candidates: fieldsOf(type), ...place }
      // The kernel that runs the program may have it.
      if (type.origin === 'kernel' && source.kind === 'snapshot') {
        findings.report('kernel-field-unknown', expression.span, { ...data, kernel: source.kernel })
        return unknown
      }
      findings.report('field-unknown', expression.span, data)
      return none
    }
    const tag = found.type.kind === 'pointer' ? found.type.tags?.find((name) => !loadableTags.has(name)) : undefined
    if (tag && tag !== 'user') findings.report('field-tag', expression.span, { field, tag })
    const nested = found.type.kind === 'array' || found.type.kind === 'c'
    const through = context && nested ? { ...found.type, context } : found.type
    return { ...through, internal, space: type.space ?? object.space }
  })
}

export const fieldsOf = (type: Type): readonly string[] =>
  type.kind === 'c' && type.record ? fieldNames(type.record) : []

function argumentType(
  resolution: Resolution,
  expression: FieldExpr,
  object: Type,
  probe: import('./ir.ts').ProbeIr | undefined,
): Type {
  const known = probe && resolution.argumentsOf(probe)
  const { field } = expression
  if (!known) return unknown
  const type = known.fields.get(field)
  if (type) return withSpace(type, object.space ?? type.space)
  if (known.common.has(field)) {
    resolution.environment.findings.report('tracepoint-common-field', expression.span, { field })
    return unknown
  }
  resolution.environment.findings.report('argument-unknown', expression.span, {
    field,
    type: known.name,
    candidates: [...known.fields.keys()],
    start: expression.fieldSpan.start,
    end: expression.fieldSpan.end,
  })
  return none
}

export function collectIndex(resolution: Resolution, expression: IndexExpr): void {
  const { findings } = resolution.environment
  collect(resolution, expression.object)
  collect(resolution, expression.index)
  derive(resolution, cellFor(resolution, expression), [cellFor(resolution, expression.object)], (object = unknown) => {
    const element = elementType(resolution, expression, object)
    if (element === 'unindexable') {
      findings.report('index-invalid', expression.span, { type: formatType(object) })
      return none
    }
    if (element.kind === 'none') return none
    const internal = element.kind === 'pointer' || object.kind === 'pointer' ? undefined : object.internal
    return { ...element, space: object.space, internal }
  })
}

function elementType(resolution: Resolution, expression: IndexExpr, object: Type): Type | 'unindexable' {
  switch (object.kind) {
    case 'array':
      return object.of
    case 'pointer':
      return object.to
    case 'string':
      return int8
    case 'tuple': {
      if (expression.index.kind !== 'integer') return none
      const index = Number(expression.index.value)
      const element = object.elements[index]
      if (element) return element
      resolution.environment.findings.report('tuple-index', expression.span, { index, length: object.elements.length })
      return none
    }
    default:
      return 'unindexable'
  }
}

/** What a cast becomes once the type of its operand is known: the length of an open array, the address space. */
function castType(written: Type, operand: Type, fallback: AddressSpace | undefined): Type {
  let type = written
  if (type.kind === 'array') {
    const element = sizeOf(type.of)
    if (type.length === 0 && element !== 0 && sizeOf(operand) % element === 0) {
      type = array(type.of, sizeOf(operand) / element)
    }
    if (operand.kind === 'integer' || operand.kind === 'boolean') type = { ...type, internal: true }
  }
  if (operand.context && type.kind !== 'integer') type = { ...type, context: true }
  return withSpace(type, operand.space ?? fallback)
}

export function collectCast(resolution: Resolution, expression: CastExpr): void {
  const { solver } = resolution
  const cell = cellFor(resolution, expression)
  collect(resolution, expression.operand)
  const operand = cellFor(resolution, expression.operand)
  const { type } = expression
  const first = resolution.root?.kind === 'probe' ? resolution.root.attachPoints[0] : undefined
  const fallback = first ? addressSpace(first.provider) : 'kernel'
  if (type.written) {
    const known = writtenType(resolution, type.written, type.span)
    type.cell = solver.cell()
    if (!known) return solver.seed(cell, unknown)
    solver.seed(type.cell, known)
    solver.rule(cell, [operand], ([from = unknown]) => castType(known, from, fallback))
    if (known.kind !== 'array' || known.length !== 0) solver.seed(cell, known)
  } else {
    collectTypeRef(resolution, type)
    if (!type.cell) return
    solver.rule(cell, [type.cell, operand], ([to = unknown, from = unknown]) =>
      isUnknown(to) ? unknown : castType(to, from, fallback),
    )
  }
}

/** `typeof(e)` or a written type. Of a whole map it is the type of the key. */
export function collectTypeRef(resolution: Resolution, type: TypeRef): void {
  const { solver } = resolution
  type.cell = solver.cell()
  if (type.written) {
    const known = writtenType(resolution, type.written, type.span)
    if (known) solver.seed(type.cell, known)
    return
  }
  if (!type.expression) return
  resolution.introspection++
  collect(resolution, type.expression)
  resolution.introspection--
  const source =
    type.expression.kind === 'map' ? keyCell(resolution, type.expression.name) : cellFor(resolution, type.expression)
  solver.same(source, type.cell)
}
