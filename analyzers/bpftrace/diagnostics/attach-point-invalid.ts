import { mendedPart } from '../repair/attach-points.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'attach-point-invalid',
  severity: 'error',
  title: 'Attach point whose parts do not fit',
  docs: 'A part of the attach point is missing or says something that this probe type cannot do: an offset on a return probe, a language it does not know, a mode that the hardware cannot watch.',
  bad: 'kretprobe:vfs_read+4 { }',
  good: 'kretprobe:vfs_read { }',
  message: ({ problem }) => `Invalid attach point: ${problem}.`,
  fixes: ({ span, data, words }) => mendedPart(words.tree, span, data.problem),
})
