import { expect, test } from 'vitest'
import { countReport } from './vitest.ts'

const report = (...files: { status: string; tests: string[] }[]) =>
  JSON.stringify({
    success: files.every(({ status }) => status === 'passed'),
    testResults: files.map(({ status, tests }, file) => ({
      name: `file-${file}.test.ts`,
      status,
      assertionResults: tests.map((test, at) => ({ status: test, fullName: `test ${file}.${at}` })),
    })),
  })

test('passed, failed and skipped tests are counted', () => {
  const text = report(
    { status: 'failed', tests: ['passed', 'failed', 'passed'] },
    { status: 'passed', tests: ['passed'] },
  )
  expect(countReport(text, 1)).toEqual({ passed: 3, failed: 1, skipped: 0, skippedNames: [] })
})

test('a skipped test and one still to be written are both named', () => {
  const text = report({ status: 'passed', tests: ['passed', 'skipped', 'todo', 'pending'] })
  expect(countReport(text, 0)).toMatchObject({ skipped: 3, skippedNames: ['test 0.1', 'test 0.2', 'test 0.3'] })
})

test('a file that breaks while loading is a failure', () => {
  expect(
    countReport(report({ status: 'failed', tests: [] }, { status: 'passed', tests: ['passed'] }), 1),
  ).toMatchObject({
    passed: 1,
    failed: 1,
  })
})

test('an error outside of every test is a failure', () => {
  expect(countReport(report({ status: 'passed', tests: ['passed'] }), 1)).toMatchObject({ passed: 1, failed: 1 })
})
