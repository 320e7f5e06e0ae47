/**
 * Runs a tool for any face: checks the input, runs, checks the result against the tool's own schema. What a caller can
 * repair comes out as a `UserError`; a result that breaks its schema is a bug like any other.
 */
import { z } from 'zod'
import { UserError } from '../analyzers/shared/user-error.ts'
import { storeError } from '../services/database/open-database.ts'
import type { ToolContext } from './context.ts'
import { explainInvalidInput } from './shared/invalid-input.ts'
import type { RunOptions, Tool } from './tool.ts'

export interface ToolOutcome {
  /** Conforms to the output schema; plain JSON. */
  readonly result: Record<string, unknown>
  readonly text: string
}

export async function callTool(
  context: ToolContext,
  tool: Tool,
  input: unknown,
  options: RunOptions,
): Promise<ToolOutcome> {
  const parsed = tool.input.safeParse(input)
  if (!parsed.success) throw explainInvalidInput(tool, input, parsed.error)
  if (!context.mayWrite) refuseWriting(tool, parsed.data)
  options.signal.throwIfAborted()
  let returned: Record<string, unknown>
  try {
    returned = await tool.run(context, parsed.data, options)
  } catch (error) {
    throw storeError(error)
  }
  options.signal.throwIfAborted()
  const checked = tool.output.safeParse(returned)
  if (!checked.success) {
    throw new Error(`${tool.name} returned what its schema forbids:\n${z.prettifyError(checked.error)}`)
  }
  return { result: checked.data, text: tool.text(checked.data) }
}

/** @throws UserError when the call would make a tool write that else only reads. */
function refuseWriting(tool: Tool, input: Readonly<Record<string, unknown>>): void {
  const field = tool.writesOnlyWith
  if (field === undefined || input[field] === undefined) return
  throw new UserError({
    code: 'READ_ONLY',
    message: `\`${tool.name}\` writes a file when \`${field}\` is given, and here nothing may be changed (--read-only).`,
    hint: `Leave \`${field}\` out: the content then comes in the result.`,
    details: { field },
  })
}
