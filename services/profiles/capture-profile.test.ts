import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { zippedProfile } from '../../test/small-profile.ts'
import { createNetworkPolicy } from '../network/network-policy.ts'
import { type CaptureRequest, captureProfile, targetOf } from './capture-profile.ts'
import type { ProfileLibrary } from './library.ts'
import { readProfile, readProfileBytes } from './read-profile.ts'
import { openLibrary } from './sqlite-library.ts'

let home: string
let library: ProfileLibrary
let server: Server
let base: string
let requests: IncomingMessage[]
let answer: (request: IncomingMessage, response: ServerResponse) => void

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'capture-'))
  library = await openLibrary({ home })
  requests = []
  answer = (_, response) => response.end(zippedProfile())
  server = createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await library.close()
  rmSync(home, { recursive: true, force: true })
})

function capture(url: string, fields: Partial<CaptureRequest> = {}, allowed: readonly string[] = []) {
  const services = {
    library,
    networks: createNetworkPolicy(allowed),
    read: (source: string | Uint8Array, options: { signal?: AbortSignal }) =>
      typeof source === 'string' ? readProfile(source, options) : readProfileBytes(source, options),
  }
  const signal = new AbortController().signal
  const defaults = { headers: {}, tls: {}, timeoutSeconds: 5, signal, progress: () => undefined }
  return captureProfile(services, { url, ...defaults, ...fields })
}

const failsWith = (code: string) => expect.objectContaining({ name: 'UserError', code })

describe('which URL is asked', () => {
  test.each([
    ['http://h/debug/pprof', undefined, undefined, 'http://h/debug/pprof/profile?seconds=30', 'cpu'],
    ['http://h/debug/pprof/', 'cpu', 5, 'http://h/debug/pprof/profile?seconds=5', 'cpu'],
    ['http://h/debug/pprof', 'heap', undefined, 'http://h/debug/pprof/heap', 'heap'],
    ['http://h/debug/pprof', 'mutex_delta', undefined, 'http://h/debug/pprof/mutex?seconds=30', 'mutex_delta'],
    ['http://h/debug/pprof/allocs', undefined, 10, 'http://h/debug/pprof/allocs?seconds=10', 'allocs_delta'],
    ['http://h/debug/pprof/heap?gc=1', undefined, undefined, 'http://h/debug/pprof/heap?gc=1', 'heap'],
    ['http://h/debug/pprof/profile?seconds=7', undefined, 9, 'http://h/debug/pprof/profile?seconds=7', 'cpu'],
    ['http://h/other', undefined, undefined, 'http://h/other', undefined],
  ] as const)('%s as %s for %s s', (url, type, seconds, asked, expected) => {
    const target = targetOf({ url, type, seconds })
    expect(target.url.href).toBe(asked)
    expect(target.type).toBe(expected)
  })

  test.each([
    ['no url', undefined],
    ['http://h/debug/pprof', 'wall'],
  ] as const)('%s as %s is refused', (url, type) => {
    expect(() => targetOf({ url, type, seconds: undefined })).toThrow(failsWith('INVALID_ARGUMENT'))
  })
})

test('what was captured is stored with where it came from, without credentials', async () => {
  const url = `${base.replace('//', '//user:secret@')}/debug/pprof?token=abc`
  const record = await capture(url, { seconds: 1, service: 'api', headers: { 'x-auth': 'k' } })
  expect(record).toMatchObject({ type: 'cpu', service: 'api', origin: `${base}/debug/pprof/profile` })
  expect(requests[0]?.url).toBe('/debug/pprof/profile?token=abc&seconds=1')
  expect(requests[0]?.headers).toMatchObject({ 'x-auth': 'k', authorization: `Basic ${btoa('user:secret')}` })
  expect(JSON.stringify((await library.list()).profiles)).not.toMatch(/secret|abc/)
})

describe('refused', () => {
  test.each(['http://169.254.169.254/latest', 'http://10.0.0.1/x', 'http://[fe80::1]/x', 'http://0x0a000001/x'])(
    '%s: not a public address',
    async (url) => {
      await expect(capture(url)).rejects.toThrow(failsWith('ADDRESS_NOT_ALLOWED'))
    },
  )

  test.each(['file:///etc/passwd', 'ftp://example.org/x', 'data:text/plain,x'])('%s: not http', async (url) => {
    await expect(capture(url)).rejects.toThrow(failsWith('INVALID_ARGUMENT'))
  })

  test('a redirect to a private address', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    await expect(capture(`${base}/x`)).rejects.toThrow(failsWith('ADDRESS_NOT_ALLOWED'))
  })

  test('a redirect to another origin with credentials', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://localhost:1/' }).end()
    await expect(capture(`${base}/x`, { headers: { authorization: 'x' } })).rejects.toThrow(
      failsWith('REDIRECT_REFUSED'),
    )
  })

  test('a circle of redirects', async () => {
    answer = (_, response) => response.writeHead(302, { location: '/again' }).end()
    await expect(capture(`${base}/x`)).rejects.toThrow(/redirects more than 5 times/)
    expect(requests).toHaveLength(6)
  })
})

test('a redirect within the origin keeps the credentials', async () => {
  answer = (request, response) => {
    if (request.url === '/x') response.writeHead(307, { location: '/y' }).end()
    else response.end(zippedProfile())
  }
  await capture(`${base}/x`, { headers: { authorization: 'x' } })
  expect(requests.map((request) => [request.url, request.headers.authorization])).toEqual([
    ['/x', 'x'],
    ['/y', 'x'],
  ])
})

describe('answers that are none', () => {
  test('a refusal says what the server said', async () => {
    answer = (_, response) => response.writeHead(500).end('cpu profiling already in use\n')
    await expect(capture(`${base}/debug/pprof`, { seconds: 1 })).rejects.toThrow(/answered 500: cpu profiling already/)
  })

  test('a web page is called one', async () => {
    answer = (_, response) => response.end('<!doctype html><title>pprof</title>')
    await expect(capture(`${base}/x`)).rejects.toThrow(/a web page/)
    expect((await library.list()).total).toBe(0)
  })

  test('silence ends by the timeout, and can be tried again', async () => {
    answer = () => undefined
    await expect(capture(`${base}/x`, { timeoutSeconds: 0.2 })).rejects.toThrow(
      expect.objectContaining({ code: 'TIMEOUT', retryable: true }),
    )
  })

  test('nobody listening is said so', async () => {
    await expect(capture('http://127.0.0.1:1/x')).rejects.toThrow(/nothing listens there/)
  })

  test('a header that is none is an error of the caller', async () => {
    await expect(capture(`${base}/x`, { headers: { 'a b': 'c' } })).rejects.toThrow(failsWith('INVALID_ARGUMENT'))
  })
})

test('cancelling ends the request at once and stores nothing', async () => {
  answer = () => undefined
  const controller = new AbortController()
  const progress: string[] = []
  const running = capture(`${base}/debug/pprof`, {
    seconds: 60,
    signal: controller.signal,
    progress: ({ message }) => progress.push(message),
  })
  await expect.poll(() => progress.length, { timeout: 5000 }).toBeGreaterThan(0)
  controller.abort()
  await expect(running).rejects.toThrow(/abort/i)
  expect(progress[0]).toBe('Measuring, 1 of 60 s')
  expect((await library.list()).total).toBe(0)
})

describe('https', () => {
  let secure: ReturnType<typeof createTlsServer>
  let certificate: string
  let url: string

  beforeEach(async () => {
    const [keyFile, certFile] = [path.join(home, 'key.pem'), path.join(home, 'cert.pem')]
    const subject = ['-subj', '/CN=profiles.example', '-addext', 'subjectAltName=DNS:profiles.example']
    const files = ['-keyout', keyFile, '-out', certFile, '-days', '2']
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    execFileSync('openssl', ['req', ...kind, ...files, ...subject], { stdio: 'ignore' })
    certificate = readFileSync(certFile, 'utf8')
    secure = createTlsServer({ key: readFileSync(keyFile), cert: certificate }, (_, response) => {
      response.end(zippedProfile())
    })
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
    const address = secure.address()
    url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/x`
  })

  afterEach(() => new Promise((resolve) => secure.close(resolve)))

  test('an unknown authority is refused, and said how to name it', async () => {
    await expect(capture(url)).rejects.toThrow(
      expect.objectContaining({ code: 'DOWNLOAD_FAILED', hint: expect.stringContaining('tls.ca_file') }),
    )
  })

  test('a named authority and server name are accepted', async () => {
    const record = await capture(url, { tls: { ca: certificate, serverName: 'profiles.example' } })
    expect(record.type).toBe('cpu')
  })

  test('a certificate for another name is refused even from a known authority', async () => {
    await expect(capture(url, { tls: { ca: certificate } })).rejects.toThrow(/cannot be read/)
  })

  test('checking can be turned off', async () => {
    expect((await capture(url, { tls: { skipVerify: true } })).type).toBe('cpu')
  })
})
