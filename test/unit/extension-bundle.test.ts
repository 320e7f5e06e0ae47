/** What the editor reads and evaluates when the extension is activated stays small; the rest comes when it is needed. */
import path from 'node:path'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { options } from '../../scripts/build.ts'
import { findBundles } from '../../scripts/shared/bundles.ts'
import { hostTarget } from '../../scripts/shared/targets.ts'

const root = path.join(import.meta.dirname, '..', '..')

describe('the bundle of activation', async () => {
  const item = findBundles().find(({ name }) => name === 'extension')
  if (item === undefined) throw new Error('the extension has no bundle')
  const { metafile } = await build({ ...options(item, hostTarget()), write: false, metafile: true })
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs: all }) => Object.entries(all))
  const shipped = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => path.relative(root, path.resolve(root, file)))

  test('holds no library', () => {
    expect(shipped.filter((file) => file.includes('node_modules'))).toEqual([])
  })

  test('holds no analyzer: those run in threads and processes', () => {
    expect(shipped.filter((file) => /^(analyzers|services|tools|language-server\/(?!protocol))/.test(file))).toEqual([])
  })

  test('stays under 150 kB', () => {
    const bytes = Object.entries(metafile.outputs).reduce(
      (sum, [file, output]) => sum + (file.endsWith('.map') ? 0 : output.bytes),
      0,
    )
    expect(bytes).toBeLessThan(150 * 1024)
  })
})
