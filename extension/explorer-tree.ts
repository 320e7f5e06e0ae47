/**
 * What the Tracewright view lists: the profiles of the workspace, each with its folder, and those of the store, by bundle. It knows
 * where they are, not what is in them.
 */
import {
  commands,
  EventEmitter,
  l10n,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
  workspace,
} from 'vscode'
import type { ProfileRecord } from '../services/profiles/library.ts'
import { log } from './log.ts'
import type { Store } from './store.ts'
import { uriOfRecord } from './store-files.ts'

export type ExplorerNode =
  | { readonly kind: 'group'; readonly group: 'workspace' | 'store'; readonly children: readonly ExplorerNode[] }
  | { readonly kind: 'file'; readonly uri: Uri }
  | { readonly kind: 'bundle'; readonly id: string; readonly records: readonly ProfileRecord[] }
  | { readonly kind: 'record'; readonly record: ProfileRecord; readonly isInBundle: boolean }
  | { readonly kind: 'problem'; readonly message: string }

/** The names that are ours by default, and Go's `.prof`. */
export const profilePattern = '**/*.{pprof,pb.gz,pprof.gz,pprof.zst,prof}'
const MAX_FILES = 1000

export class ExplorerTree implements TreeDataProvider<ExplorerNode> {
  readonly #store: Store
  /** The headings that were listed last; none where there is only the workspace. */
  #groups: readonly (ExplorerNode & { readonly kind: 'group' })[] = []
  readonly #changed = new EventEmitter<undefined>()
  readonly onDidChangeTreeData = this.#changed.event
  readonly #listed = new EventEmitter<undefined>()
  /** Everything has been listed anew. */
  readonly onDidList = this.#listed.event

  constructor(store: Store) {
    this.#store = store
  }

  refresh(): void {
    this.#changed.fire(undefined)
  }

  async getChildren(node?: ExplorerNode): Promise<readonly ExplorerNode[] & ExplorerNode[]> {
    if (node !== undefined) return childrenOf(node)
    const [files, stored] = await Promise.all([this.#workspaceFiles(), this.#stored()])
    const groups: (ExplorerNode & { readonly kind: 'group' })[] = []
    if (files.length > 0) groups.push({ kind: 'group', group: 'workspace', children: files })
    if (stored.length > 0) groups.push({ kind: 'group', group: 'store', children: stored })
    // The welcome waits for this: before, nobody knows whether there is something.
    void commands.executeCommand('setContext', 'tracewright.explorer.isEmpty', groups.length === 0)
    // The workspace alone needs no heading.
    this.#groups = stored.length > 0 ? groups : []
    // Once the view has what is returned here.
    setImmediate(() => this.#listed.fire(undefined))
    return stored.length > 0 ? groups : [...files]
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    if (node.kind === 'group') return undefined
    const group = this.#groups.find((each) => each.group === (node.kind === 'file' ? 'workspace' : 'store'))
    if (node.kind !== 'record' || !node.isInBundle) return group
    return group?.children.find((each) => each.kind === 'bundle' && each.id === node.record.bundle)
  }

  /** The row of a stored profile, or of its bundle, as it was listed last. */
  nodeOf(handle: string): ExplorerNode | undefined {
    const store = this.#groups.find(({ group }) => group === 'store')
    return store?.children.find((node) => {
      if (node.kind === 'bundle') return node.records.some((record) => record.handle === handle)
      return node.kind === 'record' && node.record.handle === handle
    })
  }

  getTreeItem(node: ExplorerNode): TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node.group)
      case 'file':
        return fileItem(node.uri)
      case 'bundle':
        return bundleItem(node.records)
      case 'record':
        return recordItem(node.record, node.isInBundle)
      case 'problem':
        return problemItem(node.message)
    }
  }

  async #workspaceFiles(): Promise<ExplorerNode[]> {
    const uris = await workspace.findFiles(profilePattern, '**/node_modules/**', MAX_FILES)
    return uris.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map((uri) => ({ kind: 'file', uri }))
  }

  async #stored(): Promise<ExplorerNode[]> {
    try {
      const records = await this.#store.list()
      const byBundle = Map.groupBy(records, ({ bundle, handle }) => bundle ?? handle)
      return [...byBundle].map(([id, members]): ExplorerNode => {
        const [only] = members
        const isSingle = members.length === 1 && only !== undefined
        return isSingle ? { kind: 'record', record: only, isInBundle: false } : { kind: 'bundle', id, records: members }
      })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      log().error(`The store cannot be read: ${message}`)
      return [{ kind: 'problem', message }]
    }
  }
}

function childrenOf(node: ExplorerNode): ExplorerNode[] {
  if (node.kind === 'group') return [...node.children]
  if (node.kind === 'bundle') return node.records.map((record) => ({ kind: 'record', record, isInBundle: true }))
  return []
}

function groupItem(group: 'workspace' | 'store'): TreeItem {
  const label = group === 'workspace' ? l10n.t('Workspace') : l10n.t('Store')
  const item = new TreeItem(label, TreeItemCollapsibleState.Expanded)
  item.id = `group/${group}`
  item.contextValue = `${group}Group`
  if (group === 'store') item.tooltip = l10n.t('Profiles that agents, the command line and you have stored')
  return item
}

/** The URI of a node that can be opened. */
export function uriOfNode(node: object): Uri | undefined {
  if (!isNode(node)) return undefined
  if (node.kind === 'file') return node.uri
  return node.kind === 'record' ? uriOfRecord(node.record) : undefined
}

/** Commands get whatever the one who calls them gives. */
function isNode(value: object): value is ExplorerNode {
  return (
    'kind' in value && (('uri' in value && value.kind === 'file') || ('record' in value && value.kind === 'record'))
  )
}

function openCommand(uri: Uri): TreeItem['command'] & object {
  return { command: 'tracewright.openProfile', title: l10n.t('Open'), arguments: [uri] }
}

function fileItem(uri: Uri): TreeItem {
  const relative = workspace.asRelativePath(uri)
  const slash = relative.lastIndexOf('/')
  const item = new TreeItem(relative.slice(slash + 1))
  item.description = relative.slice(0, Math.max(0, slash))
  item.accessibilityInformation = { label: [item.label, item.description].filter(Boolean).join(', ') }
  item.id = `file/${uri}`
  item.iconPath = new ThemeIcon('flame')
  item.tooltip = relative
  item.contextValue = 'workspaceProfile'
  item.resourceUri = uri
  item.command = openCommand(uri)
  return item
}

function bundleItem(records: readonly ProfileRecord[]): TreeItem {
  const [first] = records
  const label = first?.service ?? containerOf(first?.origin ?? '')
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed)
  item.id = `bundle/${first?.bundle}`
  item.iconPath = new ThemeIcon('package')
  item.description = [first?.env ?? '', l10n.t('{0} profiles', records.length), ageOf(first)]
    .filter(Boolean)
    .join(' · ')
  item.accessibilityInformation = { label: [label, item.description].filter(Boolean).join(', ') }
  item.tooltip = records.map(({ type }) => type).join(', ')
  item.contextValue = 'storeBundle'
  return item
}

/** The archive or folder that a profile was imported from: `/a/b.zip!c.pprof` is of `b.zip`, `/a/b/c.pprof` of `b`. */
function containerOf(origin: string): string {
  const [path = ''] = origin.split('!', 1)
  const names = path.split('/')
  return (path === origin ? names.at(-2) : names.at(-1)) ?? ''
}

function recordItem(record: ProfileRecord, isInBundle: boolean): TreeItem {
  const item = new TreeItem(isInBundle ? record.type : record.name)
  item.id = `record/${record.handle}`
  item.iconPath = new ThemeIcon(record.pinned ? 'pinned' : 'flame')
  const facts = isInBundle ? [record.name] : [record.service ?? '', record.type, ageOf(record)]
  item.description = facts.filter(Boolean).join(' · ')
  const said = record.pinned ? [...facts, l10n.t('pinned')] : facts
  item.accessibilityInformation = { label: [item.label, ...said].filter(Boolean).join(', ') }
  item.tooltip = [record.name, record.handle, record.origin, record.takenAt ?? record.importedAt].join('\n')
  item.contextValue = record.pinned ? 'storeProfilePinned' : 'storeProfile'
  item.command = openCommand(uriOfRecord(record))
  return item
}

function problemItem(message: string): TreeItem {
  const item = new TreeItem(l10n.t('The store cannot be read'))
  item.iconPath = new ThemeIcon('warning')
  item.description = message
  item.tooltip = message
  item.command = { command: 'tracewright.showOutput', title: l10n.t('Show Output') }
  return item
}

/** Making formatters takes a hundred times as long as using them, and a store may list hundreds of profiles. */
let formatters: { readonly time: Intl.DateTimeFormat; readonly day: Intl.DateTimeFormat } | undefined

/** `14:02` of today, `21 Nov 2026`: short, in the user's language. */
export function ageOf(record: ProfileRecord | undefined): string {
  const time = record?.takenAt ?? record?.importedAt
  if (time === undefined) return ''
  formatters ??= {
    time: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
    day: new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' }),
  }
  const date = new Date(time)
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday ? formatters.time.format(date) : formatters.day.format(date)
}
