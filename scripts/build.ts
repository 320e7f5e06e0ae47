/**
 * `npm run build`: bundles every process and every webview into `dist/`, with the SQLite binary of one platform and the
 * notices of what was bundled. `-- --target NAME` builds for another platform.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BuildOptions, build as bundle, type Plugin } from 'esbuild'
import { type Bundle, copies, findBundles, laterPart } from './shared/bundles.ts'
import { notices } from './shared/notices.ts'
import { dist, root } from './shared/paths.ts'
import { hostTarget, isTarget, nativeBinaries, type Target } from './shared/targets.ts'
import { main, PlainError, seconds } from './shared/terminal.ts'

/** better-sqlite3 runs from a bundle only through its entry for one platform, which requires one binary by name. */
function nativeSqlite(target: Target): Plugin {
  return {
    name: 'native-sqlite',
    setup(build) {
      build.onResolve({ filter: /^better-sqlite3$/ }, () => ({
        path: join(root, 'node_modules', 'better-sqlite3', 'lib', `${nativeBinaries[target]}.js`),
      }))
    },
  }
}

/** `import('./x-part.ts')` loads the bundle `x-part.js` when it is reached, by `require`, which the editor serves. */
const laterParts: Plugin = {
  name: 'later-parts',
  setup(build) {
    build.onResolve({ filter: laterPart }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.js`, external: true } : undefined,
    )
  },
}

/** zod can complain in fifty languages and brings all of them along, an eighth of a bundle; this is the one it uses. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js'`,
    }))
  },
}

/** Old Node must understand this text, so it is written in the language of long ago. */
export const nodeGuard = `#!/usr/bin/env node
(function () {
  var version = process.versions.node.split('.');
  if (Number(version[0]) > 22 || (Number(version[0]) === 22 && Number(version[1]) >= 14)) return;
  console.error('tracewright needs Node 22.14 or newer; this is Node ' + process.versions.node + '.');
  process.exit(2);
})();`

/** CommonJS has no `import.meta`; the sources use it to find what lies beside them. */
const importMeta = 'const __moduleUrl = require("node:url").pathToFileURL(__filename).href;'

export function options(item: Bundle, target: Target): BuildOptions {
  const shared: BuildOptions = {
    absWorkingDir: root,
    // Through a virtual module, so that a `#!` line of the entry does not stand beside the guard's.
    stdin: {
      contents: `export * from './${item.entry}'`,
      resolveDir: root,
      sourcefile: `${item.name}.entry.ts`,
      loader: 'ts',
    },
    outfile: join(dist, `${item.name}.js`),
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    target: item.target,
    metafile: true,
    logLevel: 'silent',
    legalComments: 'none',
  }
  if (item.world === 'browser') {
    return { ...shared, platform: 'browser', format: 'iife', loader: { '.ttf': 'dataurl', '.svg': 'text' } }
  }
  return {
    ...shared,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    banner: { js: item.command ? `${nodeGuard}\n${importMeta}` : importMeta },
    define: {
      'import.meta.url': '__moduleUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    loader: { '.node': 'copy' },
    assetNames: 'better_sqlite3-[name]',
    supported: { 'dynamic-import': false },
    plugins: [nativeSqlite(target), laterParts, oneLanguage],
  }
}

export interface Built {
  readonly target: Target
  readonly sizes: ReadonlyMap<string, number>
  /** Entries of the list whose module is not there. */
  readonly missing: readonly string[]
}

/** Removes what an earlier build made and this one did not. Packages stay: whoever made one wants it. */
function prune(made: ReadonlySet<string>): void {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const isOurs = made.has(path) || made.has(path.replace(/\.map$/, '')) || path.endsWith('.vsix')
    if (entry.isFile() && !isOurs) rmSync(path, { force: true })
  }
}

/** A single character beyond Latin-1 in it doubles the memory that a program's text takes as long as it runs. */
function requireNarrow(file: string): void {
  const wide = /.{0,30}[\u0100-\uffff].{0,30}/.exec(readFileSync(file, 'utf8'))
  if (wide) throw new PlainError(`A character of this text should be written as an escape: ${wide[0]}`)
}

export async function build(target: Target = hostTarget()): Promise<Built> {
  mkdirSync(join(dist, 'webviews'), { recursive: true })
  // Node would read `dist/*.js` as ES modules, for the package above says so.
  writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n')

  const bundles = findBundles()
  const missing = bundles.filter((item) => !existsSync(join(root, item.entry))).map((item) => item.entry)
  const sizes = new Map<string, number>()
  const inputs = new Set<string>()
  const failures: string[] = []
  for (const item of bundles.filter((candidate) => !missing.includes(candidate.entry))) {
    try {
      const { metafile } = await bundle(options(item, target))
      for (const input of Object.keys(metafile?.inputs ?? {})) inputs.add(input)
      for (const [path, output] of Object.entries(metafile?.outputs ?? {})) {
        if (!path.endsWith('.map')) sizes.set(path, output.bytes)
      }
      if (item.world !== 'browser') requireNarrow(join(dist, `${item.name}.js`))
      if (item.command) chmodSync(join(dist, `${item.name}.js`), 0o755)
    } catch (error) {
      failures.push(`${item.entry}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  for (const [source, copy] of Object.entries(copies)) {
    mkdirSync(dirname(join(dist, copy)), { recursive: true })
    copyFileSync(join(root, source), join(dist, copy))
    inputs.add(source)
  }
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), notices(inputs))
  const extra = ['package.json', 'THIRD-PARTY-NOTICES.txt', ...Object.values(copies)].map((file) => join(dist, file))
  prune(new Set([...[...sizes.keys()].map((path) => join(root, path)), ...extra]))
  if (failures.length > 0) throw new PlainError(`These bundles could not be built:\n\n${failures.join('\n\n')}`)
  return { target, sizes, missing }
}

if (import.meta.main) {
  await main(async () => {
    const { values } = parseArgs({ options: { target: { type: 'string', default: hostTarget() } } })
    if (!isTarget(values.target)) {
      throw new PlainError(`Unknown target ${values.target}. Known: ${Object.keys(nativeBinaries).join(', ')}`)
    }
    const started = performance.now()
    const { sizes, missing, target } = await build(values.target)
    for (const [path, bytes] of sizes) console.log(`  ${(bytes / 1024).toFixed(0).padStart(6)} kB  ${path}`)
    for (const entry of missing) console.log(`  missing: ${entry}`)
    console.log(`Built for ${target} in ${seconds(performance.now() - started)}`)
    return missing.length > 0 ? 1 : 0
  })
}
