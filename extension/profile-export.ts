/**
 * Writing what a profile view shows to a file: which formats there are, and the two questions, which one and where to.
 */
import { commands, l10n, type QuickPickItem, Uri, window } from 'vscode'
import type { ExportFormat } from './profile-export-formats.ts'

interface Choice extends QuickPickItem {
  readonly format: ExportFormat
  readonly suffix: string
  /** A difference of two profiles can be written so. */
  readonly showsDifference: boolean
}

const choices = (): readonly Choice[] => [
  {
    format: 'svg',
    suffix: '.svg',
    showsDifference: true,
    label: l10n.t('SVG'),
    detail: l10n.t('The flame graph as a picture'),
  },
  {
    format: 'html',
    suffix: '.html',
    showsDifference: true,
    label: l10n.t('HTML'),
    detail: l10n.t('The flame graph as one page with zoom and search, for those who have no editor at hand'),
  },
  {
    format: 'pprof',
    suffix: '.pb.gz',
    showsDifference: true,
    label: l10n.t('pprof'),
    detail: l10n.t('A profile with all its sample types, for go tool pprof and others'),
  },
  {
    format: 'folded',
    suffix: '.folded',
    showsDifference: false,
    label: l10n.t('Folded stacks'),
    detail: l10n.t('One line of text for each stack, of this sample type'),
  },
  {
    format: 'speedscope',
    suffix: '.speedscope.json',
    showsDifference: false,
    label: l10n.t('speedscope'),
    detail: l10n.t('For speedscope.app, with all sample types'),
  },
  {
    format: 'cpuprofile',
    suffix: '.cpuprofile',
    showsDifference: false,
    label: l10n.t('cpuprofile'),
    detail: l10n.t('For the tools of Chrome and Node, of this sample type'),
  },
]

let last: ExportFormat | undefined

/** Asks for both and has `write` do it; nothing happens where the user thinks better of it. */
export async function exportView(
  profile: Uri,
  name: string,
  isComparison: boolean,
  write: (format: ExportFormat, file: string) => Promise<void>,
): Promise<void> {
  const offered = choices().filter(({ showsDifference }) => showsDifference || !isComparison)
  // The one that was taken last stands first.
  const sorted = offered.toSorted((a, b) => Number(b.format === last) - Number(a.format === last))
  const title = l10n.t('Export What the View Shows')
  const choice = await window.showQuickPick(sorted, { title, placeHolder: l10n.t('Format'), matchOnDetail: true })
  if (choice === undefined) return
  const stem = name.replace(/(\.(pprof|prof|pb|gz|zst|folded|json))+$/, '')
  const folder = profile.scheme === 'file' ? Uri.joinPath(profile, '..') : undefined
  const file = `${stem}${choice.suffix}`
  const target = await window.showSaveDialog({
    title,
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, file) }),
    filters: { [choice.label]: [choice.suffix.slice(1)] },
  })
  if (target === undefined) return
  if (target.scheme !== 'file') throw new Error(l10n.t('Exports can only be written to the disk of this machine.'))
  last = choice.format
  await window.withProgress({ location: { viewId: 'tracewright.explorer' } }, () => write(choice.format, target.fsPath))
  const open = l10n.t('Open')
  const written = l10n.t('Exported to {0}', target.fsPath)
  if ((await window.showInformationMessage(written, open)) === open)
    await commands.executeCommand('vscode.open', target)
}
