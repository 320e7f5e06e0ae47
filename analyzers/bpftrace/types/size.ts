/** Sizes in bytes, as `sizeof` answers and as casts compare them. */
import type { RecordType, TupleType, Type } from './type.ts'

const fixed: Partial<Record<Type['kind'], number>> = {
  boolean: 1,
  pointer: 8,
  aggregate: 8,
  ksym: 8,
  usym: 16,
  username: 8,
  timestamp: 16,
  'mac-address': 6,
  'cgroup-path': 16,
  strerror: 8,
  probe: 8,
}

/** 0 for what has no size. */
export function sizeOf(type: Type): number {
  switch (type.kind) {
    case 'integer':
    case 'string':
    case 'buffer':
    case 'inet':
      return type.size
    case 'array':
      return Math.min(type.length * sizeOf(type.of), Number.MAX_SAFE_INTEGER)
    case 'c':
      return Math.min(type.record?.size ?? 0, Number.MAX_SAFE_INTEGER)
    case 'tuple':
    case 'record':
      return layoutOf(type).size
    case 'stack':
      return type.limit * (type.mode === 'build_id' ? 32 : 8) + (type.kernel ? 8 : 16)
    default:
      return fixed[type.kind] ?? 0
  }
}

interface Layout {
  readonly size: number
  readonly align: number
}

/** Known once for each type: size and alignment of what nests ask for each other on every level. */
const layouts = new WeakMap<Type, Layout>()

function layoutOf(type: TupleType | RecordType): Layout {
  const known = layouts.get(type)
  if (known) return known
  const made = layout(type.kind === 'tuple' ? type.elements : type.fields.map((field) => field.type))
  layouts.set(type, made)
  return made
}

function layout(members: readonly Type[]): Layout {
  let size = 0
  let align = 1
  for (const member of members) {
    const own = alignment(member)
    align = Math.max(align, own)
    size = Math.ceil(size / own) * own + sizeOf(member)
  }
  return { size: Math.min(Math.ceil(size / align) * align, Number.MAX_SAFE_INTEGER), align }
}

function alignment(type: Type): number {
  switch (type.kind) {
    case 'string':
    case 'usym':
    case 'inet':
    case 'buffer':
    case 'timestamp':
    case 'mac-address':
    case 'cgroup-path':
      return 1
    case 'tuple':
    case 'record':
      return layoutOf(type).align
    case 'array':
      return sizeOf(type) <= 2 ? Math.max(1, sizeOf(type)) : alignment(type.of)
    default: {
      const size = sizeOf(type)
      return size <= 1 ? 1 : size <= 2 ? 2 : size <= 4 ? 4 : 8
    }
  }
}
