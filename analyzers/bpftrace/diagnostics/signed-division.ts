import type { Span, TextEdit } from '../diagnostic.ts'
import { defineDiagnostic } from './define.ts'

export interface SignedDivision {
  readonly operator: string
  /** Those that have a sign and are no numbers. */
  readonly operands: readonly { readonly span: Span; readonly isCompound: boolean }[]
}

export default defineDiagnostic<SignedDivision>({
  code: 'signed-division',
  severity: 'warning',
  title: 'Division of signed numbers',
  docs: 'BPF divides without sign, so a negative operand gives a wrong result.',
  bad: 'begin { $a = (int64)-5; print($a / (uint64)2); }',
  good: 'begin { $a = (uint64)5; print($a / (uint64)2); }',
  message: ({ operator }) =>
    `Signed operands for '${operator}' can lead to undefined behavior (cast to unsigned to silence this).`,
  fixes({ data: { operands }, span, source }) {
    // In a macro the operands are where it is called.
    if (operands.some((operand) => operand.span.start < span.start || operand.span.end > span.end)) return []
    const edits = operands.flatMap(({ span, isCompound }) => castEdits(span, isCompound, source))
    return edits.length === 0 ? [] : [{ title: 'Cast to uint64', edits, safe: false }]
  },
})

/** No one writes more blanks than these between a parenthesis and what it holds. */
const FAR = 100

function castEdits({ start, end }: Span, isCompound: boolean, source: string): readonly TextEdit[] {
  const compound = /^\s*([/%])=\s*[\w$@]+\s*[;}]/.exec(source.slice(end, end + FAR))
  if (compound) {
    const operator = end + compound[0].indexOf('=') - 1
    const newText = `= (uint64)${source.slice(start, end)} ${compound[1]}`
    return [{ span: { start: operator, end: operator + 2 }, newText }]
  }
  if (/^\s*[/%]=/.test(source.slice(end, end + FAR))) return []
  const open = /(?<![\w)\]])\(\s*$/.exec(source.slice(Math.max(0, start - FAR), start))
  const isInParentheses = open !== null && /^\s*\)/.test(source.slice(end))
  const at = isInParentheses ? start - open[0].length : start
  const cast = { span: { start: at, end: at }, newText: '(uint64)' }
  if (!isCompound || isInParentheses) return [cast]
  return [
    { ...cast, newText: '(uint64)(' },
    { span: { start: end, end }, newText: ')' },
  ]
}
