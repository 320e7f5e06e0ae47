/**
 * What apt is told about the machine's Debian: which mirror it uses, through which proxy, and how to install a package.
 * Reads both forms of the sources, one-line and deb822.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, run } from './process.ts'

export interface AptSource {
  readonly uri: string
  readonly suites: readonly string[]
  readonly components: readonly string[]
}

/** `deb [options] URI suite component…`, one a line. */
export function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const words = line
      .replace(/#.*/, '')
      .replace(/\[[^\]]*\]/, ' ')
      .trim()
      .split(/\s+/)
    const [type, uri, suite, ...components] = words
    return type === 'deb' && uri && suite ? [{ uri, suites: [suite], components }] : []
  })
}

/** Paragraphs of `Field: value`; a line that starts with a space goes on, `#` at its start is a comment. */
export function parseDeb822(text: string): AptSource[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'))
  return lines
    .join('\n')
    .split(/\n\s*\n/)
    .flatMap((paragraph) => {
      const fields = new Map<string, string[]>()
      for (const [, name = '', value = ''] of paragraph.matchAll(/^([\w-]+):((?:.*)(?:\n[ \t].*)*)/gm)) {
        fields.set(name.toLowerCase(), value.trim().split(/\s+/))
      }
      const isOff = fields.get('enabled')?.[0]?.toLowerCase() === 'no'
      if (isOff || !fields.get('types')?.includes('deb')) return []
      const [suites = [], components = []] = [fields.get('suites'), fields.get('components')]
      return (fields.get('uris') ?? []).map((uri) => ({ uri, suites, components }))
    })
}

/** The mirror that the machine's own suite comes from, or nothing where that cannot be told. */
export function chooseMirror(sources: readonly AptSource[], codename: string): string | undefined {
  const fits = sources.filter(({ suites, components }) => suites.includes(codename) && components.includes('main'))
  return fits.find(({ uri }) => /^https?:/.test(uri))?.uri
}

export function isDebian(root = '/'): boolean {
  return existsSync(join(root, 'etc', 'debian_version')) && existsSync(join(root, 'usr', 'bin', 'apt-get'))
}

export function configuredMirror(root = '/'): string | undefined {
  const read = (pattern: string) =>
    globSync(pattern, { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'))
  const oneLine = [...read('etc/apt/sources.list'), ...read('etc/apt/sources.list.d/*.list')].flatMap(parseOneLine)
  const deb822 = read('etc/apt/sources.list.d/*.sources').flatMap(parseDeb822)
  const release = read('etc/os-release').join('\n')
  const codename = /^VERSION_CODENAME="?([^"\n]+)"?$/m.exec(release)?.[1] ?? 'sid'
  return chooseMirror([...deb822, ...oneLine], codename)
}

/** The proxy that apt goes through, for programs that know only `http_proxy`. */
export async function aptProxy(): Promise<NodeJS.ProcessEnv> {
  const { code, stdout } = await run('apt-config', ['dump', 'Acquire::http::Proxy'])
  const proxy = code === 0 ? /^Acquire::http::Proxy "(https?:[^"]+)"/m.exec(stdout)?.[1] : undefined
  return proxy ? { http_proxy: proxy, https_proxy: proxy } : {}
}

export async function aptInstall(packages: readonly string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await mustRun('apt-get', ['-q', 'update'], { env })
  await mustRun('apt-get', ['-q', 'install', '-y', '--no-install-recommends', ...packages], { env })
}
