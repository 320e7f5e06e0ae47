/** Where literals and operands that are cut short are reported. */
import { expect, test } from 'vitest'
import { requireVersion } from '../version.ts'
import { parse } from './parse.ts'
import { syntaxDiagnostics } from './versions.ts'

function firstLine(program: string, release: string): number | undefined {
  const [first] = syntaxDiagnostics(parse(program), requireVersion(release))
  return first && program.slice(0, first.span.start).split('\n').length
}

test('a string that is never closed: the old compilers name its line, the newest the next', () => {
  const program = 'BEGIN {\n  $s = "open;\n  exit();\n}\n'
  expect([firstLine(program, '0.17.0'), firstLine(program, '0.27.1')]).toEqual([2, 3])
})

test.each(['&@a[1]', '&pid', '&(5)'])('%s has no address', (operand) => {
  expect(firstLine(`begin { @a[1] = 1; $x = ${operand}; }`, '0.27.1')).toBe(1)
})

test.each(['&@a', '&$y', '&@a + 1'])('%s has one', (operand) => {
  expect(firstLine(`begin { $y = 1; @a = 1; $x = ${operand}; }`, '0.27.1')).toBeUndefined()
})
