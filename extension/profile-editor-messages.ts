/**
 * What a profile view may send, as schemas: a view shows text from files of unknown origin, so the extension parses what
 * comes from it and trusts nothing.
 */
import { z } from 'zod'
import type { FromView } from '../webviews/protocol.ts'

const schema: z.ZodType<FromView> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('graph-wanted'), sampleIndex: z.int().min(0) }),
  z.strictObject({
    type: z.literal('open-source'),
    name: z.string(),
    file: z.string(),
    line: z.number().min(0),
    beside: z.boolean(),
  }),
  z.strictObject({ type: z.literal('copy'), text: z.string() }),
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('retry') }),
  z.strictObject({ type: z.literal('open-as-text') }),
  z.strictObject({ type: z.literal('bug'), message: z.string() }),
])

/** @throws ZodError on anything else. */
export function parseFromView(message: unknown): FromView {
  return schema.parse(message)
}
