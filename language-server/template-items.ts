/**
 * The templates as completion items for each target, written one by one while the server has nothing else to do: all of
 * them at once would take longer than anyone waits for a list.
 */
import type { CompletionItem } from '../analyzers/bpftrace/completion/item.ts'
import { templateItem } from '../analyzers/bpftrace/completion/template-items.ts'
import { templates } from '../analyzers/bpftrace/templates/templates.generated.ts'
import type { Target } from './target.ts'

/** Between two templates the server answers whatever has come in. */
const pauseMs = 15

export class TemplateItems {
  readonly #items = new WeakMap<Target, CompletionItem[]>()
  readonly #complete = new WeakSet<Target>()
  #timer: NodeJS.Timeout | undefined

  /** Those that are ready; the first call for a target starts the work. */
  of(target: Target): readonly CompletionItem[] {
    const known = this.#items.get(target)
    if (known) return known
    const items: CompletionItem[] = []
    this.#items.set(target, items)
    this.#fill(target, items, 0)
    return items
  }

  /** Whether `of` will give no more than it does now. */
  isComplete(target: Target): boolean {
    return this.#complete.has(target)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #fill(target: Target, items: CompletionItem[], next: number): void {
    const template = templates[next]
    if (!template) {
      this.#complete.add(target)
      return
    }
    this.#timer = setTimeout(() => {
      const item = templateItem(template, { bpftrace: target.version, kernel: target.kernel })
      if (item) items.push(item)
      this.#fill(target, items, next + 1)
    }, pauseMs)
    // A server that is told to end does not stay for this.
    this.#timer.unref()
  }
}
