/**
 * The kinds of tests as projects, so that each can be run alone: `vitest run --project oracle`. Unit and property tests
 * sit beside the code; `scripts/test.ts` runs all of them and fails on a skipped one.
 */
import { defineConfig } from 'vitest/config'

const rooms = '{analyzers,services,tools,mcp-server,language-server,extension,webviews,cli,scripts,syntaxes}'

const setupFiles = ['test/setup/fast-check.ts']

export default defineConfig({
  test: {
    // Two cores are what a small machine has; every worker costs the time of starting it.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${rooms}/**/*.test.ts`, 'test/{unit,mutation}/**/*.test.ts'],
          testTimeout: 30_000,
          setupFiles,
        },
      },
      { test: { name: 'oracle', include: ['test/oracle/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 } },
      { test: { name: 'protocol', include: ['test/protocol/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000, interval: 100 } },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          // One editor server and one browser serve all files, one after the other.
          globalSetup: ['test/e2e/global-setup.ts'],
          setupFiles: ['test/e2e/failure-pictures.ts'],
          fileParallelism: false,
          testTimeout: 90_000,
          // A workbench in a browser now and then loses a key or a hover on a busy machine; further tries show which it was.
          retry: 1,
          hookTimeout: 180_000,
          // A person would wait, too, before saying that something did not come.
          expect: { poll: { timeout: 30_000, interval: 200 } },
        },
      },
    ],
  },
})
