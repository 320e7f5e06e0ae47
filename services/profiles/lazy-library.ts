/**
 * A library that is opened by the first call that needs it, so that starting a process does not wait for SQLite. A failed
 * opening is tried again by the next call.
 */
import type { ProfileLibrary } from './library.ts'

export function lazyLibrary(open: () => Promise<ProfileLibrary>): ProfileLibrary {
  let opened: Promise<ProfileLibrary> | undefined
  const library = (): Promise<ProfileLibrary> => {
    if (opened === undefined) {
      const attempt = open()
      opened = attempt
      attempt.catch(() => {
        opened = undefined
      })
    }
    return opened
  }
  return {
    add: async (profiles, options) => (await library()).add(profiles, options),
    list: async (filter) => (await library()).list(filter),
    get: async (handle) => (await library()).get(handle),
    members: async (bundle) => (await library()).members(bundle),
    update: async (handle, changes) => (await library()).update(handle, changes),
    delete: async (reference) => (await library()).delete(reference),
    prune: async () => (await library()).prune(),
    revision: async () => (await library()).revision(),
    baselines: {
      load: async (key) => (await library()).baselines.load(key),
      list: async () => (await library()).baselines.list(),
      record: async (key, entry) => (await library()).baselines.record(key, entry),
      reset: async (key) => (await library()).baselines.reset(key),
    },
    close: async () => {
      const closing = opened
      opened = undefined
      if (closing !== undefined) await (await closing).close()
    },
  }
}
