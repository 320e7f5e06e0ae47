import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lines } from './lines.ts'

async function* chunked(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collect(text: string, size: number, limit = 1000): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = []
  for await (const line of lines(chunked(new TextEncoder().encode(text), size), limit)) found.push(line)
  return found
}

test('lines do not depend on how the bytes arrive', async () => {
  const text = fc.array(fc.constantFrom('a', 'ü', '𝒳', '\n', ' ')).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (whole, size) => {
      const expected = whole.split('\n')
      if (expected.at(-1) === '') expected.pop()
      expect(await collect(whole, size)).toEqual(expected)
    }),
  )
})

test('a carriage return before the line end is not part of the line', async () => {
  expect(await collect('a\r\nb\rc\r\n', 2)).toEqual(['a', 'b\rc'])
})

test('a line beyond the limit is passed over, the next one is read', async () => {
  expect(await collect(`${'x'.repeat(50)}\nok\n${'y'.repeat(11)}`, 3, 10)).toEqual([undefined, 'ok', undefined])
})
