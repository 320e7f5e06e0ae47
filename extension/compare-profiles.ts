/**
 * The two ways to a comparison: one profile and the question with which other, or two that are selected. What both ask is
 * which was first; where nothing else says so, the older one.
 */
import {
  commands,
  type ExtensionContext,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  type Tab,
  Uri,
  window,
  workspace,
} from 'vscode'
import { comparisonOf, nameOf, uriOfComparison } from './comparison.ts'
import { ageOf, profilePattern, uriOfNode } from './explorer-tree.ts'
import { guarded } from './guarded.ts'
import { profileViewType } from './profile-editor.ts'
import { storeOf } from './store.ts'
import { handleOfUri, storeScheme, uriOfRecord } from './store-files.ts'

interface ProfileItem extends QuickPickItem {
  readonly uri?: Uri
}

const MAX_OFFERED = 300
const lastChoice = 'tracewright.compare.last'

export function registerComparison(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('tracewright.compareProfile', (target?: unknown, selected?: unknown) =>
      guarded(() => compareOne(context, target, selected)),
    ),
    commands.registerCommand('tracewright.compareSelected', (target?: unknown, selected?: unknown) =>
      guarded(() => compareSelected(context, target, selected)),
    ),
  )
}

export async function openComparison(before: Uri, after: Uri): Promise<void> {
  await commands.executeCommand('vscode.openWith', uriOfComparison({ before, after }), profileViewType)
}

/** `target` comes from a menu; `before` from a key binding, else the user picks it. */
async function compareOne(context: ExtensionContext, target: unknown, before: unknown): Promise<void> {
  const after =
    uriOf(target) ?? uriOfTab(window.tabGroups.activeTabGroup.activeTab) ?? (await browse(l10n.t('Compare')))
  if (after === undefined) return
  const earlier = before instanceof Uri ? before : await pickBefore(context, comparisonOf(after)?.after ?? after)
  if (earlier !== undefined) await openComparison(earlier, comparisonOf(after)?.after ?? after)
}

async function compareSelected(context: ExtensionContext, target: unknown, selected: unknown): Promise<void> {
  const all = Array.isArray(selected) ? selected : [target]
  const [first, second, third] = all.map(uriOf).filter((uri) => uri !== undefined)
  if (first === undefined || second === undefined || third !== undefined) {
    throw new Error(l10n.t('Select exactly two profiles to compare.'))
  }
  const [firstTime, secondTime] = await Promise.all([timeOf(context, first), timeOf(context, second)])
  await (firstTime <= secondTime ? openComparison(first, second) : openComparison(second, first))
}

/** A URI, or a row of the Tracewright view. */
function uriOf(target: unknown): Uri | undefined {
  if (target instanceof Uri) return target
  if (typeof target !== 'object' || target === null || !('kind' in target)) return undefined
  return uriOfNode(target)
}

function uriOfTab(tab: Tab | undefined): Uri | undefined {
  const input: unknown = tab?.input
  if (typeof input !== 'object' || input === null || !('uri' in input)) return undefined
  return input.uri instanceof Uri ? input.uri : undefined
}

async function timeOf(context: ExtensionContext, uri: Uri): Promise<number> {
  if (uri.scheme === storeScheme) {
    const { takenAt, importedAt } = await storeOf(context).get(handleOfUri(uri))
    return Date.parse(takenAt ?? importedAt)
  }
  return (await workspace.fs.stat(uri)).mtime
}

async function pickBefore(context: ExtensionContext, after: Uri): Promise<Uri | undefined> {
  const items = await offered(context, after)
  const other: ProfileItem = { label: l10n.t('$(folder-opened) Other File…') }
  const chosen = await window.showQuickPick<ProfileItem>([...items, other], {
    title: l10n.t('Compare {0}', nameOf(after)),
    placeHolder: l10n.t('The profile from before, which changes are counted from'),
    matchOnDescription: true,
  })
  if (chosen === undefined) return undefined
  const uri = chosen.uri ?? (await browse(l10n.t('Compare')))
  if (uri !== undefined) await context.workspaceState.update(lastChoice, uri.toString())
  return uri
}

/** Profiles of the workspace and of the store, the one that was taken last first. */
async function offered(context: ExtensionContext, after: Uri): Promise<readonly ProfileItem[]> {
  const [files, records] = await Promise.all([
    workspace.findFiles(profilePattern, '**/node_modules/**', MAX_OFFERED),
    // Without the store there are still the files.
    storeOf(context)
      .list()
      .catch(() => []),
  ])
  const ofWorkspace = files.map((uri): ProfileItem => {
    const folder = workspace.asRelativePath(uri).split('/').slice(0, -1).join('/')
    return { label: nameOf(uri), description: folder, uri }
  })
  const ofStore = records.slice(0, MAX_OFFERED).map((record): ProfileItem => {
    const facts = [record.service ?? '', record.type, ageOf(record)]
    return { label: record.name, description: facts.filter(Boolean).join(' · '), uri: uriOfRecord(record) }
  })
  const last = context.workspaceState.get<string>(lastChoice)
  const isOther = ({ uri }: ProfileItem) => uri?.toString() !== after.toString()
  const byLast = (a: ProfileItem, b: ProfileItem) =>
    Number(b.uri?.toString() === last) - Number(a.uri?.toString() === last) ||
    (a.description ?? '').localeCompare(b.description ?? '') ||
    a.label.localeCompare(b.label)
  const separator = (label: string): ProfileItem => ({ label, kind: QuickPickItemKind.Separator })
  const group = (label: string, items: readonly ProfileItem[]) =>
    items.length === 0 ? [] : [separator(label), ...items.filter(isOther).toSorted(byLast)]
  return [...group(l10n.t('Workspace'), ofWorkspace), ...group(l10n.t('Store'), ofStore)]
}

async function browse(openLabel: string): Promise<Uri | undefined> {
  return (await window.showOpenDialog({ openLabel }))?.[0]
}
