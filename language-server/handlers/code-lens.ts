/**
 * Above each probe with wildcards how many probes of the kernel it stands for, and above the first one the way to run
 * the program, where the client has one.
 */
import { type CodeLens, CodeLensRequest } from 'vscode-languageserver/node'
import { expandAttachPoint } from '../../analyzers/bpftrace/probe-expansion.ts'
import type { Probe } from '../../analyzers/bpftrace/syntax/ast.ts'
import { toRange } from '../convert.ts'
import { feature } from '../feature.ts'
import { type ProgramPlace, runProgramCommand, showMatchingProbesCommand } from '../protocol.ts'
import type { Session } from '../session.ts'
import type { Snapshot } from '../snapshot.ts'

export const codeLens = feature({
  request: CodeLensRequest.type,
  capabilities: { codeLensProvider: { resolveProvider: false } },
  handle(session, { textDocument }): CodeLens[] | null {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot?.basis.settings['codeLens.enabled']) return null
    const probes = snapshot.tree.program.items.filter((item) => item.kind === 'Probe')
    return probes.flatMap((probe, index) => [
      ...(index === 0 ? runLens(session, snapshot, probe) : []),
      ...expansionLens(session, snapshot, probe),
    ])
  },
})

/** What cannot be parsed cannot be run. */
function runLens(session: Session, snapshot: Snapshot, probe: Probe): CodeLens[] {
  if (!session.clientCommands.has(runProgramCommand) || snapshot.tree.errors.length > 0) return []
  return [lens(session, snapshot, probe, 'Run', runProgramCommand)]
}

function expansionLens(session: Session, snapshot: Snapshot, probe: Probe): CodeLens[] {
  const expansions = probe.attachPoints.flatMap((point) => expandAttachPoint(snapshot.context, point) ?? [])
  const isWild = probe.attachPoints.some((point) => expandAttachPoint(snapshot.context, point))
  if (!isWild) return []
  const title = expansions.length === 1 ? 'expands to 1 probe' : `expands to ${expansions.length} probes`
  return [lens(session, snapshot, probe, title, showMatchingProbesCommand)]
}

/** Without the command the title is shown and cannot be chosen. */
function lens(session: Session, snapshot: Snapshot, probe: Probe, title: string, name: string): CodeLens {
  const place: ProgramPlace = { uri: snapshot.document.uri, offset: probe.span.start }
  const command = session.clientCommands.has(name) ? name : ''
  return { range: toRange(snapshot.document, probe.span), command: { title, command, arguments: [place] } }
}
