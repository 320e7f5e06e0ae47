import { expect, test } from 'vitest'
import { builtins, configKeys, functions, probeTypes, syntax } from './catalog/index.ts'
import { referenceNames, referenceOverview, referencePage } from './reference.ts'
import { newestVersion } from './version.ts'

const entries = [...probeTypes, ...builtins, ...functions, ...configKeys, ...syntax]

test('every entry of the catalog is on the page of its name, with its example', () => {
  for (const { name, example } of entries) {
    const page = referencePage(name, newestVersion)
    expect(page?.startsWith(`# ${name}\n`), name).toBe(true)
    if (example !== undefined) expect(page).toContain(example)
  }
  expect(referenceNames.length).toBe(new Set(entries.map(({ name }) => name)).size)
  expect(referencePage('constructor', newestVersion)).toBeUndefined()
})

test('the overview has a line for each, and fits into a conversation', () => {
  const overview = referenceOverview(newestVersion)
  expect(overview.split('\n').filter((line) => line.startsWith('- `')).length).toBe(entries.length)
  expect(overview.length).toBeLessThan(32_000)
  expect(overview).toMatch(/`while \(c\).*deprecated in 0\.25/)
})
