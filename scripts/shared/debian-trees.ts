/**
 * The real compilers: small Debian systems in the cache, each with the bpftrace of its suite, made by debootstrap and
 * entered with chroot. A tree is complete when its marker says so; anything else at its place is made anew.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import semver from 'semver'
import { aptProxy, configuredMirror } from './apt.ts'
import { mountKernelFiles, unmountAll } from './mounts.ts'
import { cacheFolder } from './paths.ts'
import { mustRun, run } from './process.ts'
import { PlainError, step } from './terminal.ts'

export interface Tree {
  readonly suite: string
  readonly path: string
  /** Version of its bpftrace. */
  readonly bpftrace: string
}

interface Wanted {
  /** The first of these that can be had and is new enough. */
  readonly suites: readonly string[]
  readonly atLeast: string
}

/** The oldest bpftrace that Debian still ships, the one between, and the newest. */
const wanted: readonly Wanted[] = [
  { suites: ['bookworm'], atLeast: '0.17.0' },
  { suites: ['trixie'], atLeast: '0.23.0' },
  { suites: ['sid', 'forky'], atLeast: '0.27.0' },
]

/** Raised when trees have to be made in another way; then the old ones are. */
const treeFormat = 1

const treePath = (suite: string) => join(cacheFolder(), 'debian', suite)
const markerPath = (tree: string) => join(tree, '.tracewright-tree')

/** Asks the tree itself; a tree whose unpacking was interrupted has no answer. */
async function askVersion(tree: string): Promise<string | undefined> {
  // debootstrap keeps this folder until its last step.
  if (!existsSync(join(tree, 'usr', 'bin', 'bpftrace')) || existsSync(join(tree, 'debootstrap'))) return undefined
  const { code, stdout } = await run('chroot', [tree, 'bpftrace', '--version'], { timeoutMs: 20_000 })
  return code === 0 ? semver.coerce(stdout)?.version : undefined
}

/** A tree that is there and complete. */
async function findTree(suite: string): Promise<Tree | undefined> {
  const path = treePath(suite)
  const marker = markerPath(path)
  const [format, known] = existsSync(marker) ? readFileSync(marker, 'utf8').trim().split(' ') : []
  if (format === String(treeFormat) && known && existsSync(join(path, 'usr', 'bin', 'bpftrace'))) {
    return { suite, path, bpftrace: known }
  }
  const bpftrace = await askVersion(path)
  if (!bpftrace) return undefined
  writeFileSync(marker, `${treeFormat} ${bpftrace}\n`)
  return { suite, path, bpftrace }
}

/** Removes a tree, never what is mounted into it. */
async function removeTree(path: string): Promise<void> {
  if (!existsSync(path)) return
  await unmountAll(path)
  await mustRun('rm', ['-rf', '--one-file-system', path])
}

async function makeTree(suite: string): Promise<Tree> {
  const mirror = configuredMirror()
  if (!mirror) throw new PlainError('No Debian mirror is configured for apt, so the real compilers cannot be unpacked.')
  const path = treePath(suite)
  const draft = `${path}.draft-${process.pid}`
  mkdirSync(draft, { recursive: true })
  try {
    const options = ['--variant=minbase', '--include=bpftrace', suite, draft, mirror]
    await step(`Unpacking Debian ${suite} with its bpftrace (about a minute, once)`, async () =>
      mustRun('debootstrap', options, { env: await aptProxy() }),
    )
    const bpftrace = await askVersion(draft)
    if (!bpftrace) throw new PlainError(`Debian ${suite} was unpacked, but its bpftrace does not answer.`)
    writeFileSync(markerPath(draft), `${treeFormat} ${bpftrace}\n`)
    await removeTree(path)
    renameSync(draft, path)
    return { suite, path, bpftrace }
  } catch (error) {
    await removeTree(draft)
    if (existsSync(draft)) rmdirSync(draft)
    throw error
  }
}

async function ensureTree({ suites, atLeast }: Wanted): Promise<Tree> {
  const reasons: string[] = []
  for (const suite of suites) {
    try {
      const tree = (await findTree(suite)) ?? (await makeTree(suite))
      if (semver.gte(tree.bpftrace, atLeast)) return tree
      reasons.push(`Debian ${suite} has bpftrace ${tree.bpftrace}; ${atLeast} is needed`)
    } catch (error) {
      reasons.push(`Debian ${suite}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new PlainError(`A real bpftrace ${atLeast} or newer could not be had.\n${reasons.join('\n')}`)
}

/** Every tree, oldest bpftrace first, made where it is missing, ready to be entered. */
export async function ensureTrees(): Promise<Tree[]> {
  const trees = await Promise.all(wanted.map(ensureTree))
  await mountKernelFiles('/')
  for (const tree of trees) await mountKernelFiles(tree.path)
  return trees
}
