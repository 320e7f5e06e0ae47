/**
 * The view `tracewright.explorer` and its commands: finds profiles of workspace and store, opens them, and does what one
 * does with stored ones.
 */
import { commands, type ExtensionContext, env, l10n, ViewColumn, window, workspace } from 'vscode'
import type { ProfileRecord } from '../services/profiles/library.ts'
import { type ExplorerNode, ExplorerTree, uriOfNode } from './explorer-tree.ts'
import { guarded } from './guarded.ts'
import { importAll, importChosen } from './import-profiles.ts'
import { profileViewType } from './profile-editor.ts'
import { type Store, storeOf } from './store.ts'

/** Many files may change at once, as in a checkout; the tree is read again when it is quiet. */
const QUIET_MS = 300

export function registerExplorer(context: ExtensionContext): void {
  const store = storeOf(context)
  const tree = new ExplorerTree(store)
  const view = window.createTreeView('tracewright.explorer', {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  })
  const watcher = workspace.createFileSystemWatcher('**/*.{pprof,gz,zst,prof}', false, true, false)
  let timer: NodeJS.Timeout | undefined
  const refreshSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => tree.refresh(), QUIET_MS)
  }
  /** For the row of the menu, or for all selected rows where it is one of them. */
  const records = (run: (records: readonly ProfileRecord[]) => Promise<void>) => {
    return (node?: ExplorerNode, selected: readonly ExplorerNode[] = node === undefined ? [] : [node]) => {
      const chosen = selected.flatMap((each) => (each.kind === 'record' ? [each.record] : []))
      return chosen.length > 0 ? guarded(() => run(chosen)) : undefined
    }
  }
  const each = (run: (record: ProfileRecord) => Promise<void>) =>
    records(async (chosen) => {
      for (const record of chosen) await run(record)
    })
  /** What has just been stored is shown, for the store is listed below the workspace. */
  let wanted: string | undefined
  const reveal = () => {
    const node = wanted === undefined ? undefined : tree.nodeOf(wanted)
    if (node === undefined) return
    wanted = undefined
    void view.reveal(node, { expand: true })
  }
  const revealSoon = async ([first]: readonly string[]) => {
    wanted = first
    // A view that is hidden lists nothing by itself, and one that is being listed anew finds no row.
    if (!view.visible) await tree.getChildren()
  }
  context.subscriptions.push(
    view,
    watcher,
    watcher.onDidCreate(refreshSoon),
    watcher.onDidDelete(refreshSoon),
    workspace.onDidChangeWorkspaceFolders(refreshSoon),
    store.onDidChange(refreshSoon),
    tree.onDidList(reveal),
    view.onDidChangeVisibility(({ visible }) => store.watch(visible)),
    { dispose: () => clearTimeout(timer) },
    commands.registerCommand('tracewright.explorer.refresh', () => tree.refresh()),
    commands.registerCommand('tracewright.explorer.import', async () => revealSoon(await importChosen(store))),
    commands.registerCommand('tracewright.explorer.openToSide', openToSide),
    commands.registerCommand('tracewright.explorer.addToStore', (node?: ExplorerNode) => {
      return node?.kind === 'file' ? importAll(store, [node.uri]).then(revealSoon) : undefined
    }),
    commands.registerCommand(
      'tracewright.explorer.copyHandle',
      records((chosen) => copy(chosen.map(({ handle }) => handle).join('\n'))),
    ),
    commands.registerCommand(
      'tracewright.explorer.rename',
      each(({ handle, name }) => rename(store, handle, name)),
    ),
    commands.registerCommand(
      'tracewright.explorer.pin',
      each(({ handle }) => store.update(handle, { pinned: true })),
    ),
    commands.registerCommand(
      'tracewright.explorer.unpin',
      each(({ handle }) => store.update(handle, { pinned: false })),
    ),
    commands.registerCommand(
      'tracewright.explorer.delete',
      records((chosen) => remove(store, chosen)),
    ),
  )
  store.watch(view.visible)
}

async function openToSide(node?: ExplorerNode): Promise<void> {
  const uri = node === undefined ? undefined : uriOfNode(node)
  if (uri !== undefined) await commands.executeCommand('vscode.openWith', uri, profileViewType, ViewColumn.Beside)
}

async function copy(handle: string): Promise<void> {
  await env.clipboard.writeText(handle)
  window.setStatusBarMessage(l10n.t('Copied {0}', handle), 3000)
}

async function rename(store: Store, handle: string, value: string): Promise<void> {
  const name = await window.showInputBox({
    title: l10n.t('Rename in Store'),
    value,
    validateInput: (text) => (text.trim() === '' ? l10n.t('A name is needed.') : undefined),
  })
  if (name !== undefined) await store.update(handle, { name: name.trim() })
}

async function remove(store: Store, chosen: readonly ProfileRecord[]): Promise<void> {
  const confirm = l10n.t('Delete')
  const [only] = chosen
  const question =
    chosen.length === 1 && only !== undefined
      ? l10n.t('Delete {0} from the store?', only.name)
      : l10n.t('Delete {0} profiles from the store?', chosen.length)
  const detail = l10n.t('The file it was imported from stays.')
  if ((await window.showWarningMessage(question, { modal: true, detail }, confirm)) !== confirm) return
  for (const { handle } of chosen) await store.delete(handle)
}
