/**
 * The first question about a profile costs a server up to a tenth of a second more than the next ones: functions are
 * compiled when they are first called, and by how often they are called the engine decides which to compile well. So a
 * server that has nothing to do asks itself first, about a small profile made up here. It comes in pieces of a few
 * milliseconds, so that no real request waits for more than one; what is left in memory is compiled code, which the
 * first real questions would have left as well.
 */
import { encodePprof } from '../analyzers/pprof/formats/pprof.ts'
import type { Profile } from '../analyzers/pprof/profile.ts'
import { ProfileBuilder } from '../analyzers/pprof/profile-builder.ts'
import type { OpenedProfile } from '../services/profiles/open-profile.ts'
import { callTool } from './call-tool.ts'
import type { ToolContext } from './context.ts'
import { findTool } from './registry.ts'

const SAMPLES = 500
const FUNCTIONS = 400
const DEPTH = 24
/** Some thousand samples in all: after these, reading is compiled as well as it gets. */
const READINGS = 32
const NAME = 'warm-up'

/** What is asked most comes first: a real question may come before the rest. */
const questions: readonly (readonly [tool: string, input: Readonly<Record<string, unknown>>])[] = [
  ['pprof.top', { profile: NAME }],
  ['pprof.meta', { profile: NAME }],
  ['pprof.top', { profile: NAME, cum: true, focus: 'Read', nodecount: 10 }],
  ['pprof.peek', { profile: NAME, regex: 'method1' }],
  ['pprof.tags', { profile: NAME }],
  ['pprof.traces_head', { profile: NAME, limit: 3 }],
  ['pprof.focus_paths', { profile: NAME, function: 'method7$' }],
  ['pprof.flamegraph', { profile: NAME, format: 'svg' }],
  ['pprof.callgraph', { profile: NAME, format: 'svg' }],
  ['pprof.print', { profile: NAME, report: 'tree' }],
  ['pprof.top', { profile: NAME, hide: 'method3', tag_focus: 'tenant' }],
  ['pprof.diff_top', { before: NAME, after: NAME }],
]

/** Stops at each `yield`, and goes on when there is nothing else to do. */
export async function* warmUp(context: ToolContext): AsyncGenerator<void, void, void> {
  const bytes = yield* smallProfile()
  yield
  // As it comes from a file: through the streams that unpack and read.
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  const file = new Uint8Array(await new Response(packed).arrayBuffer())
  yield
  let profile = await context.readProfile(file, {})
  yield
  for (let reading = 1; reading < READINGS; reading++) {
    profile = await context.readProfile(reading % 4 === 0 ? file : bytes, {})
    yield
    if (reading % 4 === 0) await ask(context, profile, questions[0])
    yield
  }
  for (const question of questions) {
    await ask(context, profile, question)
    yield
  }
}

async function ask(context: ToolContext, profile: Profile, question: (typeof questions)[number] | undefined) {
  const [name = '', input = {}] = question ?? []
  const tool = findTool(name)
  if (tool === undefined) return
  const opened: OpenedProfile = { path: '', label: NAME, record: undefined, profile, type: 'cpu' }
  const profiles = { locate: async () => opened, open: async () => opened }
  const options = { signal: new AbortController().signal, progress: () => undefined }
  const { text } = await callTool({ ...context, profiles }, tool, input, options)
  JSON.stringify(text)
}

/** Stacks that branch like those of a program, with inlined calls, labels and two sample types. */
function* smallProfile(): Generator<void, Uint8Array<ArrayBuffer>, void> {
  const builder = new ProfileBuilder([
    { type: 'samples', unit: 'count' },
    { type: 'cpu', unit: 'nanoseconds' },
  ])
  const lines = Array.from({ length: FUNCTIONS }, (_, number) => {
    const name = `example.com/warm/up${number % 7}.(*Reader).method${number}`
    return { functionRow: builder.addFunction({ name, filename: `/src/up${number % 7}/reader.go` }), line: number }
  })
  const locations = lines.map((line, number) => {
    const inlined = number % 9 === 0 ? lines.slice(number + 1, number + 2) : []
    return builder.addLocation({ address: BigInt(0x400000 + number * 16), lines: [...inlined, line] })
  })
  // Any numbers do, as long as they are the same each time.
  let state = 1
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const stack = locations.slice(0, DEPTH)
  for (let sample = 0; sample < SAMPLES; sample++) {
    for (let i = random(DEPTH); i < DEPTH; i++) stack[i] = locations[random(FUNCTIONS)] ?? 0
    const labels = sample % 3 === 0 ? [{ key: 'tenant', text: `tenant-${random(20)}` }] : []
    builder.addSample(stack.toReversed(), [1, 10_000_000], labels)
    if (sample % 50 === 0) yield
  }
  return Buffer.concat([...encodePprof(builder.finish({}))])
}
