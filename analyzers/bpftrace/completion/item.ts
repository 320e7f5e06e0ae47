/** What completion offers, in the words of the language and not of any editor. */
import type { Span } from '../diagnostic.ts'

export type CompletionKind =
  | 'probe'
  | 'event'
  | 'function'
  | 'builtin'
  | 'map'
  | 'variable'
  | 'field'
  | 'keyword'
  | 'type'
  | 'constant'
  | 'config'
  | 'macro'
  | 'value'
  | 'snippet'
  | 'file'

/** Where the long text about an item comes from, so that it is written only for the one that is looked at. */
export type Topic =
  | { readonly about: 'builtin' | 'function' | 'probe' | 'config' | 'keyword' | 'format'; readonly name: string }
  | { readonly about: 'tracepoint' | 'argument' | 'kernel-function' | 'enumerator' | 'template'; readonly name: string }

export interface CompletionItem {
  readonly label: string
  readonly kind: CompletionKind
  /** Signature or type, one line. */
  readonly detail: string
  /** What is written in place of the completion's span. */
  readonly insert: string
  /** `insert` has tab stops in the form `$1`, `${1:text}`. */
  readonly snippet?: boolean
  /** Lower comes first; equal ones by `order`, then by label. */
  readonly rank: number
  /** Place among those of one rank, from 0; without it an item comes after those that have one. */
  readonly order?: number
  /** What is matched with the written text, where that is not the label. */
  readonly filter?: string
  readonly deprecated?: boolean
  /** Typing one of these takes the item and writes the character behind it. */
  readonly chosenBy?: readonly string[]
  /** What comes next is worth asking for at once: the next part of a probe, the arguments of a call. */
  readonly next?: 'completion' | 'signature'
  readonly topic?: Topic
}

/** How an import or include names a file. */
export type FileUse = 'import' | 'include' | 'system-include'

/** What completion takes from outside the program. */
export interface CompletionSources {
  /** Offered where a program or a probe can start; see `template-items.ts`. */
  readonly templates?: readonly CompletionItem[]
  /** Files and, with a slash at the end, folders that begin so, as they would be written. */
  readonly files?: (use: FileUse, written: string) => readonly string[]
  /** The character that made the editor ask by itself: then only what it leads to is of interest. */
  readonly typed?: string
}

export interface Completion {
  /** Where the cursor stands, by its kind: `top-level`, `field`, … */
  readonly place: string
  /** What the chosen item replaces; it ends at the cursor. */
  readonly span: Span
  readonly items: readonly CompletionItem[]
  /** There are more than are listed: ask again when more has been typed. */
  readonly incomplete: boolean
}
