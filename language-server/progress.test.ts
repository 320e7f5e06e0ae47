import { afterEach, expect, test } from 'vitest'
import { showProgress } from './progress.ts'
import { startTestClient, type TestClient } from './testing/client.ts'

let client: TestClient | undefined
afterEach(() => client?.stop())

/** Titles and ends of all progress that the client has been sent. */
async function progressOf(capabilities: object): Promise<string[]> {
  const seen: string[] = []
  client = await startTestClient({ capabilities })
  client.connection.onRequest('window/workDoneProgress/create', () => null)
  client.connection.onNotification('$/progress', ({ value }: { value: { kind: string; title?: string } }) => {
    seen.push(value.title ?? value.kind)
  })
  const work = Promise.withResolvers<void>()
  const shown = showProgress(client.session, 'Reading', work.promise)
  setTimeout(work.resolve, 1000)
  await shown
  await client.connection.sendRequest('workspace/symbol', { query: '' })
  return seen
}

test('what takes long is shown until it is over', async () => {
  expect(await progressOf({ window: { workDoneProgress: true } })).toEqual(['Reading', 'end'])
})

test('a client that cannot show progress is sent none', async () => {
  expect(await progressOf({})).toEqual([])
})
