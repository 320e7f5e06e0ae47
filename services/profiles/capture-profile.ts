/**
 * Takes a profile from a running program, or from any URL that serves one, into the library. For Go's `/debug/pprof` it
 * knows which endpoint is which type; any other URL is asked as it is.
 */
import { UserError } from '../../analyzers/shared/user-error.ts'
import { download, shown, type TlsOptions } from '../network/download.ts'
import type { NetworkPolicy } from '../network/network-policy.ts'
import { describe } from './import-profiles.ts'
import type { ProfileLibrary, ProfileRecord } from './library.ts'
import type { ReadProfile } from './open-profile.ts'
import { type BaseType, baseTypeOf, type ProfileType } from './profile-type.ts'

export interface CaptureServices {
  readonly library: ProfileLibrary
  readonly read: ReadProfile
  readonly networks: NetworkPolicy
}

export interface CaptureRequest {
  readonly url: string
  readonly type?: ProfileType | undefined
  readonly seconds?: number | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly tls: TlsOptions
  readonly timeoutSeconds: number
  readonly name?: string | undefined
  readonly service?: string | undefined
  readonly env?: string | undefined
  readonly signal: AbortSignal
  readonly progress: (progress: { done: number; total?: number; message: string }) => void
}

const maxBytes = 512 * 1024 * 1024
const defaultCpuSeconds = 30

/** Go's endpoints below /debug/pprof/, by the type of profile they serve. */
const endpoints: ReadonlyMap<BaseType, string> = new Map([
  ['cpu', 'profile'],
  ['heap', 'heap'],
  ['allocs', 'allocs'],
  ['mutex', 'mutex'],
  ['block', 'block'],
  ['goroutine', 'goroutine'],
  ['threadcreate', 'threadcreate'],
])

export async function captureProfile(services: CaptureServices, request: CaptureRequest): Promise<ProfileRecord> {
  const target = targetOf(request)
  const stopTicking = tick(request, target.seconds)
  let bytes: Uint8Array
  try {
    bytes = await download({
      url: target.url,
      headers: request.headers,
      tls: request.tls,
      networks: services.networks,
      maxBytes,
      timeoutMs: (target.seconds + request.timeoutSeconds) * 1000,
      signal: request.signal,
      onBytes: () => undefined,
    })
  } finally {
    stopTicking()
  }
  return shelve(services, request, target, bytes)
}

interface Target {
  readonly url: URL
  /** How long the server measures before it answers. */
  readonly seconds: number
  readonly type: ProfileType | undefined
}

/** Which URL is asked; for Go's index the endpoint of the type. Exported for its test. */
export function targetOf(request: Pick<CaptureRequest, 'url' | 'type' | 'seconds'>): Target {
  if (!URL.canParse(request.url)) throw badUrl('`url` is not a URL', request.url)
  const url = new URL(request.url)
  const isIndex = /\/debug\/pprof\/?$/.test(url.pathname)
  if (isIndex) {
    const wanted = request.type ?? 'cpu'
    const endpoint = endpoints.get(baseTypeOf(wanted))
    if (endpoint === undefined) throw badUrl(`/debug/pprof serves no profile of type \`${wanted}\``, request.url)
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${endpoint}`
  }
  const name = /\/debug\/pprof\/([^/]+)$/.exec(url.pathname)?.[1]
  const served = [...endpoints].find(([, endpoint]) => endpoint === name)?.[0]
  const wantsDelta = request.type?.endsWith('_delta') ?? false
  const seconds = request.seconds ?? (served === 'cpu' || wantsDelta ? defaultCpuSeconds : undefined)
  if (seconds !== undefined && !url.searchParams.has('seconds')) url.searchParams.set('seconds', String(seconds))
  const measured = Number(url.searchParams.get('seconds') ?? 0)
  // Asked for a time span, Go answers with the difference over it, except for the CPU, which it samples then.
  const isDelta = served !== undefined && served !== 'cpu' && measured > 0
  return {
    url,
    seconds: Number.isFinite(measured) && measured > 0 ? Math.min(measured, 3600) : 0,
    type: request.type ?? (served !== undefined && isDelta ? `${served}_delta` : served),
  }
}

async function shelve(
  services: CaptureServices,
  request: CaptureRequest,
  target: Target,
  bytes: Uint8Array,
): Promise<ProfileRecord> {
  const origin = shown(target.url)
  const profile = await services.read(bytes, { signal: request.signal }).catch((error: unknown) => {
    throw error instanceof UserError ? notAProfile(origin, bytes, error) : error
  })
  const fileName = target.url.pathname.split('/').at(-1) ?? ''
  const entry = describe(profile, { bytes }, fileName, origin, {
    type: target.type,
    name: request.name ?? `${target.type ?? (fileName || 'profile')} of ${target.url.host}`,
    service: request.service,
    env: request.env,
  })
  const [record] = await services.library.add([entry])
  if (record === undefined) throw new Error('what was added has a record')
  return record
}

/** Every second while the server measures: that is the part that takes long. */
function tick(request: CaptureRequest, seconds: number): () => void {
  const started = performance.now()
  const timer = setInterval(() => {
    const elapsed = Math.round((performance.now() - started) / 1000)
    const measuring = elapsed <= seconds
    request.progress({
      done: elapsed,
      ...(measuring ? { total: seconds } : {}),
      message: measuring ? `Measuring, ${elapsed} of ${seconds} s` : 'Waiting for the answer',
    })
  }, 1000)
  return () => clearInterval(timer)
}

function notAProfile(origin: string, bytes: Uint8Array, cause: UserError): UserError {
  const isPage = /^\s*<(!doctype|html)/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))
  return new UserError(
    {
      code: 'NOT_A_PROFILE',
      message: `\`${origin}\` answered with ${isPage ? 'a web page' : 'something'} that is no profile: ${cause.message}`,
      hint: 'Give the URL of one profile, such as http://host:6060/debug/pprof/heap.',
    },
    { cause },
  )
}

function badUrl(message: string, url: string): UserError {
  return new UserError({
    code: 'INVALID_ARGUMENT',
    message,
    hint: 'Give a URL such as http://localhost:6060/debug/pprof with `type`, or the URL of one profile.',
    details: { field: 'url', received: url.slice(0, 200).replace(/\/\/[^@/]*@/, '//…@') },
  })
}
