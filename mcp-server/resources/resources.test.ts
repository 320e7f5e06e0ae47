import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { connectClient } from '../../test/mcp-client.ts'
import { smallProfile } from '../../test/small-profile.ts'
import type { ToolContext } from '../../tools/context.ts'
import { createContext } from '../../tools/create-context.ts'
import { inputSchema } from '../../tools/json-schema.ts'
import pprofTop from '../../tools/pprof/top.ts'

let folder: string
let context: ToolContext
let client: Client
let digits: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'resources-'))
  context = createContext({ home: path.join(folder, 'home') })
  client = await connectClient({ context })
  const content = { bytes: smallProfile({ samples: [[['work', 'main'], 4, 40_000_000]] }) }
  const [record] = await context.library.add([
    { content, type: 'cpu', name: 'check\nout', service: 'shop', origin: 'test' },
  ])
  digits = record?.handle.slice('handle:'.length) ?? ''
})

afterAll(async () => {
  await client.close()
  await context.library.close()
  rmSync(folder, { recursive: true, force: true })
})

async function read(
  uri: string,
  from = client,
): Promise<{ readonly mimeType?: string | undefined; readonly text: string }> {
  const [content] = (await from.readResource({ uri })).contents
  if (content === undefined || !('text' in content)) throw new Error(`${uri} is no text`)
  expect(content.uri).toBe(uri)
  return content
}

async function complete(uri: string, name: string, value: string) {
  return (await client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value } })).completion
}

test('every listed page can be read, as what it says it is', async () => {
  const { resources } = await client.listResources()
  expect(new Set(resources.map(({ uri }) => uri)).size).toBe(resources.length)
  for (const { uri, mimeType } of resources) {
    const page = await read(uri)
    expect(page.mimeType).toBe(mimeType)
    expect(page.text.length).toBeGreaterThan(100)
  }
})

test('the language is one overview and a page for each name', async () => {
  const overview = (await read('bpftrace://reference')).text
  expect(overview).toMatch(/^- `kprobe:<fn>` /m)
  expect(overview).toMatch(/^- `count\(.*` .*\.$/m)
  const page = (await read('bpftrace://reference/kstack')).text
  expect(page).toContain('kstack: kstack_t')
  expect(page).toContain('kstack(mode?: StackMode, limit?: int)')
  expect((await read('bpftrace://reference/%241')).text).toContain('# $1')
  expect((await complete('bpftrace://reference/{name}', 'name', 'kst')).values[0]).toBe('kstack')
  const all = await complete('bpftrace://reference/{name}', 'name', '')
  expect(all).toMatchObject({ hasMore: true, values: { length: 100 } })
  expect(all.total).toBeGreaterThan(200)
})

test('templates are listed with their questions; each gives its program', async () => {
  expect((await read('bpftrace://templates')).text).toContain('| `syscall-counts` |')
  const page = (await read('bpftrace://templates/syscall-counts')).text
  expect(page).toMatch(/```bpftrace\n\/\/ .*\n[\s\S]*count\(\)/)
  expect(page).toContain('| `pid` |')
  expect((await complete('bpftrace://templates/{name}', 'name', 'syscall-c')).values).toContain('syscall-counts')
})

test('a code of the checker has its page', async () => {
  expect((await read('bpftrace://diagnostics/missing-delete')).text).toContain('Not reported:')
  expect((await complete('bpftrace://diagnostics/{code}', 'code', 'synt')).values).toEqual(['syntax'])
})

test('a tool has its whole schemas under each spelling of its name', async () => {
  for (const name of ['pprof.top', 'pprof_top']) {
    const whole: unknown = JSON.parse((await read(`tracewright://tools/${name}`)).text)
    expect(whole).toMatchObject({ name: 'pprof.top', inputSchema: inputSchema(pprofTop) })
  }
})

describe('stored profiles', () => {
  test('are listed by clean names, newest first, at most twenty', async () => {
    const { resources } = await client.listResources()
    const [listed] = resources.filter(({ uri }) => uri.startsWith('pprof://'))
    expect(listed).toMatchObject({
      uri: `pprof://${digits}/report`,
      name: 'check out',
      title: 'cpu profile check out',
      description: expect.stringContaining('shop'),
    })
  })

  test.each([
    ['report', '# Profile report'],
    ['meta', 'nanoseconds'],
    ['top', '| work |'],
    ['tags', 'label'],
    ['traces', 'work'],
  ])('have the view %s', async (view, has) => {
    expect(await read(`pprof://${digits}/${view}`)).toMatchObject({
      mimeType: 'text/markdown',
      text: expect.stringContaining(has),
    })
  })

  test('are completed by digits and by name', async () => {
    const uri = 'pprof://{handle}/{view}'
    expect((await complete(uri, 'handle', digits.slice(0, 4))).values).toEqual([digits])
    expect((await complete(uri, 'handle', 'shop')).values).toEqual([digits])
    expect((await complete(uri, 'view', 't')).values).toEqual(['top', 'tags', 'traces', 'report', 'meta'])
  })

  test('of a store that cannot be opened are missing, and nothing else is', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const refuse = () => Promise.reject(new UserError({ code: 'STORE', message: 'The store is of a newer version' }))
    const broken = await connectClient({ context: { ...context, library: { ...context.library, list: refuse } } })
    const uris = (await broken.listResources()).resources.map(({ uri }) => uri)
    expect(uris).toContain('bpftrace://reference')
    expect(uris.filter((uri) => uri.startsWith('pprof://'))).toEqual([])
    expect(logged).toHaveBeenCalledWith(expect.any(String), 'The store is of a newer version')
    logged.mockRestore()
    await broken.close()
  })
})

test.each([
  'bpftrace://reference/no_such_name',
  'bpftrace://reference/%',
  'bpftrace://templates/../../etc/passwd',
  'pprof://0123456789abcdef/top',
  'pprof://0123456789abcdef/constructor',
  'pprof:///etc/passwd/top',
  'tracewright://tools/__proto__',
  'file:///etc/passwd',
])('%s is no resource', async (uri) => {
  await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32602 })
})

test('lists have one page; a cursor of nobody is an error', async () => {
  const cursor = { cursor: 'x' }
  await expect(client.listTools(cursor)).rejects.toMatchObject({ code: -32602 })
  await expect(client.listResources(cursor)).rejects.toMatchObject({ code: -32602 })
  await expect(client.listResourceTemplates(cursor)).rejects.toMatchObject({ code: -32602 })
  await expect(client.listPrompts(cursor)).rejects.toMatchObject({ code: -32602 })
})

test('the documents name every prompt and every kind of page', async () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/agents.md'), 'utf8')
  const { prompts } = await client.listPrompts()
  for (const { name, arguments: given } of prompts) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))
    for (const argument of given ?? []) expect(row, name).toContain(`\`${argument.name}\``)
  }
  const { resourceTemplates } = await client.listResourceTemplates()
  const { resources } = await client.listResources()
  const fixed = resources.map(({ uri }) => uri).filter((uri) => !uri.startsWith('pprof://'))
  for (const uri of [...resourceTemplates.map(({ uriTemplate }) => uriTemplate), ...fixed]) expect(page).toContain(uri)
})

test('only what belongs to the offered tools is offered', async () => {
  const narrow = await connectClient({ context, toolsets: ['bpftrace'] })
  const { resources } = await narrow.listResources()
  const { resourceTemplates } = await narrow.listResourceTemplates()
  expect(JSON.stringify([resources, resourceTemplates])).not.toContain('pprof://')
  await expect(narrow.readResource({ uri: `pprof://${digits}/top` })).rejects.toMatchObject({ code: -32602 })
  await narrow.close()
})
