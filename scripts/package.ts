/**
 * `npm run package`: builds and packs the extension for one platform (`-- --target NAME`, else this one), then looks into
 * the package: the files are those of `package-files.txt`, the SQLite binary is that of the target, the size is within
 * the budget.
 */
import { globSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { unzipSync } from 'fflate'
import { build } from './build.ts'
import { bin, dist, root } from './shared/paths.ts'
import { mustRun } from './shared/process.ts'
import { binaryKind, hostTarget, isTarget, nativeBinaries, type Target } from './shared/targets.ts'
import { main, PlainError } from './shared/terminal.ts'

/** Bytes; a bigger package needs a reason and a change here. */
const sizeBudget = 12 * 1024 * 1024

export interface Package {
  readonly path: string
  readonly bytes: number
  readonly files: readonly string[]
}

const version = String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)

export const packagePath = (target: Target) => join(dist, `tracewright-${target}-${version}.vsix`)

/** What a package has to hold, with `*` for the platform's name; pages of `docs/` are those of the checkout. */
export function expectedFiles(): string[] {
  const list = readFileSync(join(import.meta.dirname, 'package-files.txt'), 'utf8')
  return list
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => (line.startsWith('docs/') ? globSync(line, { cwd: root }) : [line]))
}

export async function makePackage(target: Target = hostTarget()): Promise<string> {
  const { missing } = await build(target)
  if (missing.length > 0) throw new PlainError(`Cannot package: there is no ${missing.join(', ')}.`)
  mkdirSync(dist, { recursive: true })
  const path = packagePath(target)
  // Under another name first: someone may be installing the file that is there.
  const draft = `${path}.${process.pid}.vsix`
  const vsce = ['package', '--no-dependencies', '--target', target, '--out', draft, '--allow-missing-repository']
  // Links of README.md are relative and the project has no public repository that they could be rewritten to.
  await mustRun(process.execPath, [join(bin, 'vsce'), ...vsce, '--no-rewrite-relative-links'])
  renameSync(draft, path)
  return path
}

/** @throws PlainError where the package is not what it has to be. */
export function inspectPackage(path: string, target: Target): Package {
  const content = unzipSync(readFileSync(path))
  const files = Object.keys(content)
    .filter((file) => file.startsWith('extension/'))
    .map((file) => file.slice('extension/'.length))
    .toSorted()
  const binary = `dist/better_sqlite3-${nativeBinaries[target]}.node`
  const expected = expectedFiles().map((file) => file.replace('*', nativeBinaries[target]))
  const surplus = files.filter((file) => !expected.includes(file))
  const lacking = expected.filter((file) => !files.includes(file))
  const complaints = [
    ...surplus.map((file) => `holds ${file}, which scripts/package-files.txt does not list`),
    ...lacking.map((file) => `lacks ${file}`),
  ]
  const kind = binaryKind(content[`extension/${binary}`] ?? new Uint8Array())
  if (kind !== target.replace('alpine', 'linux')) complaints.push(`${binary} is a binary for ${kind}`)
  const { size: bytes } = statSync(path)
  if (bytes > sizeBudget) complaints.push(`is ${bytes} bytes, more than the ${sizeBudget} it may be`)
  if (complaints.length > 0) throw new PlainError(`${relative(root, path)}:\n  ${complaints.join('\n  ')}`)
  return { path, bytes, files }
}

if (import.meta.main) {
  await main(async () => {
    const { values } = parseArgs({ options: { target: { type: 'string', default: hostTarget() } } })
    if (!isTarget(values.target)) {
      throw new PlainError(`Unknown target ${values.target}. Known: ${Object.keys(nativeBinaries).join(', ')}`)
    }
    const { path, bytes, files } = inspectPackage(await makePackage(values.target), values.target)
    console.log(`${relative(root, path)}: ${files.length} files, ${(bytes / 1024 / 1024).toFixed(1)} MB`)
    return 0
  })
}
