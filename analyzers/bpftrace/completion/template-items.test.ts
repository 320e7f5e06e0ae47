import { describe, expect, test } from 'vitest'
import { parse } from '../syntax/parse.ts'
import { syntaxDiagnostics } from '../syntax/versions.ts'
import { templates } from '../templates/templates.generated.ts'
import { fixture, smallKernel } from '../testing/context.ts'
import { requireVersion } from '../version.ts'
import { complete } from './complete.ts'
import { templateItem } from './template-items.ts'

/** The program as it stands when nobody types over a tab stop. */
function untouched(snippet: string): string {
  return snippet.replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1').replace(/\\([$}\\])/g, '$1')
}

describe.each(['0.17', '0.27'])('templates as completion items for %s', (text) => {
  const bpftrace = requireVersion(text)
  const items = templates.flatMap((template) => templateItem(template, { bpftrace, kernel: smallKernel }) ?? [])

  test('what is inserted is a program of that version', () => {
    expect(items.length).toBeGreaterThan(40)
    for (const { insert, label } of items) {
      expect(syntaxDiagnostics(parse(untouched(insert)), bpftrace), label).toEqual([])
    }
  })

  test('values that readers change are tab stops', () => {
    expect(items.filter(({ insert }) => /\$\{1:/.test(insert)).length).toBeGreaterThan(10)
  })
})

test('they are offered where a probe can start and nowhere else', () => {
  const target = { bpftrace: requireVersion('0.27'), kernel: smallKernel }
  const items = templates.slice(0, 3).flatMap((template) => templateItem(template, target) ?? [])
  const offered = (marked: string) => {
    const { context, offset } = fixture(marked)
    return complete(context, offset, { templates: items }).items.map(({ label }) => label)
  }
  const names = items.map(({ label }) => label)
  expect(offered('$0')).toEqual(expect.arrayContaining(names))
  expect(offered('BEGIN { $0 }')).not.toContain(names[0])
})
