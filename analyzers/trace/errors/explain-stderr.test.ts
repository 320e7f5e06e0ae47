import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownErrors } from './catalog.ts'
import { explainStderr } from './explain-stderr.ts'
import { errorCategories } from './known-error.ts'

const sampled = knownErrors.flatMap((known) => (known.samples ?? []).map((sample) => [known.name, sample] as const))

describe('a line that was really printed', () => {
  test.each(sampled)('is known as %s: %s', (name, sample) => {
    const [error] = explainStderr(sample)
    expect(error?.known).toBe(name)
  })
})

describe('what is said of a known error', () => {
  test.each(knownErrors.map((known) => [known.name, known] as const))(
    '%s: whole sentences that name the cause and the next step',
    (_name, { cause, nextStep }) => {
      for (const text of [cause, nextStep]) expect(text).toMatch(/^\S.{19,}[.]$/)
    },
  )

  test('names what the line names', () => {
    const [error] = explainStderr('stdin:1:1-35: ERROR: No matches for tracepoint syscalls:sys_enter_nope.')
    expect(error?.cause).toContain('`syscalls:sys_enter_nope`')
  })

  test('leaves out what the line does not name', () => {
    const [error] = explainStderr('Kernel headers not found')
    expect(error?.cause).toBe('A header that the program includes is not there.')
  })

  test('never shows a placeholder', () => {
    for (const [, sample] of sampled) {
      for (const { cause, nextStep } of explainStderr(sample)) expect(cause + nextStep).not.toMatch(/\$\d|\|/)
    }
  })
})

test('a placed error keeps line and columns', () => {
  const stderr = "stdin:2:9-14: ERROR: Unknown identifier: 'pids'\nprint(pids)\n      ~~~~\n"
  expect(explainStderr(stderr)).toMatchObject([
    {
      category: 'type',
      severity: 'error',
      line: 2,
      columns: { first: 9, last: 14 },
      message: "Unknown identifier: 'pids'",
    },
  ])
})

test('a syntax error of either parser is one', () => {
  const old = 'stdin:1:18-23: ERROR: syntax error, unexpected call, expecting }'
  const modern = "stdin:1:18-18: ERROR: syntax: expected '}'"
  expect(explainStderr(`${old}\n${modern}`).map((each) => each.category)).toEqual(['syntax', 'syntax'])
})

test('a hint becomes the next step', () => {
  const [error] = explainStderr('stdin:1:1-9: ERROR: Something odd\nHINT: Try this instead\n')
  expect(error?.nextStep).toMatch(/^Try this instead\./)
})

test('the same error said twice is one', () => {
  const line = 'stdin:1:13-31: ERROR: lhist() min must be less than max\n'
  expect(explainStderr(line + line)).toHaveLength(1)
})

test('output without errors has none', () => {
  expect(explainStderr('Attaching 1 probe...\n\n')).toEqual([])
})

test('any text gets an answer of the closed vocabulary', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('ERROR: ', 'stdin:1:2-3: ', 'HINT: x', '~~~', 'Lost 3 events', '\n', 'x'), {
        maxLength: 30,
      }),
      (parts) => {
        for (const error of explainStderr(parts.join(''))) expect(errorCategories).toContain(error.category)
      },
    ),
  )
})
