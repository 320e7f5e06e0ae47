/**
 * `check --batch`: one process for thousands of programs. JSON Lines in, one line out for each, in order and at once; a
 * bad line is answered too and ends nothing.
 */
import { z } from 'zod'
import type { Target } from '../../tools/shared/judge-program.ts'
import { exitCode, type Io } from '../command.ts'
import { lines } from '../lines.ts'
import type { CheckOptions } from './options.ts'
import { judgeStandardInput } from './standard-input.ts'

const request = z.object({
  id: z.union([z.string(), z.number()]),
  program: z.string(),
  unsafe: z.boolean().optional(),
  params: z.array(z.coerce.string()).optional(),
})

/** More than any program has; a longer line is answered as a bad one, and its bytes are not kept. */
const maxLine = 32 * 1024 * 1024

export async function checkBatch(options: CheckOptions, target: Target, io: Io): Promise<number> {
  for await (const line of lines(io.stdin, maxLine)) {
    if (io.signal.aborted) return exitCode.interrupted
    if (line !== undefined && line.trim() === '') continue
    await io.out(
      `${JSON.stringify(line === undefined ? bad('The line is too long') : answer(line, options, target))}\n`,
    )
  }
  return exitCode.ok
}

function answer(line: string, options: CheckOptions, target: Target): object {
  let parsed: z.output<typeof request>
  try {
    parsed = request.parse(JSON.parse(line))
  } catch (error) {
    return bad(error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error))
  }
  try {
    const { diagnostics } = judgeStandardInput(parsed.program, target, {
      unsafe: parsed.unsafe ?? options.unsafe,
      params: parsed.params ?? options.params,
    })
    return { id: parsed.id, diagnostics }
  } catch (error) {
    // A bug of the checker over one program must not cost the answers to the others.
    return { id: parsed.id, error: messageOf(error) }
  }
}

function bad(error: string): object {
  return { id: null, error }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
