/**
 * A process that keeps changing the store until it is killed: `node test/store-writer.ts HOME SEED`. It prints a line for
 * each change that is done, so that a test knows what must have survived.
 */
import { openLibrary } from '../services/profiles/sqlite-library.ts'

const [, , home = '', seed = ''] = process.argv
const library = await openLibrary({ home })
for (let step = 0; ; step += 1) {
  const text = (name: string) => new TextEncoder().encode(`${name}:${'x'.repeat(10_000 + (step % 7) * 1000)}`)
  // Every process adds some of the same content, so that they meet.
  const own = { content: { bytes: text(`${seed}-${step}`) }, type: 'cpu' as const, name: `own ${step}`, origin: seed }
  const common = {
    content: { bytes: text(`common-${step % 50}`) },
    type: 'heap' as const,
    name: 'common',
    origin: seed,
  }
  const [first, second] = await library.add([own, common])
  if (first === undefined) throw new Error('two records come back')
  process.stdout.write(`added ${first.handle} ${second?.handle}\n`)
  if (step % 3 === 1) {
    await library.delete(first.handle)
    process.stdout.write(`deleted ${first.handle}\n`)
  }
  if (step % 10 === 9 && second !== undefined) {
    await library.delete(second.handle).catch((error: unknown) => {
      // Another process was faster.
      if (!(error instanceof Error && error.message.includes('not in the store'))) throw error
    })
  }
}
