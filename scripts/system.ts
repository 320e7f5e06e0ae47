/**
 * `node scripts/bootstrap.mjs system`: makes this machine fit for `npm test`. As root on Debian it installs what is
 * missing; elsewhere it says what that is and stops. What is big goes into the cache.
 */
import { existsSync } from 'node:fs'
import { aptInstall, isDebian } from './shared/apt.ts'
import { findChromium, findProgram } from './shared/chromium.ts'
import { installCodeServer } from './shared/code-server.ts'
import { ensureTrees, type Tree } from './shared/debian-trees.ts'
import { main, PlainError, step } from './shared/terminal.ts'

interface Need {
  /** Debian's name of the package. */
  readonly name: string
  readonly why: string
  readonly isThere: () => boolean
}

const program = (name: string, file: string, why: string): Need => {
  return { name, why, isThere: () => findProgram([file]) !== undefined }
}

const needs: readonly Need[] = [
  program('git', 'git', 'lists the files that are checked'),
  program('bpftrace', 'bpftrace', 'runs traces on this machine'),
  { name: 'chromium', why: 'drives the editor in the end-to-end tests', isThere: () => findChromium() !== undefined },
  {
    name: 'fonts-dejavu-core',
    why: 'draws text in screenshots',
    isThere: () => existsSync('/usr/share/fonts/truetype') || existsSync('/usr/share/fonts/dejavu'),
  },
  program('golang-go', 'go', 'is the peer that profiles are compared with'),
  program('debootstrap', 'debootstrap', 'unpacks the real bpftrace compilers'),
  program('neovim', 'nvim', 'is the other editor that the language server is tried in'),
  program('bpftool', 'bpftool', "prints the kernel's types to compare ours with"),
  program('linux-perf', 'perf', 'records profiles of programs that are not Go'),
  program('gcc', 'gcc', 'builds the programs that probes are put on'),
  {
    name: 'libc6-dev',
    why: 'has the headers that those programs include',
    isThere: () => existsSync('/usr/include/stdio.h'),
  },
]

/** Installs the system packages that are missing, or stops and says which. */
export async function ensurePackages(): Promise<void> {
  if (process.platform !== 'linux') {
    throw new PlainError('`npm test` asks real bpftrace compilers, so it runs on Linux only. `npm start` runs here.')
  }
  const missing = needs.filter(({ isThere }) => !isThere())
  const names = missing.map(({ name }) => name)
  const list = missing.map(({ name, why }) => `  ${name}: ${why}`).join('\n')
  const isRoot = process.getuid?.() === 0
  if (names.length > 0) {
    if (!isDebian()) throw new PlainError(`These programs are missing here (by their Debian names):\n${list}`)
    if (!isRoot) {
      throw new PlainError(
        `These packages are missing:\n${list}\nInstall them: sudo apt-get install ${names.join(' ')}`,
      )
    }
    await step(`Installing ${names.join(', ')} with apt`, () => aptInstall(names))
    const still = missing.filter(({ isThere }) => !isThere()).map(({ name }) => name)
    if (still.length > 0) throw new PlainError(`apt installed ${still.join(', ')}, yet the programs are not there.`)
  }
  if (!isRoot) {
    throw new PlainError(
      '`npm test` enters the trees of the real compilers by chroot and traces the kernel: run it as root.',
    )
  }
}

/** Everything that `npm test` needs beyond npm's packages. */
export async function ensureSystem(): Promise<Tree[]> {
  await ensurePackages()
  const [trees] = await Promise.all([ensureTrees(), installCodeServer()])
  return trees
}

if (import.meta.main) {
  await main(async () => {
    for (const { suite, bpftrace, path } of await ensureSystem())
      console.log(`bpftrace ${bpftrace} (${suite}) in ${path}`)
    return 0
  })
}
