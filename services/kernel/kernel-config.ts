/** The options a kernel was built with, from where distributions leave them. */
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const MAX_BYTES = 4 * 1024 * 1024

/** Undefined where none of the files can be read: then nothing may be concluded. */
export async function readKernelConfig(
  candidates: readonly string[],
  release: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  for (const candidate of candidates) {
    if (candidate.includes('%') && release === '') continue
    const text = await readConfigText(candidate.replaceAll('%', release))
    if (text !== undefined) return parseKernelConfig(text)
  }
  return undefined
}

async function readConfigText(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path)
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
    const text = isPacked ? await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }) : bytes
    return text.length <= MAX_BYTES ? text.toString('utf8') : undefined
  } catch {
    // Not there, not ours to read, or no such file after all: the next place may have it.
    return undefined
  }
}

/** `CONFIG_X=y` and the comments that say what is not set; undefined for a text that is no configuration. */
export function parseKernelConfig(text: string): ReadonlyMap<string, string> | undefined {
  const options = new Map<string, string>()
  for (const line of text.split('\n')) {
    const set = /^(CONFIG_\w+)=(.*)$/.exec(line)
    const unset = /^# (CONFIG_\w+) is not set$/.exec(line)?.[1]
    if (set?.[1] !== undefined) options.set(set[1], (set[2] ?? '').trim())
    else if (unset !== undefined) options.set(unset, 'n')
  }
  return options.size === 0 ? undefined : options
}
