/** C types as C writes them: `struct sock *`, `char[16]`, `u64`. */
import type { CType } from '../kernel-facts.ts'

export function formatCType(type: CType): string {
  switch (type.kind) {
    case 'void':
      return 'void'
    case 'integer':
    case 'float':
    case 'typedef':
      return type.name
    case 'pointer': {
      if (type.to.kind === 'function') return `${formatCType(type.to.returns)} (*)(${parameterList(type.to.params)})`
      const to = formatCType(type.to)
      return to.endsWith('*') ? `${to}*` : `${to} *`
    }
    case 'array':
      return `${formatCType(type.of)}[${type.length || ''}]`
    case 'record':
      return type.name ? `${type.keyword} ${type.name}` : `${type.keyword} { … }`
    case 'enum':
      return type.name ? `enum ${type.name}` : 'enum { … }'
    case 'function':
      return `${formatCType(type.returns)} (${parameterList(type.params)})`
  }
}

/** A declaration: the name stands where C puts it. */
export function formatCDeclaration(type: CType, name: string): string {
  if (type.kind === 'function') return formatCDeclaration(type.returns, `${name}(${parameterList(type.params)})`)
  if (type.kind === 'array') return formatCDeclaration(type.of, `${name}[${type.length || ''}]`)
  if (type.kind === 'pointer' && (type.to.kind === 'function' || type.to.kind === 'array')) {
    return formatCDeclaration(type.to, `(*${name})`)
  }
  const text = formatCType(type)
  return text.endsWith('*') || name === '' ? `${text}${name}` : `${text} ${name}`
}

function parameterList(params: readonly { readonly name: string; readonly type: CType }[]): string {
  return params.map(({ name, type }) => (name ? formatCDeclaration(type, name) : formatCType(type))).join(', ')
}
