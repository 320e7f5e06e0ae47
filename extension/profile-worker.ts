/**
 * The thread that reads, decodes and lays out what one editor shows, a profile or two that are compared, so that the
 * extension host never waits for it. It keeps what it has decoded for further sample types, filters and exports, and ends
 * with the editor.
 */
import { alignSides, subtract } from '../analyzers/pprof/diff.ts'
import { flameGraph } from '../analyzers/pprof/flame-graph.ts'
import type { FlameGraph } from '../analyzers/pprof/flame-layout.ts'
import { packFlameGraph } from '../analyzers/pprof/flame-pack.ts'
import { pruneFlameGraph } from '../analyzers/pprof/flame-prune.ts'
import { encodeCpuProfile } from '../analyzers/pprof/formats/cpuprofile.ts'
import { encodeFlameHtml } from '../analyzers/pprof/formats/flame-html.ts'
import { encodeFlameSvg, SVG_MIN_SHARE } from '../analyzers/pprof/formats/flame-svg.ts'
import { encodeFolded } from '../analyzers/pprof/formats/folded.ts'
import { encodePprof } from '../analyzers/pprof/formats/pprof.ts'
import { encodeSpeedscope } from '../analyzers/pprof/formats/speedscope.ts'
import { defaultSampleIndex, type Profile } from '../analyzers/pprof/profile.ts'
import { selectedProfile, type View, viewOf } from '../analyzers/pprof/view.ts'
import type { ViewOptions } from '../analyzers/pprof/view-options.ts'
import { readProfile, readProfileBytes } from '../services/profiles/read-profile.ts'
import { writePieces } from '../services/profiles/write-profile.ts'
import { type FilterName, filterNames, type GraphQuery, type ProfileSummary } from '../webviews/protocol.ts'
import type { ExportFormat } from './profile-export-formats.ts'
import { reportProgress, serveThread } from './serve-thread.ts'

/** How far reading has come. */
export interface ReadingProgress {
  readonly doneBytes: number
  readonly totalBytes: number
}

/** A path, or the content of a file. */
export type ProfileSource = string | Uint8Array

export interface NamedSource {
  readonly name: string
  readonly source: ProfileSource
}

/** More frames than this make a view slow to open and cannot be seen anyway. */
const MAX_NODES = 1_000_000

/** `base` is the side to compare with. */
interface Sides {
  readonly profile: Profile
  readonly base: Profile | undefined
}

let asRead: Sides | undefined
/** The same with common sample types and units; the second with common totals. */
let plain: Sides | undefined
let normalized: Sides | undefined
let name = ''
let baseName = ''

export interface PackedGraph {
  readonly packed: ArrayBuffer
  readonly leftOutBelow: number
  readonly passed: number
  readonly unmatched: readonly FilterName[]
}

const operations = {
  async open(shown: NamedSource, base: NamedSource | undefined): Promise<ProfileSummary> {
    const profile = await read(shown.source)
    asRead = { profile, base: base && (await read(base.source)) }
    plain = asRead.base === undefined ? asRead : alignSides(profile, asRead.base)
    normalized = undefined
    name = shown.name
    baseName = base?.name ?? ''
    return summarize(plain, shown.name, base?.name)
  },

  /** A packed flame graph, and the share of the whole below which frames had to be left out; 0 when all are there. */
  async graph(query: GraphQuery): Promise<PackedGraph> {
    const { view, base } = viewsOf(query)
    const { graph, leftOutBelow } = pruneFlameGraph(flameGraph(view, { base }), MAX_NODES)
    return {
      packed: packFlameGraph(graph),
      leftOutBelow,
      passed: passedShare(view),
      unmatched: unmatchedIn(view, base),
    }
  },

  /** Writes a file in that format. */
  async export(query: GraphQuery, format: ExportFormat, inverted: boolean, file: string): Promise<void> {
    const options = { gzip: format === 'pprof', signal: new AbortController().signal }
    await writePieces(file, encode(query, format, inverted), options)
  },
}

export type ProfileOperations = typeof operations

function read(source: ProfileSource): Promise<Profile> {
  const onRead = (doneBytes: number, totalBytes: number) => {
    const progress: ReadingProgress = { doneBytes, totalBytes }
    reportProgress(progress)
  }
  return typeof source === 'string' ? readProfile(source, { onRead }) : readProfileBytes(source)
}

function viewsOf(query: GraphQuery): { view: View; base: View | undefined } {
  const { profile, base } = sidesOf(query.normalize)
  const options = optionsOf(query)
  return { view: viewOf(profile, options), base: base && viewOf(base, options) }
}

function sidesOf(normalize: boolean): Sides {
  if (asRead === undefined || plain === undefined) throw new Error('a graph was asked for before a profile was opened')
  if (!normalize || asRead.base === undefined) return plain
  normalized ??= alignSides(asRead.profile, asRead.base, { normalize })
  return normalized
}

/** What the filters leave of the profile, or of the difference of both, with all its sample types. */
function filteredOf(query: GraphQuery): Profile {
  const { profile, base } = sidesOf(query.normalize)
  const shown = base === undefined ? profile : subtract(profile, base, { markBase: false }).difference
  return selectedProfile(shown, optionsOf(query))
}

function optionsOf({ sampleIndex, filters }: GraphQuery): ViewOptions {
  const given = (filter: FilterName) => (filters[filter] === '' ? undefined : filters[filter])
  return {
    sample_index: sampleIndex,
    focus: given('focus'),
    ignore: given('ignore'),
    hide: given('hide'),
    show: given('show'),
    tag_focus: given('tagFocus'),
    tag_ignore: given('tagIgnore'),
  }
}

function passedShare({ total, pctBase }: View): number {
  return pctBase === 0n ? 1 : Number(total) / Number(pctBase)
}

/** Filters that matched nothing on either side. */
function unmatchedIn(view: View, base: View | undefined): FilterName[] {
  const snakeCase = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const isUnmatched = (filter: FilterName) =>
    [view, ...(base === undefined ? [] : [base])].every(({ unmatched }) => unmatched.includes(snakeCase(filter)))
  return filterNames.filter(isUnmatched)
}

function encode(query: GraphQuery, format: ExportFormat, inverted: boolean): Iterable<string | Uint8Array> {
  const { view, base } = viewsOf(query)
  const drawn = (): FlameGraph => flameGraph(view, { base, inverted, minShare: SVG_MIN_SHARE })
  const title = base === undefined ? name : `${baseName} → ${name}`
  switch (format) {
    case 'svg':
      return encodeFlameSvg(drawn(), { title })
    case 'html':
      return encodeFlameHtml(drawn(), { title })
    case 'pprof':
      return encodePprof(filteredOf(query))
    case 'folded':
      return encodeFolded(view)
    case 'speedscope': {
      const { profile } = sidesOf(query.normalize)
      const views = profile.sampleTypes.map((_, index) => viewOf(profile, optionsOf({ ...query, sampleIndex: index })))
      return encodeSpeedscope(views, name, { active: view.sampleIndex })
    }
    case 'cpuprofile':
      return encodeCpuProfile(view)
  }
}

function summarize({ profile, base }: Sides, after: string, before: string | undefined): ProfileSummary {
  return {
    name: after,
    sampleTypes: profile.sampleTypes,
    defaultSampleIndex: defaultSampleIndex(profile),
    sampleCount: profile.samples.length + (base?.samples.length ?? 0),
    durationNanos: Number(profile.durationNanos),
    warnings: [...profile.warnings, ...(base?.warnings ?? [])],
    comparison: before === undefined ? null : { before, after },
    canFilter: true,
  }
}

serveThread(operations)
