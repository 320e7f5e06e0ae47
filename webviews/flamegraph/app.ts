/**
 * The profile view as a whole: takes messages from the extension, keeps the state, and shows it through toolbar, panes,
 * legend and pages. All decisions of the view are here; all drawing and arithmetic is elsewhere.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { unpackFlameGraph } from '../../analyzers/pprof/flame-pack.ts'
import { formatPercent, formatValue } from '../../analyzers/pprof/format-value.ts'
import { compileRegularExpression } from '../../analyzers/shared/regular-expression.ts'
import type { FrameAction, ProfileSummary, ToView, ViewTexts } from '../protocol.ts'
import { element, fill } from '../shared/dom.ts'
import type { Host } from '../shared/host.ts'
import { onThemeChange, readTheme } from '../shared/theme.ts'
import { Breadcrumbs } from './breadcrumbs.ts'
import type { Language } from './facts.ts'
import { FlamePane, type PaneListener } from './flame-pane.ts'
import type { Look, NodeAction } from './flame-view.ts'
import { pathTo } from './geometry.ts'
import { Graphs } from './graphs.ts'
import { type Labels, makeLabels } from './labels.ts'
import { makeLegend } from './legend.ts'
import { type Packages, rankPackages } from './packages.ts'
import { emptyPage, failedPage, helpDialog, loadingPage } from './pages.ts'
import { makePalette, PACKAGE_COLORS, type Palette } from './palette.ts'
import { type Mode, modes, readSavedState, type SavedState } from './saved-state.ts'
import { type Found, findFrames, makeQuery, nextMatch } from './search.ts'
import { columns, type FunctionRow, functionRows, toMarkdown, toTsv } from './table-rows.ts'
import { TableView } from './table-view.ts'
import { Toolbar } from './toolbar.ts'

const SEARCH_DELAY_MS = 80

export class ProfileApp {
  readonly #root: HTMLElement
  readonly #host: Host
  readonly #language: Language
  readonly #toolbar: Toolbar
  readonly #breadcrumbs: Breadcrumbs
  readonly #main: FlamePane
  readonly #callers: FlamePane
  readonly #callees: FlamePane
  readonly #sandwich: HTMLElement
  readonly #sandwichTitles: readonly [HTMLElement, HTMLElement]
  readonly #table: TableView
  readonly #stage = element('main', { class: 'stage' })
  readonly #notices = element('div', { class: 'warnings', hidden: true })
  readonly #legend = element('footer', { class: 'legend' })
  readonly #help: HTMLDialogElement
  readonly #graphs = new Map<number, Graphs>()
  #state: SavedState
  #summary: ProfileSummary | null = null
  #palette: Palette
  #font = ''
  #rowHeight = 20
  #packages: Packages = { names: [], rankOf: new Uint32Array() }
  #labels: Labels = makeLabels([], () => 0)
  #found: Found | null = null
  /** Largest magnitudes in the table: what its bars are relative to. */
  #largest = { self: 0, total: 0 }
  /** Which pane and node the context menu was opened on. */
  #menu: { pane: FlamePane; node: number } | null = null
  #searchTimer = 0
  #saveTimer = 0
  #restoring = false

  constructor(root: HTMLElement, host: Host, locale: string, texts: ViewTexts) {
    this.#root = root
    this.#host = host
    this.#language = { locale, texts }
    this.#state = readSavedState(host.readState())
    this.#toolbar = new Toolbar(texts, {
      onMode: (mode) => this.#setMode(mode),
      onSampleType: (index) => this.#selectSampleType(index),
      onQuery: (text) => this.#typeQuery(text),
      onStep: (step) => this.#step(step),
      onFlip: () => this.#flip(),
      onReset: () => this.#reset(),
      onHelp: () => this.#help.showModal(),
      onCopy: (format) => this.#copyTable(format),
    })
    this.#main = this.#makePane(texts.flameGraph, true, () => this.#state.mode === 'top-down')
    this.#callers = this.#makePane(fill(texts.callers, { name: '' }).trim(), false, () => false)
    this.#callees = this.#makePane(fill(texts.callees, { name: '' }).trim(), false, () => true)
    this.#breadcrumbs = new Breadcrumbs(texts, (node) => this.#main.view.zoomTo(node))
    this.#sandwichTitles = [element('h2', {}), element('h2', {})]
    this.#sandwich = element(
      'div',
      { class: 'sandwich' },
      this.#sandwichTitles[0],
      this.#callers.element,
      this.#sandwichTitles[1],
      this.#callees.element,
    )
    this.#table = new TableView(texts, columns, (row, column) => this.#cell(row, column), {
      onOpen: (frame) => this.#showFunction(frame),
      onSource: (frame, beside) => this.#openSource(frame, beside),
      onSort: (sorting) => this.#update({ sorting }),
      onSelect: (frame) => this.#remember({ functionName: this.#frameName(frame) }),
    })
    this.#help = helpDialog(texts)
    this.#toolbar.search.value = this.#state.query
    this.#palette = makePalette(readTheme(document.body))
    this.#readFonts()
    onThemeChange(() => this.#applyTheme())
    document.addEventListener('keydown', (event) => this.#key(event))
  }

  receive(message: ToView): void {
    const { texts, locale } = this.#language
    switch (message.type) {
      case 'loading':
        this.#page(
          loadingPage(
            message,
            texts,
            (bytes) => formatValue(bytes, 'bytes', locale),
            () => this.#host.send({ type: 'cancel' }),
          ),
        )
        return
      case 'failed':
        this.#page(
          failedPage(message.failure, texts, {
            retry: () => this.#host.send({ type: 'retry' }),
            openAsText: () => this.#host.send({ type: 'open-as-text' }),
          }),
        )
        return
      case 'profile':
        this.#open(message.profile)
        return
      case 'graph':
        this.#graphs.set(message.sampleIndex, new Graphs(unpackFlameGraph(message.packed), message.leftOutBelow))
        if (message.sampleIndex === this.#sampleIndex()) this.#showGraph()
        return
      case 'frame-action':
        this.#menuAction(message.action)
        return
      case 'texts':
        return
    }
  }

  #makePane(label: string, hasMinimap: boolean, showsSelf: () => boolean): FlamePane {
    const listener: PaneListener = {
      onMove: () => this.#moved(),
      onPoint: () => undefined,
      onAction: (action, node) => this.#act(action, pane, node),
      onMenu: (node) => {
        this.#menu = node < 0 ? null : { pane, node }
        const context = { webviewSection: node < 0 ? 'graph' : 'frame', preventDefaultContextMenuItems: true }
        pane.view.canvas.dataset.vscodeContext = JSON.stringify(context)
      },
    }
    const pane = new FlamePane(this.#language, { label, hasMinimap, showsSelf }, listener)
    return pane
  }

  #page(content: HTMLElement): void {
    this.#root.replaceChildren(content)
  }

  #open(summary: ProfileSummary): void {
    this.#summary = summary
    this.#graphs.clear()
    // A file that has changed is shown where the last one was.
    this.#restoring = true
    const { texts } = this.#language
    if (summary.sampleTypes.length === 0 || summary.sampleCount === 0) {
      this.#page(emptyPage(texts.noSamples, texts.noSamplesHint))
      return
    }
    if (this.#sampleIndex() >= summary.sampleTypes.length) this.#remember({ sampleIndex: -1 })
    this.#toolbar.showSampleTypes(summary.sampleTypes, this.#sampleIndex())
    this.#host.send({ type: 'graph-wanted', sampleIndex: this.#sampleIndex() })
  }

  #sampleIndex(): number {
    return this.#state.sampleIndex >= 0 ? this.#state.sampleIndex : (this.#summary?.defaultSampleIndex ?? 0)
  }

  #current(): Graphs | undefined {
    return this.#graphs.get(this.#sampleIndex())
  }

  #selectSampleType(sampleIndex: number): void {
    this.#remember({ sampleIndex })
    if (this.#current() === undefined) this.#host.send({ type: 'graph-wanted', sampleIndex })
    else this.#showGraph()
  }

  /** A graph of the wanted sample type is there. */
  #showGraph(): void {
    const graphs = this.#current()
    if (graphs === undefined) return
    this.#packages = rankPackages(graphs.topDown, this.#packages.names)
    const { texts } = this.#language
    this.#labels = this.#makeLabels(graphs.topDown, texts)
    if (!this.#stage.isConnected) {
      this.#root.replaceChildren(
        this.#toolbar.element,
        this.#notices,
        this.#breadcrumbs.element,
        this.#stage,
        this.#legend,
        this.#help,
      )
    }
    this.#showNotices(graphs)
    const { unit } = graphs.topDown.sampleType
    this.#toolbar.showTotal(
      formatValue(graphs.whole, unit, this.#language.locale),
      fill(texts.frames, {
        count: this.#number(graphs.topDown.nodeCount - 1),
        rows: this.#number(graphs.topDown.levelOffsets.length - 2),
      }),
    )
    this.#search()
    this.#show()
    if (this.#restoring) {
      this.#restoring = false
      this.#main.view.restore(this.#state)
    }
    this.#moved()
  }

  #makeLabels(graph: FlameGraph, texts: ViewTexts): Labels {
    const pen = document.createElement('canvas').getContext('2d')
    if (pen !== null) pen.font = this.#font
    const total = formatValue(graph.cum[0] ?? 0, graph.sampleType.unit, this.#language.locale)
    const names = graph.frames.map(({ name }, frame) => (frame === 0 ? `${texts.all} · ${total}` : name))
    return makeLabels(names, (text) => pen?.measureText(text).width ?? text.length * 7)
  }

  /** What is missing from the picture: parts of the file, or frames too small to be sent. */
  #showNotices({ leftOutBelow }: Graphs): void {
    const { texts, locale } = this.#language
    const warnings = this.#summary?.warnings ?? []
    const list = element('ul', {}, ...warnings.map((warning) => element('li', {}, warning)))
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 1 }).format(
      leftOutBelow,
    )
    this.#notices.replaceChildren(
      ...(warnings.length > 0 ? [element('strong', {}, texts.partial), list] : []),
      ...(leftOutBelow > 0 ? [element('div', {}, fill(texts.left, { percent }))] : []),
    )
    this.#notices.hidden = this.#notices.childElementCount === 0
  }

  /** Shows the state. */
  #show(): void {
    const graphs = this.#current()
    if (graphs === undefined) return
    const { mode, isFlipped } = this.#state
    const { texts } = this.#language
    this.#toolbar.showMode(mode)
    this.#toolbar.showFlipped(isFlipped)
    this.#showLegend(graphs)
    if (graphs.isEmpty) {
      this.#stage.replaceChildren(
        emptyPage(texts.empty, fill(texts.emptyHint, { name: graphs.topDown.sampleType.type })),
      )
      this.#breadcrumbs.show([])
      return
    }
    const content = mode === 'table' ? this.#table.element : mode === 'sandwich' ? this.#sandwich : this.#main.element
    if (this.#stage.firstChild !== content || this.#stage.childElementCount !== 1) this.#stage.replaceChildren(content)
    const look = this.#look()
    if (mode === 'table') this.#showTable(graphs)
    else if (mode === 'sandwich') this.#showSandwich(graphs, look)
    else this.#main.show(mode === 'bottom-up' ? graphs.bottomUp : graphs.topDown, graphs.whole, isFlipped, look)
    this.#moved()
  }

  #showTable(graphs: Graphs): void {
    const matches = this.#matches()
    const names = (frame: number) => this.#packages.names[this.#packages.rankOf[frame] ?? 0] ?? ''
    const rows = functionRows(graphs.topDown.frames, names, graphs.totals, matches)
    const largest = (pick: (row: FunctionRow) => number) =>
      rows.reduce((max, row) => Math.max(max, Math.abs(pick(row))), 0)
    this.#largest = { self: largest(({ self }) => self), total: largest(({ total }) => total) }
    this.#table.show(rows, this.#state.sorting)
  }

  #showSandwich(graphs: Graphs, look: Look): void {
    const frame = graphs.frameNamed(this.#state.functionName)
    const { callers, callees } = graphs.sandwich(frame)
    const name = graphs.topDown.frames[frame]?.name ?? ''
    const { texts } = this.#language
    this.#sandwichTitles[0].textContent = fill(texts.callers, { name })
    this.#sandwichTitles[1].textContent = fill(texts.callees, { name })
    this.#callers.show(callers, graphs.whole, true, look)
    this.#callees.show(callees, graphs.whole, false, look)
  }

  #showLegend(graphs: Graphs): void {
    const self = new Map<number, number>()
    graphs.totals.flat.forEach((value, frame) => {
      const rank = this.#packages.rankOf[frame] ?? 0
      if (frame > 0) self.set(rank, (self.get(rank) ?? 0) + value)
    })
    const entries = this.#packages.names.slice(0, PACKAGE_COLORS).map((name, rank) => ({
      name: name === '' ? this.#language.texts.otherPackages : name,
      color: this.#colorOfRank(rank),
      share: formatPercent(self.get(rank) ?? 0, graphs.whole, this.#language.locale),
      isOnly: this.#state.package === name,
    }))
    const pick = (label: string) => {
      const name = this.#packages.names.find(
        (each) => (each === '' ? this.#language.texts.otherPackages : each) === label,
      )
      this.#update({ package: this.#state.package === name ? null : (name ?? null) })
    }
    this.#legend.replaceChildren(...makeLegend(entries, this.#palette, this.#language.texts, pick))
  }

  #colorOfRank(rank: number): number {
    return Math.min(rank, PACKAGE_COLORS)
  }

  #look(): Look {
    const colorOf = Uint8Array.from(this.#packages.rankOf, (rank) => this.#colorOfRank(rank))
    return {
      palette: this.#palette,
      labels: this.#labels,
      colorOf,
      matches: this.#matches(),
      font: this.#font,
      rowHeight: this.#rowHeight,
    }
  }

  /** Frames in full colour: those the search found, else those of the chosen package; null for all. */
  #matches(): Uint8Array | null {
    if (this.#found !== null) return this.#found.frames
    const only = this.#state.package
    if (only === null) return null
    const rank = this.#packages.names.indexOf(only)
    return rank < 0
      ? null
      : Uint8Array.from(this.#packages.rankOf, (each, frame) => (each === rank && frame > 0 ? 1 : 0))
  }

  #typeQuery(query: string): void {
    this.#remember({ query })
    clearTimeout(this.#searchTimer)
    this.#searchTimer = window.setTimeout(() => this.#refreshSearch(), SEARCH_DELAY_MS)
  }

  #refreshSearch(): void {
    this.#search()
    this.#show()
  }

  #search(): void {
    const graphs = this.#current()
    const { query } = this.#state
    const { texts, locale } = this.#language
    if (graphs === undefined || query === '') {
      this.#found = null
      this.#toolbar.showFound('', '', false)
      return
    }
    const { test, isLiteral } = makeQuery(query, (pattern) => {
      const compiled = compileRegularExpression(pattern)
      return (text) => compiled.test(text)
    })
    this.#found = findFrames(graphs.topDown, { test, isLiteral })
    const count = this.#number(this.#found.count)
    const percent = formatPercent(this.#found.value, graphs.whole, locale)
    const all = this.#number(graphs.topDown.nodeCount - 1)
    const found = this.#found.count === 0 ? texts.noMatch : fill(texts.matches, { count, percent, all })
    const short = this.#found.count === 0 ? texts.noMatch : fill(texts.matchesShort, { count, percent })
    this.#toolbar.showFound(short, isLiteral ? `${found}. ${texts.literalMatch}` : found, isLiteral)
  }

  #step(step: 1 | -1): void {
    clearTimeout(this.#searchTimer)
    this.#refreshSearch()
    const { view } = this.#main
    if (this.#found === null || this.#found.count === 0 || view.graph === null) return
    if (this.#state.mode === 'table' || this.#state.mode === 'sandwich') return
    view.reveal(nextMatch(view.graph, this.#found.frames, view.focused, step))
  }

  #setMode(mode: Mode): void {
    const focused = this.#focusedFrame()
    this.#update(focused > 0 && mode === 'sandwich' ? { mode, functionName: this.#frameName(focused) } : { mode })
  }

  #focusedFrame(): number {
    const { view } = this.#main
    return view.focused < 0 ? -1 : (view.graph?.frame[view.focused] ?? -1)
  }

  #frameName(frame: number): string {
    return this.#current()?.topDown.frames[frame]?.name ?? ''
  }

  #showFunction(frame: number): void {
    if (frame <= 0) return
    this.#update({ mode: 'sandwich', functionName: this.#frameName(frame) })
    this.#callees.view.canvas.focus()
  }

  #flip(): void {
    this.#update({ isFlipped: !this.#state.isFlipped })
  }

  #reset(): void {
    for (const pane of this.#panes()) pane.view.reset()
  }

  #panes(): FlamePane[] {
    return this.#state.mode === 'sandwich' ? [this.#callers, this.#callees] : [this.#main]
  }

  #menuAction(action: FrameAction): void {
    if (action === 'reset') {
      this.#reset()
      return
    }
    const [pane] = this.#panes()
    const target = this.#menu ?? (pane === undefined ? null : { pane, node: pane.view.focused })
    if (target === null || target.node < 0) return
    if (action === 'zoom') target.pane.view.zoomTo(target.node)
    else if (action === 'search-name') this.#searchFor(target.pane, target.node)
    else this.#act(action, target.pane, target.node)
  }

  #searchFor(pane: FlamePane, node: number): void {
    const graph = pane.view.graph
    const name = graph?.frames[graph.frame[node] ?? 0]?.name ?? ''
    const query = `^${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`
    this.#toolbar.search.value = query
    this.#typeQuery(query)
  }

  #act(action: NodeAction, pane: FlamePane, node: number): void {
    const graph = pane.view.graph
    if (graph === null) return
    const frame = graph.frame[node] ?? 0
    switch (action) {
      case 'open-source':
      case 'open-beside':
        this.#openSource(frame, action === 'open-beside')
        return
      case 'show-callers':
        this.#showFunction(frame)
        return
      case 'copy-name':
        this.#host.send({ type: 'copy', text: this.#frameName(frame) })
        return
      case 'copy-stack': {
        // Leaf first, one frame a line, as stacks are printed everywhere.
        const names = pathTo(graph, node).filter((each) => (graph.frame[each] ?? 0) > 0)
        const leafFirst = this.#readsFromLeaf(pane) ? names : names.reverse()
        this.#host.send({
          type: 'copy',
          text: leafFirst.map((each) => this.#frameName(graph.frame[each] ?? 0)).join('\n'),
        })
      }
    }
  }

  #readsFromLeaf(pane: FlamePane): boolean {
    return pane === this.#callers || (pane === this.#main && this.#state.mode === 'bottom-up')
  }

  #openSource(frame: number, beside: boolean): void {
    const found = this.#current()?.topDown.frames[frame]
    if (found === undefined || frame === 0) return
    this.#host.send({ type: 'open-source', name: found.name, file: found.file, line: found.line, beside })
  }

  #cell(row: FunctionRow, column: (typeof columns)[number]) {
    const whole = this.#current()?.whole ?? 0
    const unit = this.#current()?.topDown.sampleType.unit ?? ''
    const { locale } = this.#language
    const share = (value: number, largest: number) => (largest === 0 ? 0 : Math.abs(value / largest))
    switch (column) {
      case 'self':
        return { text: formatValue(row.self, unit, locale), title: this.#number(row.self) }
      case 'total':
        return { text: formatValue(row.total, unit, locale), title: this.#number(row.total) }
      case 'selfPercent':
        return { text: formatPercent(row.self, whole, locale), share: share(row.self, this.#largest.self) }
      case 'totalPercent':
        return { text: formatPercent(row.total, whole, locale), share: share(row.total, this.#largest.total) }
      case 'name':
        return { text: row.name, title: row.name }
      case 'package':
        return { text: row.package, title: row.package }
    }
  }

  #copyTable(format: 'tsv' | 'markdown'): void {
    const { texts } = this.#language
    const header = columns.map((column) => texts[column])
    const { rows } = this.#table
    const text =
      format === 'tsv'
        ? toTsv(rows, header, this.#current()?.whole ?? 0)
        : toMarkdown(rows, header, (row, column) => this.#cell(row, column).text)
    this.#host.send({ type: 'copy', text })
  }

  #number(value: number): string {
    return new Intl.NumberFormat(this.#language.locale).format(value)
  }

  #applyTheme(): void {
    this.#palette = makePalette(readTheme(document.body))
    this.#readFonts()
    const graphs = this.#current()
    if (graphs === undefined || !this.#stage.isConnected) return
    this.#labels = this.#makeLabels(graphs.topDown, this.#language.texts)
    this.#showLegend(graphs)
    for (const pane of [this.#main, this.#callers, this.#callees]) pane.setLook(this.#look())
  }

  #readFonts(): void {
    const { fontFamily, fontSize } = readTheme(document.body)
    const size = Math.max(10, fontSize - 1)
    this.#font = `${size}px ${fontFamily}`
    this.#rowHeight = Math.round(size * 1.65)
  }

  #moved(): void {
    const { view } = this.#main
    const isGraph = this.#state.mode === 'top-down' || this.#state.mode === 'bottom-up'
    this.#toolbar.showZoomed(this.#panes().some((pane) => pane.view.isZoomed))
    const path = isGraph && view.graph !== null && view.zoomed > 0 ? pathTo(view.graph, view.zoomed) : []
    this.#breadcrumbs.show(path.map((node) => ({ node, name: this.#crumbName(view.graph, node) })))
    clearTimeout(this.#saveTimer)
    this.#saveTimer = window.setTimeout(() => this.#save(), 200)
  }

  #crumbName(graph: FlameGraph | null, node: number): string {
    const frame = graph?.frame[node] ?? 0
    return frame === 0 ? this.#language.texts.all : (graph?.frames[frame]?.name ?? '')
  }

  #save(): void {
    if (this.#restoring) return
    const { viewport, focused, zoomed } = this.#main.view
    const isGraph = this.#state.mode === 'top-down' || this.#state.mode === 'bottom-up'
    this.#state = isGraph ? { ...this.#state, viewport, focused, zoomed } : this.#state
    this.#host.writeState(this.#state)
  }

  #remember(changes: Partial<SavedState>): void {
    this.#state = { ...this.#state, ...changes }
    this.#save()
  }

  #update(changes: Partial<SavedState>): void {
    this.#remember(changes)
    this.#show()
  }

  #key(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
    const isFind = (event.ctrlKey || event.metaKey) && event.key === 'f'
    if (!this.#stage.isConnected || this.#help.open) return
    if (isFind || (event.key === '/' && !isTyping)) {
      event.preventDefault()
      this.#toolbar.search.focus()
      this.#toolbar.search.select()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      this.#escape()
    } else if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const mode = modes[Number(event.key) - 1]
      if (mode !== undefined) this.#setMode(mode)
      else if (event.key === '?') this.#help.showModal()
    }
  }

  /** One step back at a time: tooltip, search, package, zoom, focus. */
  #escape(): void {
    const panes = this.#panes()
    if (panes.map((pane) => pane.hideTooltip()).includes(true)) return
    if (this.#state.query !== '') {
      this.#toolbar.search.value = ''
      this.#remember({ query: '' })
      this.#refreshSearch()
      this.#main.view.canvas.focus()
    } else if (this.#state.package !== null) this.#update({ package: null })
    else if (panes.some((pane) => pane.view.isZoomed)) this.#reset()
    else for (const pane of panes) pane.view.clearFocus()
  }
}
