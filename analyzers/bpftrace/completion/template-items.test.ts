// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${1:name}` is how a snippet writes a tab stop.
import { describe, expect, test } from 'vitest'
import { parse } from '../syntax/parse.ts'
import { syntaxDiagnostics } from '../syntax/versions.ts'
import { requireTemplate } from '../templates/render.ts'
import { templates } from '../templates/templates.generated.ts'
import { fixture, smallKernel } from '../testing/context.ts'
import { requireVersion, type Version } from '../version.ts'
import { complete } from './complete.ts'
import { refinedItem, templateItem } from './template-items.ts'

/** The program as it stands when nobody types over a tab stop. */
function untouched(snippet: string): string {
  return snippet
    .replace(/\$\{\d+(?::((?:[^}\\]|\\.)*)|\|((?:[^,|\\]|\\.)*)(?:,(?:[^|\\]|\\.)*)?\|)\}/g, '$1$2')
    .replace(/\\([$}\\])/g, '$1')
}

function refined(name: string, bpftrace: Version): string {
  const template = requireTemplate(name)
  const target = { bpftrace, kernel: smallKernel }
  const item = templateItem(template, target)
  const steps = item && refinedItem(item, template, target)
  for (let step = steps?.next(); step; step = steps?.next()) if (step.done) return step.value.insert
  throw new Error(`${name} is not for this target`)
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

  test('values that readers change become tab stops, with the choices there are', () => {
    expect(refined('kernel-function-counts', bpftrace)).toContain('kprobe:${1:vfs_*}')
    const faults = refined('page-faults', bpftrace)
    expect(faults).toContain('software:${1|page-faults,major-faults,minor-faults|}:${2:1}')
    expect(refined('event-counts', bpftrace)).toMatch(/@events\[\$\{\d\|comm,[\w,]*uid[\w,]*\|\}\]/)
  })

  test('left as it is, what has tab stops is the same program', () => {
    for (const name of ['kernel-function-latency', 'page-faults', 'cpu-by-process', 'off-cpu', 'malloc-stacks']) {
      const plain = items.find(({ label }) => label === name)
      expect(untouched(refined(name, bpftrace)), name).toBe(untouched(plain?.insert ?? ''))
    }
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
