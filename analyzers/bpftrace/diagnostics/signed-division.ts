import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly operator: string }>({
  code: 'signed-division',
  severity: 'warning',
  title: 'Division of signed numbers',
  docs: 'BPF divides without sign, so a negative operand gives a wrong result.',
  bad: 'begin { $a = (int64)-5; print($a / (uint64)2); }',
  good: 'begin { $a = (uint64)5; print($a / (uint64)2); }',
  message: ({ operator }) =>
    `Signed operands for '${operator}' can lead to undefined behavior (cast to unsigned to silence this).`,
})
