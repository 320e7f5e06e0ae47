import { expect, test } from 'vitest'
import { createContext } from './create-context.ts'
import { warmUp } from './warm-up.ts'

test('asks every question without failing, in many pieces, and touches neither store nor files', async () => {
  const untouchable = () => {
    throw new Error('nothing may be touched')
  }
  const context = createContext({ home: '/nowhere' })
  const library = new Proxy(context.library, { get: untouchable })
  const paths = new Proxy(context.paths, { get: untouchable })
  let pieces = 0
  for await (const _ of warmUp({ ...context, library, paths })) pieces++
  expect(pieces).toBeGreaterThan(50)
})
