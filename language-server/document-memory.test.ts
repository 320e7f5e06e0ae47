/**
 * What a document that is edited leaves behind. Bytes after a collection are counted, no time; the benchmark does the
 * same with 10,000 edits.
 */
import { expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { newestVersion } from '../analyzers/bpftrace/version.ts'
import { snapshotFacts } from '../services/kernel/snapshot.ts'
import { heapAfterCollection, versionOfDay } from '../test/day-of-edits.ts'
import { parseSettings, serverSettings } from './settings.ts'
import { createSnapshot, DocumentMemory } from './snapshot.ts'

const edits = 500
/** What is loaded, compiled or remembered once for all documents is there from then on. */
const warmUp = 400
/** Of 5 MB that 10,000 may leave, caches that fill up once included. */
const mostGrowth = 2 * 1024 * 1024

test('hundreds of edits of one document leave next to nothing', { timeout: 180_000 }, async () => {
  const target = { version: newestVersion, why: '', kernel: await snapshotFacts('') }
  const basis = { target, settings: parseSettings(serverSettings, undefined, () => undefined) }
  const memory = new DocumentMemory()
  const edit = (round: number) => {
    const document = TextDocument.create('file:///day.bt', 'bpftrace', round, versionOfDay(round))
    return createSnapshot(document, basis, memory).diagnostics
  }
  for (let round = 0; round < warmUp; round++) edit(round)
  const before = heapAfterCollection()
  let found = 0
  for (let round = warmUp; round < warmUp + edits; round++) found += edit(round).length
  expect(found).toBeGreaterThan(edits / 2)
  expect(heapAfterCollection() - before).toBeLessThan(mostGrowth)
})
