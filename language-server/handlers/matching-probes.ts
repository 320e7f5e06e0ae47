/** The probes behind a code lens, for the list that a click on it opens. */

import { ProtocolRequestType } from 'vscode-languageserver/node'
import { expandAttachPoint } from '../../analyzers/bpftrace/probe-expansion.ts'
import { itemAround } from '../../analyzers/bpftrace/program-context.ts'
import { feature } from '../feature.ts'
import { type MatchingProbes, matchingProbesRequest, type ProgramPlace } from '../protocol.ts'

/** A list longer than this is no longer read but searched, and the kernel's own tools do that better. */
const limit = 2000

const request = new ProtocolRequestType<ProgramPlace, MatchingProbes | null, never, void, void>(matchingProbesRequest)

export const matchingProbes = feature({
  request,
  handle(session, { uri, offset }): MatchingProbes | null {
    const snapshot = session.snapshot(uri)
    const probe = snapshot && itemAround(snapshot.tree, offset)
    if (!snapshot || probe?.kind !== 'Probe') return null
    const names = probe.attachPoints.flatMap((point) => expandAttachPoint(snapshot.context, point) ?? [])
    return { names: names.slice(0, limit), total: names.length }
  },
})
