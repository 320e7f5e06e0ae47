/** The types of `args` and `retval` in a probe: from a tracepoint's format or from a kernel function's signature. */
import type { TracepointField } from '../kernel-facts.ts'
import { fromC } from '../types/c.ts'
import { array, int64, string, type Type, withSpace } from '../types/type.ts'
import type { AttachPoint } from './attach-points/attach-point.ts'
import { hasWildcard } from './attach-points/attach-point.ts'
import type { Environment } from './environment.ts'
import { spelledType } from './type-table.ts'

export interface ProbeArguments {
  /** How messages call the structure. */
  readonly name: string
  readonly fields: ReadonlyMap<string, Type>
  /** Fields that exist but that programs may not read. */
  readonly common: ReadonlySet<string>
  readonly returns: Type | undefined
}

/** Tracepoint fields that precede every event's own. */
const commonFields = ['common_type', 'common_flags', 'common_preempt_count', 'common_pid']

/** Undefined where nobody knows them: nothing may then be said about a field. */
export function probeArguments(point: AttachPoint, environment: Environment): ProbeArguments | undefined {
  // A raw tracepoint is found by its name alone: where no module is written, any is meant.
  const isAnywhere = hasWildcard(point.target) && point.provider !== 'rawtracepoint'
  if (!point.valid || hasWildcard(point.func) || isAnywhere) return wildcardArguments(point)
  const { kernel } = environment
  switch (point.provider) {
    case 'tracepoint': {
      const format = kernel.tracepoint(point.target, point.func)
      if (!format) return undefined
      const fields = new Map<string, Type>()
      for (const field of format.fields) {
        if (!commonFields.includes(field.name)) fields.set(field.name, tracepointFieldType(field, environment))
      }
      const name = `struct tracepoint:${point.target}:${point.func}_args`
      return { name, fields, common: new Set(commonFields), returns: undefined }
    }
    case 'fentry':
    case 'fexit': {
      const signature = kernel.signature(point.func, point.target || undefined)
      if (!signature) return undefined
      const fields = new Map(signature.params.map(({ name, type }) => [name, kernelType(type)] as const))
      const returns = kernelType(signature.returns)
      const name = `struct ${point.provider}_args`
      return { name, fields, common: new Set(), returns: point.provider === 'fexit' ? returns : undefined }
    }
    case 'rawtracepoint': {
      const signature = kernel.rawTracepoint(point.func)
      if (!signature) return undefined
      const fields = new Map(signature.params.map(({ name, type }) => [name, kernelType(type)] as const))
      return { name: 'struct rawtracepoint_args', fields, common: new Set(), returns: undefined }
    }
    default:
      return undefined
  }
}

function wildcardArguments(_point: AttachPoint): undefined {
  // Each match has its own arguments; which ones there are depends on the machine.
  return undefined
}

const kernelType = (type: Parameters<typeof fromC>[0]) => withSpace(fromC(type, 'kernel'), 'kernel')

function tracepointFieldType(field: TracepointField, environment: Environment): Type {
  const { declaration } = field
  if (declaration.includes('__data_loc') || declaration.includes('__rel_loc')) return { ...int64, space: 'kernel' }
  const text = declaration.replace(new RegExp(`\\s*\\b${field.name}\\b\\s*`), ' ').trim()
  const length = /\[(\w*)\]/.exec(text)
  const base = text.replace(/\[\w*\]/g, '').trim()
  if (length) {
    const count = Number(length[1])
    const element = spelledType(environment.types, base)
    const known = Number.isInteger(count) && count > 0 ? count : 0
    const kind = base.replace(/\bconst\b/, '').trim()
    return withSpace(kind === 'char' ? string(known || field.size) : array(element, known), 'kernel')
  }
  const type = spelledType(environment.types, base)
  if (type.kind === 'integer') {
    return {
      kind: 'integer',
      size: Math.min(field.size, 8),
      signed: field.signed,
      enumeration: type.enumeration,
      space: 'kernel',
    }
  }
  return withSpace(type, type.space ?? 'kernel')
}
