/** Lines of a byte stream, decoded as UTF-8, each as soon as it is complete. */

/** Yields undefined for a line of more than `maxBytes`, which is passed over without being kept. */
export async function* lines(stream: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string | undefined> {
  let parts: Uint8Array[] = []
  let length = 0
  const take = (): string | undefined => {
    const line = length > maxBytes ? undefined : new TextDecoder().decode(Buffer.concat(parts)).replace(/\r$/, '')
    parts = []
    length = 0
    return line
  }
  const keep = (part: Uint8Array) => {
    length += part.length
    if (length <= maxBytes) parts.push(part)
    else parts = []
  }
  for await (const chunk of stream) {
    let from = 0
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, at))
      yield take()
      from = at + 1
    }
    if (from < chunk.length) keep(chunk.subarray(from))
  }
  if (length > 0) yield take()
}
