/** A struct or union as C text with offsets, cut where it is too long to read in a hover. */
import type { CRecord } from '../kernel-facts.ts'
import { formatCDeclaration } from './c-format.ts'

const shown = 24

export function describeRecord(record: CRecord): string {
  const title = `${record.keyword} ${record.name}`
  if (record.incomplete) return `\`\`\`c\n${title};\n\`\`\`\n\nOnly declared: its fields are not known.`
  const lines = record.fields.slice(0, shown).map((field) => {
    const bits = field.bits ? ` : ${field.bits.size}` : ''
    return `    /* ${String(field.offset).padStart(5)} */ ${formatCDeclaration(field.type, field.name)}${bits};`
  })
  const rest = record.fields.length - lines.length
  if (rest > 0) lines.push(`    /* ${rest} more */`)
  return `\`\`\`c\n${[`${title} {`, ...lines, '};'].join('\n')}\n\`\`\`\n\n${record.size} bytes.`
}
