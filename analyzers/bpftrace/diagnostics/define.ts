/**
 * What a diagnostic is: one object per file, from which come its messages, its fixes, its documentation page and the
 * tests that put its examples to the real compilers. The passes only name its code and give it data.
 */
import type { Fix, Severity, Span } from '../diagnostic.ts'
import type { Vocabulary } from '../spelling/words.ts'

export interface Found<Data> {
  readonly span: Span
  readonly data: Data
  readonly source: string
  /** What else a misspelt word might have been. */
  readonly words: Vocabulary
}

export interface DiagnosticDefinition<Data> {
  /** The name of its file. */
  readonly code: string
  readonly severity: Severity
  /** `compiler` unless it is a rule of ours. */
  readonly origin?: 'compiler' | 'rule'
  /** A noun phrase: the heading of its page. */
  readonly title: string
  /** One paragraph. */
  readonly docs: string
  /** A program that has it, and one that does not. */
  readonly bad: string
  readonly good: string
  /** Where the examples are not for the newest version. */
  readonly exampleVersion?: string
  readonly exampleUnsafe?: boolean
  readonly exampleParams?: readonly string[]
  readonly tags?: readonly ('unnecessary' | 'deprecated')[]
  readonly message: (data: Data) => string
  /** Best first. */
  readonly fixes?: (found: Found<Data>) => readonly Fix[]
}

export function defineDiagnostic<Data>(definition: DiagnosticDefinition<Data>): DiagnosticDefinition<Data> {
  return definition
}
