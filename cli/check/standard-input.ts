/**
 * A program that came through standard input, judged as the compiler judges one from there: it reads line by line and
 * gives the last line an end, so what is missing at the end of the text is missing on the line after it. Programs of
 * `-e` and of files are left as they are, by the compiler and by us.
 */
import type { PlacedEdit } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import { type Judgement, type JudgeOptions, judgeProgram, type Target } from '../../tools/shared/judge-program.ts'

export function judgeStandardInput(program: string, target: Target, options: JudgeOptions): Judgement {
  if (program === '' || program.endsWith('\n')) return judgeProgram(program, target, options)
  const judgement = judgeProgram(`${program}\n`, target, options)
  const diagnostics = judgement.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    // Edits are for the text as it came, which has no such line.
    fixes: diagnostic.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => within(program, edit)) })),
  }))
  return { ...judgement, diagnostics }
}

function within(program: string, edit: PlacedEdit): PlacedEdit {
  const lines = program.split('\n')
  const end = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
  const from = edit.line > end.line ? end : edit
  const to = edit.endLine > end.line ? { endLine: end.line, endColumn: end.column } : edit
  return {
    line: from.line,
    column: from.column,
    endLine: to.endLine,
    endColumn: to.endColumn,
    newText: edit.newText,
  }
}
