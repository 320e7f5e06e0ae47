/** Diagnostics for people and for editors that match compilers' output: `file:line:column: severity: message [code]`. */
import type { FileReport } from './report.ts'

export function reportText(files: readonly FileReport[]): string {
  return files
    .flatMap(({ file, diagnostics }) =>
      diagnostics.map((each) => {
        const related = each.related.map((place) => `${file}:${place.line}:${place.column}: note: ${place.message}\n`)
        const [fix] = each.fixes
        const help = fix === undefined ? '' : `${file}:${each.line}:${each.column}: help: ${fix.title}\n`
        const head = `${file}:${each.line}:${each.column}: ${each.severity}: ${each.message} [${each.code}]\n`
        return head + related.join('') + help
      }),
    )
    .join('')
}

/** `2 errors, 1 warning in 3 files`; nothing to say gives an empty text. */
export function summary(files: readonly FileReport[]): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics)
  const parts = (['error', 'warning', 'info', 'hint'] as const).flatMap((severity) => {
    const count = all.filter((each) => each.severity === severity).length
    return count === 0 ? [] : [`${count} ${count === 1 || severity === 'info' ? severity : `${severity}s`}`]
  })
  if (parts.length === 0) return ''
  return `${parts.join(', ')} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`
}
