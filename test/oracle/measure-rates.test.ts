/** Rates counted by the real bpftrace of three Debian releases, on probes whose rate is known or can be made. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cacheFolder } from '../../scripts/shared/paths.ts'
import { createBpftraceLocator } from '../../services/bpftrace/locate-bpftrace.ts'
import { prepareMeasurement } from '../../services/bpftrace/measure-rates.ts'
import { callTool } from '../../tools/call-tool.ts'
import { createContext } from '../../tools/create-context.ts'
import { findTool } from '../../tools/registry.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'measured-'))
let stopLoad: (() => void) | undefined
beforeAll(() => {
  const load = spawn('sh', ['-c', 'while :; do dd if=/dev/zero of=/dev/null bs=512 count=20000 2> /dev/null; done'], {
    stdio: 'ignore',
    detached: true,
  })
  stopLoad = () => load.pid !== undefined && process.kill(-load.pid, 'SIGKILL')
})
afterAll(() => {
  stopLoad?.()
  rmSync(folder, { recursive: true, force: true })
})

/** The compiler of a Debian tree as if it were the installed one. */
function installed(suite: string): string {
  const file = path.join(folder, suite)
  writeFileSync(file, `#!/bin/sh\nexec chroot ${path.join(cacheFolder(), 'debian', suite)} bpftrace "$@"\n`)
  chmodSync(file, 0o755)
  return file
}

const program = `tracepoint:raw_syscalls:sys_enter /pid == 1/ { @[kstack] = count(); }
tracepoint:oom:mark_victim { @killed = count(); }
software:page-faults:1 { @faults = count(); }
profile:hz:99 { @ = count(); }
interval:s:1 { print(@); }`

describe.each(['bookworm', 'trixie', 'sid'])('bpftrace of %s', (suite) => {
  test('counts tracepoints and software events, without their predicates', { timeout: 60_000 }, async () => {
    const locator = createBpftraceLocator({ configuredPath: installed(suite) })
    const measurement = await prepareMeasurement(locator, { program, params: [], seconds: 1 })
    const counts = await measurement?.run({ signal: new AbortController().signal })
    expect(Object.keys(counts?.rates ?? {})).toEqual([
      'tracepoint:raw_syscalls:sys_enter',
      'tracepoint:oom:mark_victim',
      'software:page-faults:1',
    ])
    // dd alone makes tens of thousands of calls; no process is killed for its memory meanwhile.
    expect(counts?.rates['tracepoint:raw_syscalls:sys_enter']).toBeGreaterThan(5_000)
    expect(counts?.rates['tracepoint:oom:mark_victim']).toBe(0)
    expect(counts?.rates['software:page-faults:1']).toBeGreaterThan(0)
    expect(counts?.seconds).toBeGreaterThan(0.5)
  })
})

test('bpftrace.estimate_cost puts them into the estimate', { timeout: 60_000 }, async () => {
  const tool = findTool('bpftrace.estimate_cost')
  if (tool === undefined) throw new Error('the tool is in the registry')
  const context = createContext({ home: path.join(folder, 'home'), bpftracePath: installed('sid') })
  const options = { signal: new AbortController().signal, progress: () => undefined, approve: async () => true }
  const { result } = await callTool(context, tool, { program, measure: true }, options)
  expect(result.basis).toMatch(/3 measured here.*Counted on this machine over .*sys_enter [\d,.]+\/s/s)
  expect(result.events_per_second).toBeGreaterThan(5_000)
  expect(result.probes).toMatchObject([
    { probe: 'tracepoint:raw_syscalls:sys_enter', basis: 'measured' },
    { basis: 'measured', events_per_second: 0 },
    { basis: 'measured' },
    { probe: 'profile:hz:99', basis: 'exact' },
    { probe: 'interval:s:1', basis: 'exact' },
  ])
  await context.library.close()
})
