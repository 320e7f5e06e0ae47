/** Every tool over profiles, on profiles that are odd: each answers in its own schema, or says what is wrong. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodePprof } from '../../analyzers/pprof/formats/pprof.ts'
import { ProfileBuilder } from '../../analyzers/pprof/profile-builder.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { callTool, type ToolOutcome } from '../../tools/call-tool.ts'
import type { ToolContext } from '../../tools/context.ts'
import { createContext } from '../../tools/create-context.ts'
import { findTool, tools } from '../../tools/registry.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pprof-tools-'))
let context: ToolContext
beforeAll(() => {
  context = createContext({ home: path.join(folder, 'home') })
})
afterAll(async () => {
  await context.library.close()
  rmSync(folder, { recursive: true, force: true })
})

const odd: Readonly<Record<string, (builder: ProfileBuilder) => void>> = {
  'no samples': () => undefined,
  'a sample without stack': (builder) => builder.addSample([], [5]),
  'only negative values': (builder) => builder.addSample([builder.addFrame({ name: 'a' })], [-5]),
  'values that cancel out': (builder) => {
    const frame = builder.addFrame({ name: 'a' })
    builder.addSample([frame], [5])
    builder.addSample([frame], [-5])
  },
  'values at the end of int64': (builder) => {
    builder.addSample([builder.addFrame({ name: 'a' })], [2n ** 62n])
    builder.addSample([builder.addFrame({ name: 'a' }), builder.addFrame({ name: 'b' })], [2n ** 62n])
    builder.addSample([builder.addFrame({ name: 'b' })], [-(2n ** 63n)])
  },
  'one function, thirty thousand deep': (builder) => {
    builder.addSample(
      Array.from({ length: 30_000 }, () => builder.addFrame({ name: 'again' })),
      [5],
    )
  },
  'thirty thousand functions, one under the other': (builder) => {
    builder.addSample(
      Array.from({ length: 30_000 }, (_, i) => builder.addFrame({ name: `f${i}` })),
      [5],
    )
  },
  'names that mean something elsewhere': (builder) => {
    const names = [
      '<script>alert(1)</script>',
      'a;b',
      'x\ny',
      '\u0000',
      ' ',
      '|`"\\',
      '__proto__',
      'constructor',
      'é'.repeat(999),
    ]
    for (const name of names) {
      const labels = [
        { key: name, text: `${name}!` },
        { key: `${name}#`, number: 5n, unit: 'bytes' },
      ]
      builder.addSample([builder.addFrame({ name, filename: name })], [1], labels)
    }
  },
}

function write(name: string): string {
  const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }])
  odd[name]?.(builder)
  const file = path.join(folder, `${name.replaceAll(' ', '-')}.pprof`)
  writeFileSync(file, Buffer.concat([...encodePprof(builder.finish({}))]))
  return file
}

function call(name: string, input: Record<string, unknown>): Promise<ToolOutcome> {
  const tool = findTool(name)
  if (tool === undefined) throw new Error(`there is no tool ${name}`)
  return callTool(context, tool, input, { signal: new AbortController().signal, progress: () => undefined })
}

/** What each tool wants besides `profile`; exports go to a file, because their size is not bounded. */
function inputsOf(tool: string, profile: string): Record<string, unknown>[] {
  const out = path.join(folder, 'out')
  if (tool === 'pprof.diff_top') return [{ before: profile, after: profile }]
  if (tool === 'pprof.merge') return [{ profiles: [profile, profile] }]
  if (tool === 'pprof.generate_report') return [{ profiles: [profile] }]
  if (tool === 'pprof.peek') return [{ profile, regex: '.' }]
  if (tool === 'pprof.list' || tool === 'pprof.focus_paths') return [{ profile, function: '.' }]
  if (tool === 'pprof.print') {
    // Of functions to disassemble there are none; the error is one for people.
    const reports = ['tree', 'weblist', 'disasm', 'traces', 'tags', 'dot', 'callgrind']
    return reports.map((report) => ({ profile, report, regex: '.', output_path: out }))
  }
  const formats: Readonly<Record<string, readonly string[]>> = {
    'pprof.export': ['pprof', 'folded', 'speedscope', 'cpuprofile'],
    'pprof.flamegraph': ['svg', 'html', 'folded', 'speedscope'],
    'pprof.callgraph': ['dot', 'svg'],
  }
  const known = formats[tool]
  return known === undefined ? [{ profile }] : known.map((format) => ({ profile, format, output_path: out }))
}

const names = tools.filter((tool) => tool.toolset === 'pprof').map((tool) => tool.name)

describe.each(Object.keys(odd))('%s', (profile) => {
  test.each(names)('%s', async (name) => {
    const file = write(profile)
    for (const input of inputsOf(name, file)) {
      try {
        const { result, text } = await call(name, input)
        expect(JSON.stringify(result).length).toBeLessThan(1_000_000)
        expect(text.length).toBeLessThan(200_000)
      } catch (error) {
        expect(error).toBeInstanceOf(UserError)
      }
    }
  })
})

test('no name of a profile becomes markup in a picture or a page', async () => {
  const profile = write('names that mean something elsewhere')
  for (const format of ['svg', 'html']) {
    const output_path = path.join(folder, `picture.${format}`)
    await call('pprof.flamegraph', { profile, format, output_path })
    expect(readFileSync(output_path, 'utf8')).not.toContain('<script>alert')
  }
  const graph = path.join(folder, 'graph.svg')
  await call('pprof.callgraph', { profile, format: 'svg', output_path: graph })
  expect(readFileSync(graph, 'utf8')).not.toContain('<script>')
})

test('an export is read back as what it was', async () => {
  const profile = write('values at the end of int64')
  const copy = path.join(folder, 'copy.pprof')
  await call('pprof.export', { profile, output_path: copy })
  expect((await call('pprof.top', { profile: copy })).result.rows).toEqual(
    (await call('pprof.top', { profile })).result.rows,
  )
})

test('a merge is stored under a handle that every tool takes', async () => {
  const profile = write('only negative values')
  const { handle } = (await call('pprof.merge', { profiles: [profile, profile] })).result
  expect((await call('pprof.top', { profile: handle })).result).toMatchObject({
    total: -10,
    rows: [{ name: 'a', flat: -10 }],
  })
})

test('a view with a base is the difference', async () => {
  const profile = write('only negative values')
  const result = (await call('pprof.top', { profile, diff_base: profile })).result
  expect(result).toMatchObject({ total: 0, pct_base: 5, rows: [] })
})
