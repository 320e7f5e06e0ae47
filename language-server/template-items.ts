/**
 * The templates as completion items for each target, written while the server has nothing else to do: all of them at
 * once would take longer than anyone waits for a list. They come twice: soon as plain programs, and once somebody has
 * asked for them with their values as tab stops.
 */
import type { CompletionItem } from '../analyzers/bpftrace/completion/item.ts'
import { type Refinement, refinedItem, templateItem } from '../analyzers/bpftrace/completion/template-items.ts'
import type { Template } from '../analyzers/bpftrace/templates/template.ts'
import { templates } from '../analyzers/bpftrace/templates/templates.generated.ts'
import type { Target } from './target.ts'

/** Between two stretches of work the server answers whatever has come in. */
const pauseMs = 15
/** A stretch ends with the rendering in which this has passed. */
const stretchMs = 8

interface Entry {
  readonly template: Template
  item: CompletionItem
  isRefined: boolean
}

interface Offered {
  readonly entries: Entry[]
  /** What has been written of a name: those come first. */
  written: string
  state: 'writing' | 'written' | 'refining' | 'refined'
}

export class TemplateItems {
  readonly #offered = new WeakMap<Target, Offered>()
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  /** Those that are ready; the first call for a target starts the work. */
  of(target: Target): readonly CompletionItem[] {
    return this.#of(target).entries.map(({ item }) => item)
  }

  /** Somebody looks at them: from now on they are worth their tab stops. */
  want(target: Target, written: string): void {
    const offered = this.#of(target)
    offered.written = written
    if (offered.state === 'written') this.#refine(offered, target)
  }

  /** Whether `of` will give no more than it does now. */
  isComplete(target: Target): boolean {
    return this.#offered.get(target)?.state === 'refined'
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #of(target: Target): Offered {
    const known = this.#offered.get(target)
    if (known) return known
    const offered: Offered = { entries: [], written: '', state: 'writing' }
    this.#offered.set(target, offered)
    this.#run(this.#write(offered, target))
    return offered
  }

  *#write(offered: Offered, { version, kernel }: Target): Generator<void> {
    for (const template of templates) {
      yield
      const item = templateItem(template, { bpftrace: version, kernel })
      if (item) offered.entries.push({ template, item, isRefined: false })
    }
    offered.state = 'written'
  }

  #refine(offered: Offered, { version, kernel }: Target): void {
    offered.state = 'refining'
    const all = function* (): Generator<void> {
      for (let entry = nextEntry(offered); entry; entry = nextEntry(offered)) {
        const steps: Refinement = refinedItem(entry.item, entry.template, { bpftrace: version, kernel })
        entry.item = yield* steps
        entry.isRefined = true
      }
      offered.state = 'refined'
    }
    this.#run(all())
  }

  #run(steps: Generator<void>): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      const start = performance.now()
      while (performance.now() - start < stretchMs) if (steps.next().done) return
      this.#run(steps)
    }, pauseMs)
    // A server that is told to end does not stay for this.
    this.#timer.unref()
  }
}

function nextEntry({ entries, written }: Offered): Entry | undefined {
  const rest = entries.filter(({ isRefined }) => !isRefined)
  return rest.find(({ template }) => template.name.startsWith(written)) ?? rest[0]
}
