import { beforeAll, describe, expect, it } from 'vitest'
import { createContext } from '../../tools/create-context.ts'
import { judgeProgram, resolveTarget, type Target } from '../../tools/shared/judge-program.ts'
import { judgeStandardInput } from './standard-input.ts'

let target: Target
beforeAll(async () => {
  target = await resolveTarget(createContext(), { bpftrace: '0.27.1', kernel: 'none' })
})

describe('a program whose last line has no end', () => {
  // `printf 'begin { exit(' | bpftrace -` names stdin:2:1-1, `bpftrace -e 'begin { exit('` stdin:1:14-14.
  it('is short of something on the line after it when it comes through standard input', () => {
    expect(judgeStandardInput('begin { exit(', target, {}).diagnostics[0]).toMatchObject({ line: 2, column: 1 })
  })

  it('is short of something at its end otherwise', () => {
    expect(judgeProgram('begin { exit(', target).diagnostics[0]).toMatchObject({ line: 1, column: 14 })
  })

  it('has fixes for the text as it is', () => {
    const program = 'begin { print(1);'
    const edits = judgeStandardInput(program, target, {}).diagnostics[0]?.fixes[0]?.edits
    expect(edits).toMatchObject([
      { line: 1, column: 18, endLine: 1, endColumn: 18, newText: expect.stringContaining('}') },
    ])
  })
})

it('leaves errors elsewhere where they are', () => {
  const program = 'begin { print(pidd); }'
  expect(judgeStandardInput(program, target, {}).diagnostics).toEqual(judgeProgram(program, target).diagnostics)
})
