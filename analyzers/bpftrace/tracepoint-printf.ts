/** A statement that prints every field of a tracepoint, as the target version writes it. */
import type { TracepointField, TracepointFormat } from './kernel-facts.ts'
import { atLeast, type Version } from './version.ts'

export function printfFor(format: TracepointFormat, version: Version): string | undefined {
  const fields = format.fields.filter(({ name }) => !name.startsWith('common_') && name !== '__syscall_nr')
  if (fields.length === 0) return undefined
  const access = atLeast(version, '0.19') ? 'args.' : 'args->'
  const parts = fields.map((field) => conversion(field, `${access}${field.name}`))
  const template = fields.map(({ name }, index) => `${name}=${parts[index]?.conversion}`).join(' ')
  return `printf("${template}\\n", ${parts.map(({ value }) => value).join(', ')});`
}

function conversion({ declaration, size, signed }: TracepointField, value: string) {
  if (/^(?:__data_loc|__rel_loc)\s+char\b/.test(declaration)) return { conversion: '%s', value: `str(${value})` }
  if (/\bchar\s*\*/.test(declaration) && !/\*\s*(?:const\s*)?\*/.test(declaration)) {
    return { conversion: '%s', value: `str(${value})` }
  }
  if (/\bchar\s*(?:\w+\s*)?\[\d+\]/.test(declaration)) return { conversion: '%s', value }
  if (/\[/.test(declaration)) return { conversion: '%r', value: `buf(${value}, ${size})` }
  if (/\*/.test(declaration)) return { conversion: '%p', value }
  // Arguments of system calls are stored as whole registers, whatever they are declared as.
  if (/^(?:int|short|pid_t|key_t|clockid_t)\b/.test(declaration)) return { conversion: '%d', value }
  return { conversion: size > 4 ? (signed ? '%lld' : '%llu') : signed ? '%d' : '%u', value }
}
