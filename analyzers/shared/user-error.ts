/**
 * The one error class for what a caller can repair. It is thrown anywhere and caught once at each face (MCP, command
 * line, editor); anything else that is thrown is a bug and is logged with its stack.
 */
export interface UserErrorFields {
  /** Stable, upper-case: `INVALID_ARGUMENT`, `NOT_FOUND`, `TOO_LARGE`, … */
  readonly code: string
  /** One sentence: what failed and why. */
  readonly message: string
  /** What to do next. */
  readonly hint?: string
  /** Whether the same call may succeed later. */
  readonly retryable?: boolean
  /** Facts for a program: the field, what was expected, what was received. */
  readonly details?: Readonly<Record<string, unknown>>
}

export class UserError extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly retryable: boolean
  readonly details: Readonly<Record<string, unknown>>

  constructor(fields: UserErrorFields, options?: ErrorOptions) {
    super(fields.message, options)
    this.name = 'UserError'
    this.code = fields.code
    this.hint = fields.hint
    this.retryable = fields.retryable ?? false
    this.details = fields.details ?? {}
  }

  /** The object every face shows: `{ code, message, hint, retryable, details }`. */
  toJSON() {
    return {
      code: this.code,
      message: this.message,
      hint: this.hint ?? '',
      retryable: this.retryable,
      details: this.details,
    }
  }
}
