/**
 * The text of a tracepoint's `format` file as the kernel writes it, read into fields. A line that does not have the
 * kernel's form is skipped: newer kernels may say more than we know.
 */
import type { TracepointField, TracepointFormat } from '../kernel-facts.ts'

const fieldLine =
  /^\s*field:(?<declaration>.*);\s*offset:(?<offset>\d+);\s*size:(?<size>\d+);(?:\s*signed:(?<signed>[01]);)?\s*$/

/** `char comm[16]` is named `comm`, `int (*f)(void)` is named `f`. */
const lastName = /(?<name>[A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*$/
const pointerName = /\(\s*\*\s*(?<name>[A-Za-z_]\w*)\s*\)/

export function fieldName(declaration: string): string {
  const match = pointerName.exec(declaration) ?? lastName.exec(declaration)
  return match?.groups?.name ?? ''
}

/** Without the common fields, unless there are no others. */
export function parseTracepointFormat(category: string, event: string, text: string): TracepointFormat {
  const fields: TracepointField[] = []
  let print: string | undefined
  for (const line of text.split('\n')) {
    if (line.startsWith('print fmt: ')) print = line.slice('print fmt: '.length)
    const groups = fieldLine.exec(line)?.groups
    if (groups === undefined) continue
    const declaration = groups.declaration ?? ''
    fields.push({
      name: fieldName(declaration),
      declaration,
      offset: Number(groups.offset),
      size: Number(groups.size),
      signed: groups.signed === '1',
    })
  }
  const own = fields.filter(({ name }) => !name.startsWith('common_'))
  return { category, event, fields: own.length > 0 ? own : fields, ...(print === undefined ? {} : { print }) }
}
