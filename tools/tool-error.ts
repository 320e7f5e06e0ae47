/** The error object of design's `ToolError`, from whatever was thrown: every face shows this one. */
import { UserError } from '../analyzers/shared/user-error.ts'

export interface ToolError {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly retryable: boolean
  readonly details: Readonly<Record<string, unknown>>
}

/** `isBug` asks the face to log the stack: the caller gets one sentence. */
export function toToolError(error: unknown): { readonly error: ToolError; readonly isBug: boolean } {
  if (error instanceof UserError) return { error: error.toJSON(), isBug: false }
  if (error instanceof Error && error.name === 'AbortError') {
    const message = 'The call was cancelled'
    return { error: { code: 'CANCELLED', message, hint: '', retryable: true, details: {} }, isBug: false }
  }
  return {
    error: {
      code: 'INTERNAL',
      message: 'Tracewright made a mistake while it worked on this call; its log has the details',
      hint: 'Report it with the log; another input may work.',
      retryable: false,
      details: {},
    },
    isBug: true,
  }
}
