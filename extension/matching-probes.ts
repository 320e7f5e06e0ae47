/** The list behind "expands to N probes": what a probe with wildcards matches, to search in and to copy from. */
import { commands, type ExtensionContext, env, l10n, Uri, window, workspace } from 'vscode'
import {
  type MatchingProbes,
  matchingProbesRequest,
  type ProgramPlace,
  showMatchingProbesCommand,
} from '../language-server/protocol.ts'
import { languageClient } from './language-client.ts'

export function registerMatchingProbes(context: ExtensionContext): void {
  context.subscriptions.push(commands.registerCommand(showMatchingProbesCommand, showMatchingProbes))
}

/** `place` comes from the code lens; from the palette it is the cursor. */
async function showMatchingProbes(place: ProgramPlace | undefined = cursor()): Promise<void> {
  const client = await languageClient()
  if (!place || !client) return
  const found = await client.sendRequest<MatchingProbes | null>(matchingProbesRequest, place)
  if (!found || found.total === 0) {
    const name = workspace.asRelativePath(Uri.parse(place.uri))
    void window.showInformationMessage(
      l10n.t('No probe with wildcards at the cursor in {name} matches anything.', { name }),
    )
    return
  }
  const title =
    found.names.length === found.total
      ? l10n.t('{total} probes', { total: found.total })
      : l10n.t('The first {shown} of {total} probes', { shown: found.names.length, total: found.total })
  const picked = await window.showQuickPick([...found.names], {
    title,
    placeHolder: l10n.t('Press Enter to copy the name of a probe'),
  })
  if (picked) await env.clipboard.writeText(picked)
}

function cursor(): ProgramPlace | undefined {
  const editor = window.activeTextEditor
  if (editor?.document.languageId !== 'bpftrace') return undefined
  return { uri: editor.document.uri.toString(), offset: editor.document.offsetAt(editor.selection.active) }
}
