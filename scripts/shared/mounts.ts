/** The kernel's file systems that bpftrace needs, mounted where they are missing; asking twice changes nothing. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from './process.ts'

/** Mount points below a folder, deepest first. Linux only; elsewhere there are none. */
export function mountsBelow(folder: string): string[] {
  if (!existsSync('/proc/self/mountinfo')) return []
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
  const points = lines.map((line) => (line.split(' ')[4] ?? '').replaceAll('\\040', ' '))
  return points.filter((point) => point === folder || point.startsWith(`${folder}/`)).toReversed()
}

const kernelFiles = [
  { type: 'proc', point: 'proc' },
  { type: 'sysfs', point: 'sys' },
  { type: 'tracefs', point: 'sys/kernel/tracing' },
]

/** Mounts what is missing in a tree, or with `/` on the machine itself. */
export async function mountKernelFiles(tree: string): Promise<void> {
  for (const { type, point } of kernelFiles) {
    const folder = join(tree, point)
    if (mountsBelow(folder).includes(folder)) continue
    mkdirSync(folder, { recursive: true })
    await mustRun('mount', ['-t', type, type, folder])
  }
}

export async function unmountAll(folder: string): Promise<void> {
  for (const point of mountsBelow(folder)) await mustRun('umount', [point])
}
