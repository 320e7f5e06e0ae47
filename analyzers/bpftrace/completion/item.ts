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

/** Where the long text about an item comes from, so that it is written only for the one that is looked at. */
export type Topic =
  | { readonly about: 'builtin' | 'function' | 'probe' | 'config' | 'keyword' | 'format'; readonly name: string }
  | { readonly about: 'tracepoint' | 'template'; readonly name: string }

export interface CompletionItem {
  readonly label: string
  readonly kind: CompletionKind
  /** Signature or type, one line. */
  readonly detail: string
  /** What is written in place of the completion's span. */
  readonly insert: string
  /** `insert` has tab stops in the form `$1`, `${1:text}`. */
  readonly snippet?: boolean
  /** Lower comes first; equal ones by label. */
  readonly rank: number
  readonly deprecated?: boolean
  /** What comes next is worth asking for at once: the next part of a probe, the arguments of a call. */
  readonly next?: 'completion' | 'signature'
  readonly topic?: Topic
}

export interface Completion {
  /** What the chosen item replaces; it ends at the cursor. */
  readonly span: Span
  readonly items: readonly CompletionItem[]
  /** There are more than are listed: ask again when more has been typed. */
  readonly incomplete: boolean
}
