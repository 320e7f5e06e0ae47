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

const machines: Readonly<Record<number, string>> = { 62: 'x64', 183: 'arm64', 34404: 'x64', 43620: 'arm64' }
const appleCpus: Readonly<Record<number, string>> = { 16777223: 'x64', 16777228: 'arm64' }

/** Reads off the header which system and processor a binary is for: `linux-x64`; `unknown` for anything else. */
export function binaryKind(bytes: Uint8Array): string {
  if (bytes.length < 64) return 'unknown'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0) === 0x7f454c46) return `linux-${machines[view.getUint16(18, true)]}`
  if (view.getUint32(0, true) === 0xfeedfacf) return `darwin-${appleCpus[view.getUint32(4, true)]}`
  if (view.getUint16(0) !== 0x4d5a) return 'unknown'
  const header = view.getUint32(0x3c, true)
  return header + 6 > bytes.length ? 'unknown' : `win32-${machines[view.getUint16(header + 4, true)]}`
}
