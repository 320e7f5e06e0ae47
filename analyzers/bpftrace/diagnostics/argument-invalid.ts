import { signalNames } from '../checker/modern/check-library.ts'
import { fittingArgument, otherArgument, swapped } from '../repair/calls.ts'
import { defineDiagnostic } from './define.ts'
import { choose, didYouMeanWithin } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string; readonly problem: string }>({
  code: 'argument-invalid',
  severity: 'error',
  title: 'Argument that the function cannot take',
  docs: 'The value is of the right type, but not one that makes sense.',
  bad: 'begin { @ = lhist(1, 10, 5, 1); }',
  good: 'begin { @ = lhist(1, 0, 10, 1); }',
  message: ({ name, problem }) => `${name}(): ${problem}.`,
  fixes: ({ span, data, source, words }) => {
    const { tree } = words
    const [, type] = /^takes strings, arrays or pointers, not (.*)$/.exec(data.problem) ?? []
    if (type !== undefined) return fittingArgument(tree, span, type, 'string')
    if (/^min \d+ must be less than max/.test(data.problem)) return swapped(tree, span, 1, 2)
    const [, bits] = /^bits (\d+) must be/.exec(data.problem) ?? []
    if (bits !== undefined) return otherArgument(tree, span, 1, '5')
    const [, word = ''] = /^"(\w+)" is /.exec(data.problem) ?? []
    if (data.problem.endsWith('is no signal')) return didYouMeanWithin(span, word, source, signalNames(word))
    return data.problem.includes('none of avg') ? choose(span, word, source, ['avg', 'max', 'min', 'sum']) : []
  },
})
