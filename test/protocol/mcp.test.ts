import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { displayName, tools } from '../../tools/registry.ts'
import { calledElsewhere, goodInput, type Samples, writeSamples } from '../tool-inputs.ts'
import { cliFile, runCli, startCli } from './cli-process.ts'

let folder: string
let home: string
let samples: Samples

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mcp-'))
  home = path.join(folder, 'home')
  const files = writeSamples(path.join(folder, 'in'))
  const { out } = await runCli(['call', 'profiles.import', JSON.stringify({ path: files.cpu })], { home })
  samples = { ...files, handle: JSON.parse(out).profiles[0].handle }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' }

async function stdioClient(...args: string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const environment = { ...process.env, TRACEWRIGHT_HOME: home } as Record<string, string>
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [cliFile, 'mcp', ...args], env: environment }),
  )
  return client
}

describe('over stdio', () => {
  test('a client lists the tools and calls each with good, empty and wrong input', async () => {
    const client = await stdioClient()
    const { tools: listed } = await client.listTools()
    expect(listed.map((tool) => tool.name)).toEqual(tools.map((tool) => displayName(tool, 'underscore')).sort())
    const callable = tools.filter((tool) => !calledElsewhere.has(tool.name))
    // What deletes comes last: the others need the handle.
    for (const tool of callable.toSorted((a, b) => Number(a.destructive ?? false) - Number(b.destructive ?? false))) {
      const name = displayName(tool, 'underscore')
      const good = await client.callTool({ name, arguments: goodInput(tool, samples) })
      expect(good.isError, `${name}: ${JSON.stringify(good.content)}`).not.toBe(true)
      for (const input of [{}, { no_such_argument: true }]) {
        const other = await client.callTool({ name, arguments: input })
        if (other.isError) expect(other._meta?.['tracewright/error']).toMatchObject({ code: expect.any(String) })
      }
    }
    await client.close()
  })

  test('prompts, resources and their completion come over the same pipe', async () => {
    const client = await stdioClient()
    const { structuredContent } = await client.callTool({ name: 'profiles_import', arguments: { path: samples.cpu } })
    const [{ handle }] = (structuredContent as { profiles: [{ handle: string }] }).profiles
    const { prompts } = await client.listPrompts()
    const ref = { type: 'ref/prompt', name: prompts[0]?.name ?? '' } as const
    const { completion } = await client.complete({ ref, argument: { name: 'profile', value: '' } })
    expect(completion.values).toContain(handle)
    const { messages } = await client.getPrompt({ name: ref.name, arguments: { profile: handle } })
    expect(messages).toMatchObject([{ content: { text: expect.stringContaining(handle) } }])
    const uri = `pprof://${handle.replace('handle:', '')}/top`
    const { contents } = await client.readResource({ uri })
    expect(contents).toMatchObject([{ uri, text: expect.stringContaining('| work |') }])
    await client.close()
  })

  test('what one process stores another one sees at once', async () => {
    const [one, other] = await Promise.all([stdioClient(), stdioClient('--tool-names', 'dotted')])
    const { structuredContent } = await one.callTool({ name: 'profiles.import', arguments: { path: samples.other } })
    const [{ handle }] = (structuredContent as { profiles: [{ handle: string }] }).profiles
    const seen = await other.callTool({ name: 'pprof.top', arguments: { profile: handle } })
    expect(seen.structuredContent).toMatchObject({ total: 40_000_000 })
    await Promise.all([one.close(), other.close()])
  })

  test('a warm call takes no more than a blink', async () => {
    const client = await stdioClient()
    const times: number[] = []
    for (let round = 0; round < 21; round += 1) {
      const started = performance.now()
      await client.callTool({ name: 'pprof_top', arguments: { profile: samples.cpu } })
      times.push(performance.now() - started)
    }
    // Other work on the machine makes single calls slow, never fast: the best of twenty is what the server needs.
    expect(Math.min(...times.slice(1))).toBeLessThan(20)
    await client.close()
  })

  test('stdout carries JSON-RPC and nothing else; closing stdin lets answers out and ends the process', async () => {
    const messages = [
      initialize,
      initialized,
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'profiles_list', arguments: {} } },
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
      { jsonrpc: '2.0', id: 3, method: 'no/such/method' },
    ]
    const input = `${messages.map((message) => JSON.stringify(message)).join('\n')}\nnot json\n`
    const { code, out } = await runCli(['mcp'], { home, input })
    expect(code).toBe(0)
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    for (const answer of answers) expect(answer.jsonrpc).toBe('2.0')
    const byId = new Map(answers.map((answer) => [answer.id, answer]))
    expect([...byId.keys()].sort()).toEqual([0, 1, 2, 3])
    expect(byId.get(3).error.code).toBe(-32601)
  })

  test('without a token there are no progress notifications', async () => {
    const call = { name: 'profiles_import', arguments: { path: samples.folder } }
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: call }
    const input = `${[initialize, initialized, message].map((each) => JSON.stringify(each)).join('\n')}\n`
    expect((await runCli(['mcp'], { home, input })).out).not.toContain('notifications/progress')
    const asking = { ...message, params: { ...call, _meta: { progressToken: 'p' } } }
    const asked = `${[initialize, initialized, asking].map((each) => JSON.stringify(each)).join('\n')}\n`
    expect((await runCli(['mcp'], { home, input: asked })).out).toContain('"progressToken":"p"')
  })

  test('a closed stdout ends the process', async () => {
    const child = startCli(['mcp'], { home })
    child.stdin.on('error', () => undefined)
    child.stdout.destroy()
    const writing = setInterval(() => child.stdin.write(`${JSON.stringify(initialize)}\n`), 20)
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0)
    clearInterval(writing)
  })

  test.each([
    ['--toolsets', 'nonsense'],
    ['--transport', 'pigeon'],
    ['--port', 'x'],
    ['--tool-names', 'camel'],
  ])('%s %s: exit code 2', async (...args) => {
    expect((await runCli(['mcp', ...args], { home })).code).toBe(2)
  })

  test('a base directory that does not exist is said so', async () => {
    expect(await runCli(['mcp', '--base-dir', '/no/such/folder'], { home })).toMatchObject({
      code: 1,
      error: expect.stringContaining('does not exist'),
    })
  })
})

describe('over HTTP', () => {
  async function listen() {
    const child = startCli(['mcp', '--transport', 'http'], { home })
    const url = await new Promise<string>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        const match = /http:\S+/.exec(text)
        if (match !== null) resolve(match[0])
      })
    })
    return { url, child, ended: new Promise((resolve) => child.on('exit', resolve)) }
  }

  test('a client on this machine is served; Ctrl-C ends the server', async () => {
    const { url, child, ended } = await listen()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/)
    const client = new Client({ name: 'test', version: '1' })
    // The SDK's transport type and its interface differ in how they spell optional fields.
    await client.connect(new StreamableHTTPClientTransport(new URL(url)) as never)
    const result = await client.callTool({ name: 'pprof_top', arguments: { profile: samples.cpu } })
    expect(result.structuredContent).toMatchObject({ total: 30_000_000 })
    await client.close()
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })

  test('a port that is taken is said in a sentence', async () => {
    const { url, child, ended } = await listen()
    const taken = await runCli(['mcp', '--transport', 'http', '--port', new URL(url).port], { home })
    expect(taken).toMatchObject({
      code: 1,
      out: '',
      error: expect.stringMatching(/^tracewright: Port \d+ cannot be used/),
    })
    expect(taken.error).not.toMatch(/^\s+at /m)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  test.each([
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a name that was pointed here', { host: 'evil.example' }, 403],
    ['a page of this machine', { origin: 'http://localhost:3000' }, 200],
  ])('%s: %j gets %d', async (_, headers, status) => {
    const { url, child, ended } = await listen()
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const accept = 'application/json, text/event-stream'
      request(
        url,
        { method: 'POST', headers: { 'content-type': 'application/json', accept, ...headers } },
        (response) => {
          response.destroy()
          resolve(response.statusCode)
        },
      )
        .on('error', reject)
        .end(JSON.stringify(initialize))
    })
    expect(answered).toBe(status)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
