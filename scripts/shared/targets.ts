/** The platforms a package can be made for, by VS Code's names, and the SQLite binary that belongs to each. */

/** VS Code's target name → name of better-sqlite3's prebuilt binary. */
export const nativeBinaries = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linuxmusl-x64',
  'alpine-arm64': 'linuxmusl-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
} as const

export type Target = keyof typeof nativeBinaries

export function isTarget(name: string): name is Target {
  return Object.hasOwn(nativeBinaries, name)
}

/** The target of this very machine. */
export function hostTarget(): Target {
  // Only glibc names its version in the report; musl (Alpine) does not.
  const report = process.platform === 'linux' ? process.report.getReport() : undefined
  const isMusl = report !== undefined && !JSON.stringify(report).includes('"glibcVersionRuntime"')
  const name = `${isMusl ? 'alpine' : process.platform}-${process.arch}`
  if (!isTarget(name)) throw new Error(`Tracewright has no package for ${name}`)
  return name
}
