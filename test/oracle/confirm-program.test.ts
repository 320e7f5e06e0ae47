import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { cacheFolder } from '../../scripts/shared/paths.ts'
import { confirmProgram } from '../../services/bpftrace/confirm-program.ts'
import { createBpftraceLocator } from '../../services/bpftrace/locate-bpftrace.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'confirm-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const signal = new AbortController().signal

/** The compiler of a Debian tree as if it were the installed one. */
function installed(suite: string) {
  const tree = path.join(cacheFolder(), 'debian', suite)
  const file = path.join(folder, suite)
  writeFileSync(file, `#!/bin/sh\nexec chroot ${tree} bpftrace "$@"\n`)
  chmodSync(file, 0o755)
  return { tree, locator: createBpftraceLocator({ configuredPath: file }) }
}

describe.each(['bookworm', 'trixie', 'sid'])('the compiler of %s', (suite) => {
  const { tree, locator } = installed(suite)
  const ask = (program: string, fields: { unsafe?: boolean; params?: string[] } = {}) =>
    confirmProgram(locator, program, { unsafe: false, params: [], signal, ...fields })

  test('accepts and refuses as it does on its own', async () => {
    expect(await ask('BEGIN { exit(); }')).toMatchObject({ asked: true, accepted: true, output: '' })
    expect(await ask('BEGIN { @ = 1; @ = "x"; }')).toMatchObject({
      accepted: false,
      output: expect.stringContaining('Type mismatch'),
    })
    expect(await ask('BEGIN { exit(')).toMatchObject({ accepted: false, output: expect.stringContaining('syntax') })
    expect(await ask('BEGIN { printf("%d", $1); }', { params: ['5'] })).toMatchObject({ accepted: true })
  })

  test('runs nothing, even with --unsafe', async () => {
    const answer = await ask('BEGIN { system("touch /tmp/it-ran"); exit(); }', { unsafe: true })
    expect(answer).toMatchObject({ asked: true, accepted: true })
    expect(existsSync(path.join(tree, 'tmp', 'it-ran'))).toBe(false)
  })
})
