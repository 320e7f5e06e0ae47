/**
 * What an attach point says, and what is wrong with how it says it: number of parts, offsets, rates, units, events,
 * modes. Whether the machine has the function, binary or event is not asked here.
 */
import type { AttachPoint as AttachPointNode, AttachPointPart, Probe } from '../../syntax/ast.ts'
import { atLeast } from '../../version.ts'
import type { Environment } from '../environment.ts'
import { stages } from '../stages.ts'
import { type AttachPoint, hasWildcard, type Provider, providers } from './attach-point.ts'
import { asCount, readNumber } from './number.ts'

const timeUnits = new Set(['s', 'ms', 'us', 'hz'])
/** x86-64; what the hardware can watch. */
const watchModes = new Set(['rw', 'w', 'x'])

interface Draft {
  readonly node: AttachPointNode
  readonly environment: Environment
  readonly modern: boolean
  /** The parts after the provider, parameters filled in. */
  readonly parts: readonly string[]
  readonly spelled: string
  provider: Provider
  target: string
  func: string
  offset: boolean
  address: boolean
  valid: boolean
}

/** Those of a probe that say something; one of them has to. */
export function parseAttachPoints(probe: Probe, environment: Environment): AttachPoint[] {
  const [first] = probe.attachPoints
  if (first && probe.attachPoints.every((point) => point.parts[0]?.text === '')) {
    environment.findings.stage = stages.parseAttachPoints
    environment.findings.report('attach-point-invalid', first.span, { problem: 'it names no probe' })
  }
  return probe.attachPoints.map((point) => parseAttachPoint(point, environment)).filter((point) => point !== undefined)
}

/** Undefined for an empty attach point (a comma too many), and for one whose provider nobody knows. */
function parseAttachPoint(node: AttachPointNode, environment: Environment): AttachPoint | undefined {
  const [first, ...rest] = node.parts
  const spelled = first ? fill(first, environment) : ''
  if (spelled === '') return undefined
  const modern = atLeast(environment.version, '0.24')
  const provider = canonicalProvider(spelled, environment)
  const draft: Draft = {
    node,
    environment,
    modern,
    parts: rest.map((part) => fill(part, environment)),
    spelled,
    provider: provider ?? 'kprobe',
    target: '',
    func: '',
    offset: false,
    address: false,
    valid: true,
  }
  environment.findings.stage = stages.parseAttachPoints
  const stray = strayDollar(node.parts)
  if (stray && modern) fail(draft, 'attach-point-parameter', { text: stray })
  if (!provider) {
    if (!hasWildcard(spelled)) fail(draft, 'probe-type-unknown', { provider: spelled })
    return undefined
  }
  readers[provider](draft)
  if (draft.valid) {
    environment.findings.stage = stages.checkAttachPoints
    checkers[provider]?.(draft)
  }
  const { target, func, offset, address, valid } = draft
  return { span: node.span, provider, spelled, target, func, offset, address, valid }
}

/** `$1` outside quotes becomes the parameter's value. */
function fill(part: AttachPointPart, environment: Environment): string {
  if (part.quoted) return part.text
  return part.text.replace(/\$([1-9]\d*)/g, (_, index: string) => environment.params[Number(index) - 1] ?? '')
}

function strayDollar(parts: readonly AttachPointPart[]): string | undefined {
  for (const part of parts) {
    const match = part.quoted ? null : /\$(?![1-9])(.)/.exec(part.text)
    if (match) return match[1]
  }
  return undefined
}

function canonicalProvider(spelled: string, environment: Environment): Provider | undefined {
  const entry = environment.catalog.probeType(spelled)
  if (!entry) return undefined
  const modern = atLeast(environment.version, '0.24')
  // Until 0.23 the two special probes are spelled in capitals only.
  if (!modern && (entry.name === 'begin' || entry.name === 'end') && spelled !== spelled.toUpperCase()) return undefined
  const known = (name: string | undefined) => providers.find((provider) => provider === name)
  if (entry.aliasOf) return known(entry.aliasOf) ?? aliases[entry.name]
  return known(entry.name) ?? aliases[entry.name] ?? known(entry.variantOf)
}

const aliases: Readonly<Record<string, Provider>> = { kfunc: 'fentry', kretfunc: 'fexit' }

type DataOf = Readonly<Record<string, string | number>>

function fail(draft: Draft, code: 'attach-point-parameter', data: { text: string }): void
function fail(draft: Draft, code: 'probe-type-unknown', data: { provider: string }): void
function fail(
  draft: Draft,
  code: 'attach-point-parts',
  data: { provider: string; expected: string; found: number },
): void
function fail(draft: Draft, code: 'attach-point-invalid', data: { problem: string }): void
function fail(draft: Draft, code: 'probe-rate-invalid', data: { problem: string }): void
function fail(draft: Draft, code: 'event-unknown', data: { event: string; provider: string }): void
function fail(draft: Draft, code: 'unsafe-address', data: Record<string, never>): void
function fail(draft: Draft, code: Parameters<Environment['findings']['report']>[0], data: DataOf): void {
  draft.valid = false
  draft.environment.findings.report(code, draft.node.span, data as never)
}

function parts(draft: Draft, ...expected: readonly number[]): boolean {
  const found = draft.parts.length
  if (expected.includes(found)) return true
  // A version that does not take the short form names only what it takes.
  fail(draft, 'attach-point-parts', { provider: draft.spelled, expected: expected.join(' or '), found })
  return false
}

const invalid = (draft: Draft, problem: string) => fail(draft, 'attach-point-invalid', { problem })

/** `function+offset`, or an address. */
function readFunction(draft: Draft, text: string, allowOffset: boolean): void {
  const pieces = text.split('+')
  if (pieces.length === 1) {
    draft.func = text
    return
  }
  if (!allowOffset) return invalid(draft, 'an offset is not allowed here')
  if (pieces.length > 2) return invalid(draft, 'there can be only one offset')
  const [func = '', offset = ''] = pieces
  if (func === '' || offset === '') return invalid(draft, 'the offset is incomplete')
  if (readNumber(offset, draft.modern) === undefined) return invalid(draft, `the offset "${offset}" is no number`)
  draft.func = func
  draft.offset = true
}

function readKprobe(draft: Draft): void {
  if (!(draft.modern || atLeast(draft.environment.version, '0.18') ? parts(draft, 1, 2) : parts(draft, 1))) return
  const [first = '', second] = draft.parts
  const text = second ?? first
  if (second !== undefined) draft.target = first
  if (draft.modern && !text.includes('+') && readNumber(text, true) !== undefined) {
    draft.address = true
    if (!draft.environment.unsafe) fail(draft, 'unsafe-address', {})
    return
  }
  readFunction(draft, text, draft.provider === 'kprobe')
}

function readUprobe(draft: Draft): void {
  const [target = '', second = '', third] = draft.parts
  const at = draft.node.parts[1]?.quoted ? -1 : target.indexOf('@')
  if (at >= 0 && draft.modern) return readSourceLocation(draft, target.slice(0, at), target.slice(at + 1))
  if (!(atLeast(draft.environment.version, '0.19') ? parts(draft, 2, 3) : parts(draft, 2))) return
  draft.target = target
  const text = third ?? second
  if (third !== undefined && second !== 'cpp') return invalid(draft, `"${second}" is no supported language`)
  const number = !text.includes('+') && (draft.provider === 'uprobe' || draft.modern)
  if (number && readNumber(text, draft.modern) !== undefined) {
    if (hasWildcard(target)) return invalid(draft, 'wildcards cannot be used with an absolute address')
    draft.address = true
    if (/^0(x0+)?$/i.test(text)) draft.func = ''
    return
  }
  readFunction(draft, text, draft.provider === 'uprobe')
}

/** `binary@file:line` or `binary@file:line:column`; the line is the part after the file. */
function readSourceLocation(draft: Draft, target: string, file: string): void {
  const [, line = '', column] = draft.parts
  draft.target = target
  draft.func = '@'
  if (draft.provider === 'uretprobe') return invalid(draft, 'a source location is not allowed here')
  if (hasWildcard(target)) return invalid(draft, 'a source location does not take wildcards')
  if (file === '' || line === '' || draft.parts.length > 3) {
    return invalid(draft, 'a source location is written TARGET@FILE:LINE or TARGET@FILE:LINE:COLUMN')
  }
  if (readNumber(line, true) === undefined) return invalid(draft, `"${line}" is no line number`)
  if (column !== undefined && readNumber(column, true) === undefined) invalid(draft, `"${column}" is no column number`)
}

function readUsdt(draft: Draft): void {
  if (!parts(draft, 2, 3)) return
  draft.target = draft.parts[0] ?? ''
  draft.func = draft.parts[draft.parts.length - 1] ?? ''
}

function readTracepoint(draft: Draft): void {
  const [category = '', event] = draft.parts
  if (draft.parts.length === 1 && hasWildcard(category)) {
    draft.target = '*'
    draft.func = category
    return
  }
  if (!parts(draft, 2)) return
  draft.target = category
  draft.func = event ?? ''
}

function readRawTracepoint(draft: Draft): void {
  if (!parts(draft, 1, 2)) return
  const [first = '', second] = draft.parts
  draft.target = second === undefined ? '*' : first
  draft.func = second ?? first
}

function readTimer(draft: Draft): void {
  const short = atLeast(draft.environment.version, '0.22')
  if (!(short ? parts(draft, 1, 2) : parts(draft, 2))) return
  const [first = '', second] = draft.parts
  if (second === undefined) {
    const rate = readNumber(first, true)
    if (rate === undefined) return rateInvalid(draft, `"${first}" is no number`)
    if (rate < 1000n) return rateInvalid(draft, 'the shortest is one microsecond')
    draft.target = 'us'
    return
  }
  draft.target = first
  const rate = readNumber(second, draft.modern)
  if (rate === undefined) return rateInvalid(draft, `"${second}" is no number`)
  draft.address = asCount(rate) <= 0n
}

const rateInvalid = (draft: Draft, problem: string) =>
  fail(draft, 'probe-rate-invalid', { problem: `Invalid rate of ${draft.provider} probe: ${problem}` })

function readEvent(draft: Draft): void {
  if (!parts(draft, 1, 2)) return
  const [event = '', count] = draft.parts
  draft.target = event
  if (count === undefined || count === '*') return
  const number = readNumber(count, draft.modern)
  if (number === undefined) {
    fail(draft, 'probe-rate-invalid', { problem: `Invalid count for ${draft.provider} probe: "${count}" is no number` })
  } else if (asCount(number) < 0n) {
    fail(draft, 'probe-rate-invalid', { problem: `${draft.provider} count should be a positive integer` })
  }
}

function readWatchpoint(draft: Draft): void {
  if (!parts(draft, 3)) return
  const [place = '', length = ''] = draft.parts
  const [func = '', argument = ''] = place.split('+')
  if (!atLeast(draft.environment.version, '0.25') && place.includes('+')) {
    draft.func = func
    if (!/^arg\d+$/.test(argument)) return invalid(draft, `"${argument}" is no argument of the function`)
  } else if (readNumber(place, draft.modern) === undefined) {
    return invalid(draft, `"${place}" is no address`)
  }
  if (readNumber(length, draft.modern) === undefined) invalid(draft, `"${length}" is no length`)
}

function readFentry(draft: Draft): void {
  const [first = '', second, third] = draft.parts
  const programs = atLeast(draft.environment.version, '0.23')
  if (!(programs ? parts(draft, 1, 2, 3) : parts(draft, 1, 2))) return
  if (programs && first === 'bpf') {
    draft.target = 'bpf'
    draft.func = third ?? second ?? ''
    if (second === undefined) return invalid(draft, 'the bpf form needs the name of a BPF program')
    if (third !== undefined && second !== '*' && readNumber(second, true) === undefined) {
      invalid(draft, 'the id of a BPF program is a number or *')
    }
    return
  }
  if (third !== undefined) return invalid(draft, 'only the bpf form takes three parts')
  draft.target = second === undefined ? '' : first
  draft.func = second ?? first
}

function readIter(draft: Draft): void {
  if (!parts(draft, 1, 2)) return
  const [name = '', pin = ''] = draft.parts
  if (hasWildcard(name) || (draft.modern && hasWildcard(pin))) return invalid(draft, 'iter does not take wildcards')
  draft.func = name
}

function readSpecial(draft: Draft): void {
  if (draft.parts.length === 1 && draft.parts[0] === '*') return
  parts(draft, 0)
}

const readers: Readonly<Record<Provider, (draft: Draft) => void>> = {
  begin: readSpecial,
  end: readSpecial,
  self(draft) {
    if (!parts(draft, 2)) return
    draft.target = draft.parts[0] ?? ''
    draft.func = draft.parts[1] ?? ''
  },
  test(draft) {
    if (parts(draft, 1)) draft.target = draft.parts[0] ?? ''
  },
  bench(draft) {
    if (parts(draft, 1)) draft.target = draft.parts[0] ?? ''
  },
  kprobe: readKprobe,
  kretprobe: readKprobe,
  uprobe: readUprobe,
  uretprobe: readUprobe,
  usdt: readUsdt,
  tracepoint: readTracepoint,
  rawtracepoint: readRawTracepoint,
  profile: readTimer,
  interval: readTimer,
  software: readEvent,
  hardware: readEvent,
  watchpoint: readWatchpoint,
  asyncwatchpoint: readWatchpoint,
  fentry: readFentry,
  fexit: readFentry,
  iter: readIter,
}

function checkTimer(draft: Draft): void {
  if (draft.target === '') return invalid(draft, `${draft.provider} needs a unit of time`)
  if (!timeUnits.has(draft.target))
    return fail(draft, 'event-unknown', { event: draft.target, provider: draft.provider })
  if (draft.address && (draft.modern || draft.provider === 'profile')) {
    fail(draft, 'probe-rate-invalid', { problem: `${draft.provider} frequency should be a positive integer` })
  }
}

function checkEvent(draft: Draft): void {
  if (draft.target === '') return invalid(draft, `${draft.provider} needs the name of an event`)
  if (hasWildcard(draft.target)) return invalid(draft, `${draft.provider} does not take wildcards`)
  const events = draft.environment.catalog.probeType(draft.provider)?.events ?? []
  if (events.some((event) => event.name === draft.target || event.alias === draft.target)) return
  fail(draft, 'event-unknown', { event: draft.target, provider: draft.provider })
}

function checkFunction(draft: Draft): void {
  if (draft.func === '' && !draft.address)
    invalid(draft, `${draft.spelled} should be attached to a function or an address`)
}

function checkUprobe(draft: Draft): void {
  if (draft.target === '') return invalid(draft, `${draft.spelled} should have a target`)
  if (draft.func === '' && !(draft.address && draft.environment.unsafe)) {
    const zero = draft.address && /^0(x0+)?$/i.test(draft.parts[1] ?? '')
    if (!draft.address || zero) invalid(draft, `${draft.spelled} should be attached to a function or an address`)
  }
}

function checkWatchpoint(draft: Draft): void {
  const [place = '', length = '', mode = ''] = draft.parts
  if (!draft.func && readNumber(place, true) === 0n)
    return invalid(draft, 'a watchpoint needs an address other than zero')
  if (!['1', '2', '4', '8'].includes(String(readNumber(length, draft.modern)))) {
    return invalid(draft, 'the length of a watchpoint is 1, 2, 4 or 8')
  }
  if (draft.provider === 'asyncwatchpoint' && !draft.func) return invalid(draft, 'asyncwatchpoint needs a function')
  const sorted = [...mode].sort().join('')
  if (!/^[rwx]+$/.test(sorted)) return invalid(draft, 'the mode of a watchpoint is made of r, w and x')
  if (/(.)\1/.test(sorted)) return invalid(draft, 'a watchpoint names each mode once')
  if (!watchModes.has(sorted)) invalid(draft, `the mode "${mode}" cannot be watched; it is one of rw, w, x`)
}

const checkers: Partial<Record<Provider, (draft: Draft) => void>> = {
  kprobe: checkFunction,
  kretprobe: checkFunction,
  uprobe: checkUprobe,
  uretprobe: checkUprobe,
  usdt(draft) {
    if (draft.func === '') return invalid(draft, 'usdt needs a function or a wildcard')
    if (draft.target === '') invalid(draft, 'usdt needs a path or a process')
  },
  tracepoint(draft) {
    if (draft.target === '' || draft.func === '') invalid(draft, 'tracepoint needs a category and an event')
  },
  rawtracepoint(draft) {
    if (draft.func === '') invalid(draft, 'rawtracepoint needs an event')
  },
  profile: checkTimer,
  interval: checkTimer,
  software: checkEvent,
  hardware: checkEvent,
  watchpoint: checkWatchpoint,
  asyncwatchpoint: checkWatchpoint,
  fentry(draft) {
    if (draft.func === '') invalid(draft, `${draft.spelled} should specify a function`)
  },
  fexit(draft) {
    if (draft.func === '') invalid(draft, `${draft.spelled} should specify a function`)
  },
  self(draft) {
    if (draft.target !== 'signal') return invalid(draft, `"${draft.target}" is no supported trigger`)
    if (draft.func !== 'SIGUSR1') fail(draft, 'event-unknown', { event: draft.func, provider: 'self:signal' })
  },
  test(draft) {
    if (draft.target === '') invalid(draft, 'a test probe needs a name')
  },
  bench(draft) {
    if (draft.target === '') invalid(draft, 'a bench probe needs a name')
  },
  iter(draft) {
    if (draft.func === '') return invalid(draft, "iter needs an iterator's name")
    const { kernel } = draft.environment
    if (!atLeast(draft.environment.version, '0.18') && !['task', 'task_file'].includes(draft.func)) {
      return fail(draft, 'event-unknown', { event: draft.func, provider: 'iter' })
    }
    const known = kernel.record('struct', `bpf_iter__${draft.func}`)
    if (!known && kernel.coverage.types === 'complete') {
      fail(draft, 'event-unknown', { event: draft.func, provider: 'iter' })
    }
  },
}
