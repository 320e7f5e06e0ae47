/**
 * From a frame to its source in the editor. Profiles carry paths of the machine that built the program, so a file that is
 * not there is looked for where the user's setting leads, then in the workspace by the longest end of its path.
 */
import { commands, l10n, Position, Range, Uri, ViewColumn, window, workspace } from 'vscode'
import { readSetting } from './settings.ts'
import { mappedPaths } from './source-map.ts'
import { storeScheme } from './store-files.ts'

export interface SourcePlace {
  readonly name: string
  readonly file: string
  /** 0 where unknown. */
  readonly line: number
  readonly beside: boolean
}

/** Enough to find the best of files with one common name. */
const MAX_CANDIDATES = 200

export async function openSource(place: SourcePlace, profile: Uri): Promise<void> {
  if (place.file === '') {
    void window.showInformationMessage(l10n.t('The profile does not say where {0} comes from.', place.name))
    return
  }
  const uri = await findSource(place.file, profile)
  if (uri === undefined) {
    const [search, map] = [l10n.t('Search in Workspace'), l10n.t('Map Folders')]
    const message = l10n.t('{0} was not found on this machine or in the workspace.', place.file)
    const chosen = await window.showInformationMessage(message, search, map)
    if (chosen === search) {
      const query = place.name.split(/[./:]/).at(-1) ?? place.name
      await commands.executeCommand('workbench.action.findInFiles', { query })
    } else if (chosen === map) {
      await commands.executeCommand('workbench.action.openSettings', 'tracewright.profiles.sourceMap')
    }
    return
  }
  const position = new Position(Math.max(0, place.line - 1), 0)
  await window.showTextDocument(uri, {
    selection: new Range(position, position),
    viewColumn: place.beside ? ViewColumn.Beside : ViewColumn.Active,
    preview: true,
  })
}

async function findSource(file: string, profile: Uri): Promise<Uri | undefined> {
  const normal = file.replaceAll('\\', '/')
  const paths = [
    ...mappedPaths(normal, readSetting('profiles.sourceMap')),
    normal.startsWith('/') || /^[a-z]:/i.test(normal) ? normal : undefined,
  ]
  for (const path of paths) {
    const uri = path === undefined ? undefined : beside(profile, path)
    if (uri !== undefined && (await exists(uri))) return uri
  }
  const parts = normal.split('/').filter((part) => part !== '')
  const name = parts.at(-1)
  if (name === undefined) return undefined
  const escaped = name.replaceAll(/[[\]{}*?]/g, '[$&]')
  const candidates = await workspace.findFiles(`**/${escaped}`, undefined, MAX_CANDIDATES)
  const shared = (uri: Uri) => commonEnd(uri.path.split('/'), parts)
  return candidates.toSorted((a, b) => shared(b) - shared(a) || a.path.length - b.path.length)[0]
}

/** A path on the machine that the profile is on; what is stored is on this one. */
function beside(profile: Uri, path: string): Uri {
  return profile.scheme === storeScheme
    ? Uri.file(path)
    : profile.with({ path: path.startsWith('/') ? path : `/${path}` })
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count++
  return count
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri)
    return true
  } catch {
    // Not there, or not readable: the workspace is asked next.
    return false
  }
}
