/** What the extension and its profile worker say to each other; each request has a number that its answers carry. */
import type { ProfileSummary } from '../webviews/protocol.ts'

export type WorkerRequest =
  | { readonly id: number; readonly type: 'open'; readonly name: string; readonly source: string | Uint8Array }
  | { readonly id: number; readonly type: 'graph'; readonly sampleIndex: number }

/** A failure as data: errors lose their class on the way between threads. */
export interface WorkerFailure {
  readonly code: string
  readonly message: string
  readonly hint: string
  /** Set for bugs only. */
  readonly stack: string
}

export type WorkerAnswer =
  | { readonly id: number; readonly type: 'opened'; readonly summary: ProfileSummary }
  | { readonly id: number; readonly type: 'graph'; readonly packed: ArrayBuffer }
  | { readonly id: number; readonly type: 'failed'; readonly failure: WorkerFailure }
