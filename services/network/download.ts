/**
 * One bounded HTTP GET: http and https only, addresses checked when connecting, redirects followed by hand and never
 * with credentials to another origin, a cap on size and time, progress and cancellation. It knows nothing of profiles.
 */
import { lookup as lookupDns } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { UserError } from '../../analyzers/shared/user-error.ts'
import type { NetworkPolicy } from './network-policy.ts'

export interface DownloadRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly tls: TlsOptions
  readonly networks: NetworkPolicy
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly onBytes: (received: number) => void
}

/** PEM texts, not paths. */
export interface TlsOptions {
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
  readonly serverName?: string | undefined
  readonly skipVerify?: boolean | undefined
}

const maxRedirects = 5

/** @throws UserError `DOWNLOAD_FAILED`, `ADDRESS_NOT_ALLOWED`, `TIMEOUT`, `TOO_LARGE`, `INVALID_ARGUMENT` */
export async function download(request: DownloadRequest): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(request.timeoutMs)
  const signal = AbortSignal.any([request.signal, timeout])
  let url = request.url
  try {
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const response = await get(request, url, signal)
      const location = redirectOf(response)
      if (location === undefined) return await body(request, response, url)
      response.destroy()
      url = nextUrl(request, url, location)
    }
  } catch (error) {
    request.signal.throwIfAborted()
    if (timeout.aborted) {
      throw new UserError({
        code: 'TIMEOUT',
        message: `\`${shown(url)}\` did not answer in ${request.timeoutMs / 1000} s`,
        hint: 'Try again, with a larger `timeout_s` if the server is slow.',
        retryable: true,
      })
    }
    throw error instanceof UserError ? error : connectionError(url, error)
  }
  throw failed(`\`${shown(request.url)}\` redirects more than ${maxRedirects} times`)
}

/** A URL fit for records and messages: no credentials, no query. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`
}

function get(request: DownloadRequest, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  checkUrl(request.networks, url)
  const options: RequestOptions = {
    method: 'GET',
    headers: { 'user-agent': 'tracewright', accept: '*/*', ...request.headers },
    signal,
    lookup: guardedLookup(request.networks),
    // One connection for one request: nothing is left open when it ends.
    agent: false,
    ...tlsOptions(request.tls),
  }
  return new Promise((resolve, reject) => {
    const sent = url.protocol === 'https:' ? httpsRequest(url, options, resolve) : httpRequest(url, options, resolve)
    sent.on('error', reject).end()
  })
}

function tlsOptions(tls: TlsOptions): RequestOptions {
  return {
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
    rejectUnauthorized: !(tls.skipVerify ?? false),
  }
}

function checkUrl(networks: NetworkPolicy, url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `\`${url.protocol}\` is not a protocol profiles are taken from`,
      hint: 'Give an http:// or https:// URL.',
      details: { field: 'url' },
    })
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !networks.isAllowed(host)) throw notAllowed(host)
}

function guardedLookup(networks: NetworkPolicy): LookupFunction {
  return (hostname, options, callback) => {
    lookupDns(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '')
        return
      }
      const refused = addresses.find(({ address }) => !networks.isAllowed(address))
      const [first] = addresses
      if (refused !== undefined) callback(notAllowed(`${hostname} (${refused.address})`), '')
      else if (options.all) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family)
    })
  }
}

function redirectOf(response: IncomingMessage): string | undefined {
  const status = response.statusCode ?? 0
  return status >= 300 && status < 400 && status !== 304 ? (response.headers.location ?? '') : undefined
}

function nextUrl(request: DownloadRequest, from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw failed(`\`${shown(from)}\` redirects to nowhere`)
  const to = new URL(location, from)
  const carries = Object.keys(request.headers).length > 0 || from.username !== '' || request.tls.cert !== undefined
  if (to.origin !== from.origin && carries) {
    throw new UserError({
      code: 'REDIRECT_REFUSED',
      message: `\`${shown(from)}\` redirects to another origin, \`${to.origin}\`, and the request carries credentials`,
      hint: 'Call that URL itself, with the headers that are meant for it.',
    })
  }
  if (to.origin === from.origin && to.username === '') {
    to.username = from.username
    to.password = from.password
  }
  return to
}

async function body(request: DownloadRequest, response: IncomingMessage, url: URL): Promise<Uint8Array> {
  const status = response.statusCode ?? 0
  const limit = status === 200 ? request.maxBytes : 4096
  const chunks: Uint8Array[] = []
  let received = 0
  for await (const chunk of response) {
    if (!(chunk instanceof Uint8Array)) throw new Error('a response without an encoding yields bytes')
    received += chunk.length
    if (received > limit) {
      response.destroy()
      if (status !== 200) break
      throw new UserError({
        code: 'TOO_LARGE',
        message: `\`${shown(url)}\` sends more than ${request.maxBytes} bytes`,
        hint: 'Download it yourself and import the file.',
        details: { limit: request.maxBytes },
      })
    }
    chunks.push(chunk)
    if (status === 200) request.onBytes(received)
  }
  const bytes = Buffer.concat(chunks)
  if (status !== 200) throw refusedByServer(url, status, bytes)
  return bytes
}

function refusedByServer(url: URL, status: number, bytes: Uint8Array): UserError {
  const said = new TextDecoder()
    .decode(bytes)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
  return new UserError({
    code: 'DOWNLOAD_FAILED',
    message: `\`${shown(url)}\` answered ${status}${said === '' || said.startsWith('<') ? '' : `: ${said}`}`,
    hint: hintForStatus(status),
    retryable: status >= 500 || status === 429,
    details: { status },
  })
}

function hintForStatus(status: number): string {
  if (status === 401 || status === 403) return 'Give the credentials in `headers`.'
  if (status === 404) return 'Check the path; Go serves profiles below /debug/pprof/.'
  return 'Look at what the server says.'
}

function notAllowed(host: string): UserError {
  return new UserError({
    code: 'ADDRESS_NOT_ALLOWED',
    message: `${host} is a private or link-local address`,
    hint: 'Whoever owns this machine can allow its network in policy.json: {"capture": {"allow": ["10.0.0.0/8"]}}.',
    details: { host },
  })
}

const connectionReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name does not resolve now',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
}

function connectionError(url: URL, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (/^ERR_(INVALID_HTTP_TOKEN|INVALID_CHAR|HTTP_INVALID_HEADER_VALUE)$/.test(code)) {
    return new UserError(
      { code: 'INVALID_ARGUMENT', message: `A header cannot be sent: ${error.message}`, details: { field: 'headers' } },
      { cause: error },
    )
  }
  const isTls = /CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code)
  return new UserError(
    {
      code: 'DOWNLOAD_FAILED',
      message: `\`${shown(url)}\` cannot be read: ${connectionReasons[code] ?? error.message}`,
      hint: isTls ? 'Give its authority in `tls.ca_file`.' : 'Check host and port, and that the program runs.',
      retryable: !isTls,
      details: { reason: code },
    },
    { cause: error },
  )
}

function failed(message: string): UserError {
  return new UserError({ code: 'DOWNLOAD_FAILED', message })
}
