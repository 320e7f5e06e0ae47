/** `npm start` as a person types it: what it prints last, that the address answers, that Ctrl-C leaves nothing behind. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../scripts/shared/paths.ts'

const scratch = mkdtempSync(join(tmpdir(), 'tracewright-start-test-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Running {
  readonly child: ChildProcess
  lines(): string[]
  readonly ended: Promise<number | null>
}

/** By the old Node of the machine where there is one, as npm would. */
function npmStart(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn('npm', ['start', '--', ...args], { cwd: root, env: { ...process.env, ...env }, detached: true })
  let output = ''
  const listen = (text: Buffer) => {
    output += text.toString()
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { child, ended, lines: () => output.trimEnd().split('\n') }
}

/** What a terminal does on Ctrl-C: every process of the foreground group gets the signal. */
const pressControlC = ({ child }: Running) => process.kill(-Number(child.pid), 'SIGINT')

const processesWith = (text: string) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').includes(text)
      } catch {
        // It ended while we were looking.
        return false
      }
    })

test('npm start opens code-server on the samples and Ctrl-C ends every child', { timeout: 120_000 }, async () => {
  // Its profile lies in the temporary folder, so that folder's name is in the command line of each of its processes.
  const running = npmStart([], { TMPDIR: scratch, DISPLAY: undefined, WAYLAND_DISPLAY: undefined })
  try {
    await expect.poll(() => running.lines().at(-1), { timeout: 90_000 }).toMatch(/^Tracewright is open at http:/)
    const url = running.lines().at(-1)?.replace('Tracewright is open at ', '') ?? ''
    expect(new URL(url).searchParams.get('folder')).toBe(join(root, 'samples'))
    expect(await (await fetch(url)).text()).toContain('code-server')
    expect(processesWith(scratch)).not.toEqual([])
  } finally {
    pressControlC(running)
  }
  await running.ended
  await expect.poll(() => processesWith(scratch), { timeout: 10_000 }).toEqual([])
  expect(readdirSync(scratch).filter((name) => name.startsWith('tracewright-start-'))).toEqual([])
})

test('with a desktop editor npm start opens that, and ends it', { timeout: 90_000 }, async () => {
  const log = join(scratch, 'code.log')
  const code = join(scratch, 'code')
  writeFileSync(code, `#!/bin/sh\nprintf '%s\\n' "$@" > '${log}'\nsleep 600\n`)
  chmodSync(code, 0o755)
  const path = `${scratch}${delimiter}${process.env.PATH}`
  const env = { PATH: path, DISPLAY: ':0', TRACEWRIGHT_CACHE: scratch, VSCODE_IPC_HOOK_CLI: undefined }
  const running = npmStart([], env)
  await expect.poll(() => running.lines().at(-1), { timeout: 60_000 }).toBe('Tracewright is open in VS Code')
  await expect.poll(() => existsSync(log)).toBe(true)
  const args = readFileSync(log, 'utf8').trim().split('\n')
  expect(args).toContain(`--extensionDevelopmentPath=${root}`)
  expect(args.at(-1)).toBe(join(root, 'samples'))
  expect(processesWith(code)).toHaveLength(1)
  pressControlC(running)
  await running.ended
  await expect.poll(() => processesWith(code)).toEqual([])
})

test('npm start -- --headless writes one Markdown and one HTML file and says where', { timeout: 120_000 }, async () => {
  const began = Date.now()
  const running = npmStart(['--headless'], {})
  expect(await running.ended, running.lines().join('\n')).toBe(0)
  const written = running.lines().filter((line) => line.startsWith('Written: '))
  const files = written.map((line) => join(root, line.slice('Written: '.length)))
  expect(files.map((file) => file.split('.').at(-1)).toSorted()).toEqual(['html', 'md'])
  const [markdown = ''] = files.filter((file) => file.endsWith('.md'))
  expect(statSync(markdown).mtimeMs).toBeGreaterThan(began)
  const text = readFileSync(markdown, 'utf8')
  // The sample with mistakes is reported at its place, and each sample profile has its section.
  expect(text).toMatch(/with-mistakes\.bt:9:\d+ \| error \| syntax/)
  const profiles = readdirSync(join(root, 'samples', 'profiles'), { recursive: true, encoding: 'utf8' })
  for (const file of profiles.filter((name) => /\.(pprof|pb\.gz)$/.test(name)))
    expect(text).toContain(`## profiles/${file}`)
})
