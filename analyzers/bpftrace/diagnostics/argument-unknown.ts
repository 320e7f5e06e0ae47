import { defineDiagnostic } from './define.ts'
import { didYouMean, replace } from './fixes.ts'

export default defineDiagnostic<{
  readonly field: string
  readonly type: string
  readonly candidates: readonly string[]
  readonly start: number
  readonly end: number
}>({
  code: 'argument-unknown',
  severity: 'error',
  title: 'Argument that the function or event does not have',
  docs: 'The fields of `args` are those of the tracepoint format or the parameters of the function.',
  bad: 'tracepoint:syscalls:sys_enter_openat { print(args.filenam); }',
  good: 'tracepoint:syscalls:sys_enter_openat { print(args.flags); }',
  message: ({ field, type }) => `${type} does not contain a field named '${field}'.`,
  fixes: ({ data }) => {
    // As dynamic fields were called before 0.12.
    const plain = data.field.replace(/^data_loc_/, '')
    const place = { start: data.start, end: data.end }
    if (plain !== data.field && data.candidates.includes(plain)) return replace(place, plain, true)
    return didYouMean(place, data.field, data.candidates)
  },
})
