/**
 * The profile view as a whole: takes messages from the extension, keeps the state, and shows it through toolbar, panes,
 * legend and pages. All decisions of the view are here; all drawing and arithmetic is elsewhere.
 */
import { formatValue } from '../../analyzers/pprof/format-value.ts'
import type { FilterName, Filters, GraphQuery, ProfileSummary, ToView, ViewTexts } from '../protocol.ts'
import { element, fill } from '../shared/dom.ts'
import type { Host } from '../shared/host.ts'
import { onThemeChange } from '../shared/theme.ts'
import { Appearance } from './appearance.ts'
import { Breadcrumbs, crumbsTo } from './breadcrumbs.ts'
import { ComparisonBar, differenceLegend } from './comparison-bar.ts'
import type { Language } from './facts.ts'
import { FilterBar, noFilters } from './filter-bar.ts'
import { FlamePane, type PaneListener } from './flame-pane.ts'
import { FrameActions } from './frame-actions.ts'
import { FunctionTable } from './function-table.ts'
import { GraphSource } from './graph-source.ts'
import type { Graphs } from './graphs.ts'
import { makeLegend } from './legend.ts'
import { emptyPage, helpDialog, noticesOf, waitingPage } from './pages.ts'
import { SandwichView } from './sandwich-view.ts'
import { type Mode, readSavedState, type SavedState } from './saved-state.ts'
import { nextMatch } from './search.ts'
import { SearchRun } from './search-run.ts'
import { shortcutOf } from './shortcuts.ts'
import { Toolbar } from './toolbar.ts'

export class ProfileApp {
  readonly #root: HTMLElement
  readonly #host: Host
  readonly #language: Language
  readonly #toolbar: Toolbar
  readonly #breadcrumbs: Breadcrumbs
  readonly #main: FlamePane
  readonly #sandwich: SandwichView
  readonly #table: FunctionTable
  readonly #appearance: Appearance
  readonly #stage = element('main', { class: 'stage' })
  readonly #notices = element('div', { class: 'warnings', hidden: true })
  readonly #legend = element('footer', { class: 'legend' })
  readonly #help: HTMLDialogElement
  readonly #filters: FilterBar
  readonly #comparison: ComparisonBar
  readonly #source: GraphSource
  readonly #actions: FrameActions
  readonly #search: SearchRun
  /** The graph on the screen; another one may have been asked for. */
  #shown: Graphs | undefined
  #state: SavedState
  #summary: ProfileSummary | null = null
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
      onFilters: () => this.#toggleFilters(),
      onExport: () => this.#export(),
      onCopy: (format) => this.#copyTable(format),
    })
    this.#search = new SearchRun(this.#toolbar, this.#language, () => this.#refreshSearch())
    this.#actions = new FrameActions(host, {
      panes: () => this.#panes(),
      readsFromLeaf: (pane) => {
        return pane === this.#sandwich.callers || (pane === this.#main && this.#state.mode === 'bottom-up')
      },
      showFunction: (name) => this.#showFunction(name),
      search: (query) => this.#searchFor(query),
      filter: (name, pattern) => this.#addFilter(name, pattern),
      reset: () => this.#reset(),
      export: () => this.#export(),
    })
    this.#source = new GraphSource(host, {
      onGraph: (graphs) => this.#showGraph(graphs),
      onFailure: (message) => this.#showFailure(message),
      onBusy: (isBusy) => this.#stage.setAttribute('aria-busy', String(isBusy)),
    })
    this.#filters = new FilterBar(texts, (filters) => this.#filter(filters))
    this.#filters.show(this.#state.filters)
    this.#comparison = new ComparisonBar(this.#language, {
      onSwap: () => this.#host.send({ type: 'swap' }),
      onNormalize: (isNormalized) => this.#ask({ isNormalized }),
    })
    this.#main = this.#makePane(texts.flameGraph, true, () => this.#state.mode === 'top-down')
    this.#sandwich = new SandwichView(
      this.#language,
      this.#makePane(fill(texts.callers, { name: '' }).trim(), false, () => false),
      this.#makePane(fill(texts.callees, { name: '' }).trim(), false, () => true),
    )
    this.#breadcrumbs = new Breadcrumbs(texts, (node) => this.#main.view.zoomTo(node))
    this.#table = new FunctionTable(this.#language, {
      onOpen: (frame) => this.#showFunction(this.#frameName(frame)),
      onSource: (frame, beside) => {
        if (this.#shown !== undefined) this.#actions.openSource(this.#shown.topDown, frame, beside)
      },
      onSort: (sorting) => this.#update({ sorting }),
      onSelect: (frame) => this.#remember({ functionName: this.#frameName(frame) }),
    })
    this.#help = helpDialog(texts)
    this.#toolbar.search.value = this.#state.query
    this.#appearance = new Appearance(this.#language)
    onThemeChange(() => this.#applyTheme())
    document.addEventListener('keydown', (event) => this.#key(event))
  }

  receive(message: ToView): void {
    switch (message.type) {
      case 'loading':
      case 'failed':
        this.#page(waitingPage(message, this.#language, this.#host))
        return
      case 'profile':
        this.#open(message.profile)
        return
      case 'graph':
      case 'graph-part':
      case 'graph-failed':
        this.#source.receive(message)
        return
      case 'frame-action':
        this.#actions.command(message.action)
        return
      case 'texts':
        return
    }
  }

  #makePane(label: string, hasMinimap: boolean, showsSelf: () => boolean): FlamePane {
    const listener: PaneListener = {
      onMove: () => this.#moved(),
      onPoint: () => undefined,
      onAction: (action, node) => this.#actions.run(action, pane, node),
      onMenu: (node) => this.#actions.openMenu(pane, node),
    }
    const pane = new FlamePane(this.#language, { label, hasMinimap, showsSelf }, listener)
    return pane
  }

  #page(content: HTMLElement): void {
    this.#root.replaceChildren(content)
  }

  #open(summary: ProfileSummary): void {
    this.#summary = summary
    this.#source.clear()
    this.#shown = undefined
    // A file that has changed is shown where the last one was.
    this.#restoring = true
    const { texts } = this.#language
    if (summary.sampleTypes.length === 0 || summary.sampleCount === 0) {
      this.#page(emptyPage(texts.noSamples, texts.noSamplesHint))
      return
    }
    if (this.#sampleIndex() >= summary.sampleTypes.length) this.#remember({ sampleIndex: -1 })
    this.#toolbar.showSampleTypes(summary.sampleTypes, this.#sampleIndex())
    this.#comparison.show(summary, this.#state.isNormalized)
    // Without somebody who filters, what was saved elsewhere must not count.
    if (!summary.canFilter) this.#remember({ filters: noFilters, isNormalized: false })
    this.#ask({})
  }

  #sampleIndex(): number {
    return this.#state.sampleIndex >= 0 ? this.#state.sampleIndex : (this.#summary?.defaultSampleIndex ?? 0)
  }

  #query(): GraphQuery {
    const { filters, isNormalized } = this.#state
    return { sampleIndex: this.#sampleIndex(), filters, normalize: isNormalized }
  }

  /** Shows the graph of the state after `changes`, as soon as it is there; until then the one before stays. */
  #ask(changes: Partial<SavedState>): void {
    this.#remember(changes)
    this.#showFilters()
    this.#source.ask(this.#query())
  }

  /** A filter may be no regular expression: what was shown stays, and the reason stands beside the filters. */
  #showFailure(message: string): void {
    if (this.#shown === undefined) this.#filter(noFilters)
    this.#remember({ showsFilters: true })
    this.#showFilters()
    this.#filters.showResult(message, [], true)
  }

  #filter(filters: Filters): void {
    this.#ask({ filters })
    this.#filters.show(filters)
  }

  #toggleFilters(): void {
    this.#remember({ showsFilters: !this.#state.showsFilters })
    this.#showFilters()
    if (this.#state.showsFilters) this.#filters.focus()
  }

  #showFilters(): void {
    const { filters, showsFilters } = this.#state
    const canFilter = this.#summary?.canFilter ?? false
    const count = Object.values(filters).filter((filter) => filter !== '').length
    this.#filters.element.hidden = !canFilter || !showsFilters
    this.#toolbar.showFilters(canFilter, showsFilters, count)
  }

  /** A filter in addition to those there are; several of one kind stand side by side. */
  #addFilter(name: FilterName, pattern: string): void {
    if (this.#summary?.canFilter !== true) return
    const before = this.#state.filters[name]
    const value = before === '' || name === 'focus' ? pattern : `${before}|${pattern}`
    this.#remember({ showsFilters: true })
    this.#filter({ ...this.#state.filters, [name]: value })
  }

  #export(): void {
    if (this.#summary?.canFilter !== true) return
    this.#host.send({ type: 'export', query: this.#query(), inverted: this.#state.mode === 'bottom-up' })
  }

  #selectSampleType(sampleIndex: number): void {
    this.#ask({ sampleIndex })
  }

  /** The graph that is wanted is there. */
  #showGraph(graphs: Graphs): void {
    this.#shown = graphs
    this.#appearance.useGraph(graphs.topDown)
    const { texts } = this.#language
    if (!this.#stage.isConnected) {
      this.#root.replaceChildren(
        this.#toolbar.element,
        this.#comparison.element,
        this.#filters.element,
        this.#notices,
        this.#breadcrumbs.element,
        this.#stage,
        this.#legend,
        this.#help,
      )
    }
    const notices = noticesOf(this.#summary?.warnings ?? [], graphs.result.leftOutBelow, this.#language)
    this.#notices.replaceChildren(...notices)
    this.#notices.hidden = notices.length === 0
    const { unit } = graphs.topDown.sampleType
    this.#toolbar.showTotal(
      formatValue(graphs.whole, unit, this.#language.locale),
      fill(texts.frames, {
        count: this.#number(graphs.topDown.nodeCount - 1),
        rows: this.#number(graphs.topDown.levelOffsets.length - 2),
      }),
    )
    if (graphs.isDifferential) this.#comparison.showTotals(graphs)
    this.#filters.showPassed(graphs.result, this.#state.filters, this.#language)
    this.#refreshSearch()
    if (this.#restoring) {
      this.#restoring = false
      this.#main.view.restore(this.#state)
    }
    this.#moved()
  }

  /** Shows the state. */
  #show(): void {
    const graphs = this.#shown
    if (graphs === undefined) return
    const { mode, isFlipped } = this.#state
    const { texts } = this.#language
    this.#toolbar.showMode(mode)
    this.#toolbar.showFlipped(isFlipped)
    this.#showLegend(graphs)
    if (graphs.isEmpty) {
      const isFiltered = Object.values(this.#state.filters).some((filter) => filter !== '')
      const page = isFiltered
        ? emptyPage(texts.nothingPassed, texts.nothingPassedHint, {
            label: texts.clearFilters,
            run: () => this.#filter(noFilters),
          })
        : emptyPage(texts.empty, fill(texts.emptyHint, { name: graphs.topDown.sampleType.type }))
      this.#stage.replaceChildren(page)
      this.#breadcrumbs.show([])
      return
    }
    const content =
      mode === 'table' ? this.#table.element : mode === 'sandwich' ? this.#sandwich.element : this.#main.element
    if (this.#stage.firstChild !== content || this.#stage.childElementCount !== 1) this.#stage.replaceChildren(content)
    const matches = this.#matches()
    const look = this.#appearance.look(matches)
    const { sorting, functionName } = this.#state
    if (mode === 'table') this.#table.show(graphs, (frame) => this.#appearance.packageOf(frame), matches, sorting)
    else if (mode === 'sandwich') this.#sandwich.show(graphs, functionName, look)
    else this.#main.show(mode === 'bottom-up' ? graphs.bottomUp : graphs.topDown, graphs.whole, isFlipped, look)
    this.#moved()
  }

  #showLegend(graphs: Graphs): void {
    const { more, less } = this.#appearance.palette
    this.#root.style.setProperty('--tw-more', more[1]?.fill ?? '')
    this.#root.style.setProperty('--tw-less', less[1]?.fill ?? '')
    if (graphs.isDifferential) {
      const { texts, locale } = this.#language
      this.#legend.replaceChildren(...differenceLegend(this.#appearance.palette, texts, locale))
      return
    }
    const entries = this.#appearance.legend(graphs, this.#state.package)
    const pick = (name: string) => this.#update({ package: this.#state.package === name ? null : name })
    this.#legend.replaceChildren(...makeLegend(entries, this.#appearance.palette, this.#language.texts, pick))
  }

  /** Frames in full colour: those the search found, else those of the chosen package; null for all. */
  #matches(): Uint8Array | null {
    if (this.#search.found !== null) return this.#search.found.frames
    return this.#state.package === null ? null : this.#appearance.framesOf(this.#state.package)
  }

  #typeQuery(query: string): void {
    this.#remember({ query })
    this.#search.wait()
  }

  #refreshSearch(): void {
    this.#search.run(this.#shown, this.#state.query)
    this.#show()
  }

  #step(step: 1 | -1): void {
    this.#refreshSearch()
    const { view } = this.#main
    const { found } = this.#search
    if (found === null || found.count === 0 || view.graph === null) return
    if (this.#state.mode === 'table' || this.#state.mode === 'sandwich') return
    view.reveal(nextMatch(view.graph, found.frames, view.focused, step))
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
    return this.#shown?.topDown.frames[frame]?.name ?? ''
  }

  #showFunction(functionName: string): void {
    if (functionName === '') return
    this.#update({ mode: 'sandwich', functionName })
    this.#sandwich.callees.view.canvas.focus()
  }

  #flip(): void {
    this.#update({ isFlipped: !this.#state.isFlipped })
  }

  #reset(): void {
    for (const pane of this.#panes()) pane.view.reset()
  }

  #panes(): FlamePane[] {
    return this.#state.mode === 'sandwich' ? [this.#sandwich.callers, this.#sandwich.callees] : [this.#main]
  }

  #searchFor(query: string): void {
    this.#toolbar.search.value = query
    this.#typeQuery(query)
  }

  #copyTable(format: 'tsv' | 'markdown'): void {
    this.#host.send({ type: 'copy', text: this.#table.copy(format) })
  }

  #number(value: number): string {
    return new Intl.NumberFormat(this.#language.locale).format(value)
  }

  #applyTheme(): void {
    const graphs = this.#shown
    this.#appearance.refresh(graphs?.topDown)
    if (graphs === undefined || !this.#stage.isConnected) return
    this.#showLegend(graphs)
    const look = this.#appearance.look(this.#matches())
    for (const pane of [this.#main, this.#sandwich.callers, this.#sandwich.callees]) pane.setLook(look)
  }

  #moved(): void {
    const { view } = this.#main
    const isGraph = this.#state.mode === 'top-down' || this.#state.mode === 'bottom-up'
    this.#toolbar.showZoomed(this.#panes().some((pane) => pane.view.isZoomed))
    this.#breadcrumbs.show(isGraph ? crumbsTo(view.graph, view.zoomed, this.#language.texts) : [])
    clearTimeout(this.#saveTimer)
    this.#saveTimer = window.setTimeout(() => this.#save(), 200)
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
    if (!this.#stage.isConnected || this.#help.open) return
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
    const shortcut = shortcutOf(event, isTyping)
    if (shortcut === null || (shortcut.kind === 'filters' && this.#summary?.canFilter !== true)) return
    event.preventDefault()
    switch (shortcut.kind) {
      case 'search':
        this.#toolbar.search.focus()
        this.#toolbar.search.select()
        return
      case 'escape':
        return this.#escape()
      case 'help':
        return this.#help.showModal()
      case 'filters':
        return this.#toggleFilters()
      case 'mode':
        return this.#setMode(shortcut.mode)
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
