import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBpftraceLocator } from './locate-bpftrace.ts'
import { prepareMeasurement } from './measure-rates.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'measure-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ROOT = 0
const input = { program: 'kprobe:f /pid == 1/ { system("x"); }', params: ['7'], seconds: 1 }
const signal = new AbortController().signal

/** A bpftrace that does as it is told here instead of tracing. */
function pretend(script: string) {
  const file = path.join(folder, 'bpftrace')
  writeFileSync(file, `#!/bin/sh\ncase "$1" in --version) echo bpftrace v0.27.1; exit;; esac\n${script}\n`)
  chmodSync(file, 0o755)
  return createBpftraceLocator({ configuredPath: file })
}

const prints = [
  '{"type": "printf", "data": "1000000000\\n"}',
  '{"type": "map", "data": {"@c": {"0": 10}}}',
  '{"type": "printf", "data": "2000000000\\n"}',
  '{"type": "map", "data": {"@c": {"0": 510}}}',
]
const printing = prints.map((line) => `printf '%s\\n' '${line}'`).join('\n')

test('runs the counting program by an argument array and reads what it counted', async () => {
  const locator = pretend(`printf '%s\\n' "$@" > ${folder}/arguments\n${printing}`)
  const measurement = await prepareMeasurement(locator, input, ROOT)
  expect(await measurement?.run({ signal })).toEqual({ rates: { 'kprobe:f': 500 }, seconds: 1 })
  const given = readFileSync(path.join(folder, 'arguments'), 'utf8')
  expect(given).toBe(`-f\njson\n-e\n${measurement?.program}\n7\n`)
  expect(given).not.toContain('system')
})

test('says why the probes were not counted', async () => {
  const measurement = await prepareMeasurement(pretend('echo "ERROR: no such probe" >&2; exit 1'), input, ROOT)
  await expect(measurement?.run({ signal })).rejects.toMatchObject({
    code: 'MEASURE_FAILED',
    details: { stderr: 'ERROR: no such probe' },
  })
})

test('ends the child, and its children, when it is cancelled', async () => {
  const measurement = await prepareMeasurement(pretend(`sleep 60 & echo $! > ${folder}/child; wait`), input, ROOT)
  const controller = new AbortController()
  const running = measurement?.run({ signal: controller.signal })
  await expect
    .poll(() => existsSync(path.join(folder, 'child')) && readFileSync(path.join(folder, 'child'), 'utf8'))
    .toMatch(/\d/)
  const child = Number(readFileSync(path.join(folder, 'child'), 'utf8'))
  controller.abort()
  await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  await expect.poll(() => isAlive(child)).toBe(false)
})

test('gives up after the time limit, also on one that does not listen', { timeout: 15_000 }, async () => {
  const measurement = await prepareMeasurement(pretend("trap '' TERM; while :; do sleep 0.1; done"), input, ROOT)
  await expect(measurement?.run({ signal, timeoutMs: 200 })).rejects.toMatchObject({ code: 'TIMEOUT' })
})

test('needs a bpftrace, and root', async () => {
  const none = createBpftraceLocator({ configuredPath: path.join(folder, 'none') })
  await expect(prepareMeasurement(none, input, ROOT)).rejects.toMatchObject({ code: 'BPFTRACE_MISSING' })
  await expect(prepareMeasurement(pretend(''), input, 1000)).rejects.toMatchObject({ code: 'PERMISSION' })
})

test('has nothing to run for timers alone', async () => {
  const timers = { ...input, program: 'profile:hz:99 { @ = count(); }' }
  expect(await prepareMeasurement(pretend(''), timers, ROOT)).toBeUndefined()
})

function isAlive(pid: number): boolean {
  try {
    // What waits to be reaped by init is dead.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
