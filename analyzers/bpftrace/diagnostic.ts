/**
 * What the analyzers say about a program. Places are spans of UTF-16 offsets here; only the faces (command line, MCP,
 * language server) turn them into lines and columns.
 */
export interface Span {
  /** First UTF-16 offset. */
  readonly start: number
  /** Offset after the last one. */
  readonly end: number
}

export type Severity = 'error' | 'warning' | 'info' | 'hint'

export interface TextEdit {
  readonly span: Span
  readonly newText: string
}

export interface Fix {
  /** An imperative: "Replace with `args.filename`". */
  readonly title: string
  readonly edits: readonly TextEdit[]
  /** Applying it cannot change what the program means; `fixAll` and `bpftrace.fix_program` take only these. */
  readonly safe: boolean
}

export interface RelatedPlace {
  readonly span: Span
  readonly message: string
}

export interface Diagnostic {
  readonly severity: Severity
  /** The file name of its rule or message; `syntax` for every syntax error. */
  readonly code: string
  readonly message: string
  /** `compiler`: the compiler of the target version reports this too. `rule`: ours, and never an error. */
  readonly origin: 'compiler' | 'rule'
  readonly span: Span
  readonly related: readonly RelatedPlace[]
  /** Best first. */
  readonly fixes: readonly Fix[]
  readonly tags?: readonly ('unnecessary' | 'deprecated')[]
}
