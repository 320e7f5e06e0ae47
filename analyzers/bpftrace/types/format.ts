/** How types are written in messages and hovers: as the compiler of each generation prints them. */
import type { Type } from './type.ts'

const plain: Partial<Record<Type['kind'], string>> = {
  none: 'none',
  unknown: 'unknown',
  void: 'void',
  boolean: 'bool',
  ksym: 'ksym_t',
  usym: 'usym_t',
  username: 'username_t',
  timestamp: 'timestamp',
  'timestamp-mode': 'timestamp_mode',
  'mac-address': 'mac_address',
  'cgroup-path': 'cgroup_path_t',
  strerror: 'strerror',
  probe: 'probe',
}

export function formatType(type: Type): string {
  switch (type.kind) {
    case 'integer':
      if (type.enumeration) return `enum ${type.enumeration}`
      return `${type.signed ? 'int' : 'uint'}${type.size * 8}`
    case 'string':
      return type.size === 0 ? 'string' : `string[${type.size}]`
    case 'buffer':
    case 'inet':
      return `${type.kind}[${type.size}]`
    case 'pointer':
      return `${formatType(type.to)} *`
    case 'array':
      return `${formatType(type.of)}[${type.length}]`
    case 'c':
      return type.name
    case 'tuple':
      return `(${type.elements.map(formatType).join(',')})`
    case 'record':
      return `record { ${type.fields.map((field) => `.${field.name} = ${formatType(field.type)}`).join(', ')} }`
    case 'stack':
      return `${type.kernel ? 'k' : 'u'}stack_${type.mode}_${type.limit}`
    case 'aggregate': {
      const unsigned = ['max', 'min', 'sum', 'avg', 'stats'].includes(type.aggregate) && !type.signed
      return `${unsigned ? 'u' : ''}${type.aggregate}_t`
    }
    default:
      return plain[type.kind] ?? type.kind
  }
}

/** The key of a map as it is written behind the name: `[uint32, string[16]]`; nothing for a map without one. */
export function formatKey(key: Type | undefined): string {
  if (!key || key.kind === 'none') return ''
  const parts = key.kind === 'tuple' ? key.elements : [key]
  return `[${parts.map(formatType).join(', ')}]`
}

/** The name of the kind alone: what `typeinfo(e).base_type` gives. */
export function formatKind(type: Type): string {
  switch (type.kind) {
    case 'integer':
      return 'int'
    case 'c':
      return 'c_type'
    case 'stack':
      return type.kernel ? 'kstack' : 'ustack'
    case 'aggregate':
      return `${type.aggregate}_t`
    default:
      return plain[type.kind] ?? type.kind
  }
}

/** As 0.17 writes a whole type. */
export function formatClassicType(type: Type): string {
  if (type.kind === 'integer') return `${type.signed ? '' : 'unsigned '}int${type.size * 8}`
  if (type.kind === 'pointer') return `${formatClassicType(type.to)} *`
  if (type.kind === 'tuple') return `(${type.elements.map(formatClassicType).join(',')})`
  if (type.kind === 'array') return `${formatClassicType(type.of)}[${type.length}]`
  if (type.kind === 'c' || type.kind === 'string') return formatType(type)
  return formatClassicKind(type)
}

/** As 0.17 names a kind. */
export function formatClassicKind(type: Type): string {
  switch (type.kind) {
    case 'integer':
      return 'integer'
    case 'c':
      return 'record'
    case 'aggregate':
      return type.aggregate
    case 'ksym':
    case 'usym':
    case 'username':
      return type.kind
    case 'cgroup-path':
      return 'cgroup_path'
    default:
      return formatKind(type)
  }
}
