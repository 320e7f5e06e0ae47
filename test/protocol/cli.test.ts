import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallProfile } from '../small-profile.ts'
import { cliFile, runCli, startCli } from './cli-process.ts'

let folder: string
let home: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cli-'))
  home = path.join(folder, 'home')
  writeFileSync(path.join(folder, 'cpu.pprof'), smallProfile())
  writeFileSync(path.join(folder, 'good.bt'), 'BEGIN { printf("hi\\n"); exit(); }\n')
  writeFileSync(path.join(folder, 'bad.bt'), '// 𝒳 ü\nBEGIN { printf("𝒳"); @[1 = 2; }\n')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (args: readonly string[], input?: string | Uint8Array) =>
  runCli(args, { home, cwd: folder, ...(input === undefined ? {} : { input }) })

describe('tracewright', () => {
  test('--help lists the commands, and each explains itself', async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    const names = [...out.matchAll(/^ {2}(\w[\w-]*) {2,}/gm)].map((match) => match[1] ?? '')
    expect(names).toEqual(expect.arrayContaining(['check', 'call', 'tools', 'mcp', 'lsp']))
    for (const name of names) {
      const help = await run([name, '--help'])
      expect(help).toMatchObject({ code: 0, out: expect.stringContaining(`Usage: tracewright ${name}`) })
    }
  })

  test('help NAME explains one command; wrong options lead there', async () => {
    expect(await run(['help', 'check'])).toEqual(await run(['check', '--help']))
    expect((await run(['help', 'nonsense'])).code).toBe(2)
    expect((await run(['check', '--wat'])).error).toContain("See 'tracewright check --help'.")
  })

  test.runIf(existsSync('/dev/full'))('a full disk is said in one line, exit code 1', () => {
    for (const command of ['tools --json', 'check bad.bt', 'report cpu.pprof']) {
      const shell = `'${process.execPath}' '${cliFile}' ${command} > /dev/full`
      const { status, stderr } = spawnSync('sh', ['-c', shell], { cwd: folder, encoding: 'utf8' })
      expect(status).toBe(1)
      expect(stderr).toMatch(/^tracewright: Standard output cannot be written: no space is left on the device$/m)
      expect(stderr).not.toMatch(/^\s+at /m)
    }
  })

  test('a reader that has seen enough ends it quietly', () => {
    const shell = `{ '${process.execPath}' '${cliFile}' tools --json; echo "code $?" >&2; } | head -1`
    const { stdout, stderr } = spawnSync('sh', ['-c', shell], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: '{\n', stderr: 'code 0\n' })
  })

  test('nothing is coloured where nobody looks', async () => {
    for (const args of [['--help'], ['check', 'bad.bt'], ['report', 'cpu.pprof'], ['call', 'pprof.topp']]) {
      const { out, error } = await run(args)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
      expect(out + error).not.toMatch(/[\x1b\r]/)
    }
  })

  test('--version prints one', async () => {
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test.each([
    [[]],
    [['nonsense']],
    [['constructor']],
    [['call']],
    [['call', 'no.tool']],
    [['tools', '--wat']],
    [['check']],
  ])('%j is bad usage: exit code 2, said on stderr', async (args) => {
    expect(await run(args)).toEqual({ code: 2, out: '', error: expect.stringMatching(/^tracewright: .+\n/) })
  })

  test('says which Node it needs to one that is too old', () => {
    const old = ['/usr/bin/node', '/usr/local/bin/node'].find((file) => {
      const version = spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout ?? ''
      return /^v(1\d|20|21)\./.test(version)
    })
    // Where no old Node is installed, the guard is asked to believe that this one is.
    const args = old === undefined ? ['-r', path.join(folder, 'pretend.cjs')] : []
    writeFileSync(
      path.join(folder, 'pretend.cjs'),
      "Object.defineProperty(process.versions, 'node', { value: '20.1.0' })",
    )
    const { status, stderr } = spawnSync(old ?? process.execPath, [...args, cliFile, 'tools'], { encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^tracewright needs Node 22\.14 or newer; this is Node 20\./)
  })
})

describe('check', () => {
  test('text: one line for each finding, exit code 1 on errors and 0 without', async () => {
    const bad = await run(['check', 'bad.bt', 'good.bt'])
    expect(bad.code).toBe(1)
    expect(bad.out).toMatch(/^bad\.bt:2:\d+: error: .+ \[syntax\]$/m)
    expect(await run(['check', 'good.bt'])).toMatchObject({ code: 0 })
  })

  test('json: places are 1-based UTF-16, the end exclusive', async () => {
    const { code, out } = await run(['check', '--format', 'json', '--bpftrace', '0.27', 'bad.bt'])
    expect(code).toBe(1)
    const report = JSON.parse(out)
    expect(report.target).toEqual({ bpftrace: '0.27.1', kernel: 'none', why: expect.any(String) })
    const [finding] = report.files[0].diagnostics
    const line = 'BEGIN { printf("𝒳"); @[1 = 2; }'
    expect(finding).toMatchObject({ severity: 'error', code: 'syntax', origin: 'compiler', line: 2, related: [] })
    expect(line[finding.column - 1]).toBe('=')
    expect(finding.endColumn).toBeGreaterThan(finding.column)
  })

  test('sarif: what code scanning reads', async () => {
    const { out } = await run(['check', '--format', 'sarif', 'bad.bt'])
    const { version, runs } = JSON.parse(out)
    expect(version).toBe('2.1.0')
    expect(runs[0]).toMatchObject({
      columnKind: 'utf16CodeUnits',
      tool: { driver: { name: 'tracewright', rules: [{ id: 'syntax' }] } },
      results: [{ ruleId: 'syntax', level: 'error', locations: [{ physicalLocation: { region: { startLine: 2 } } }] }],
    })
  })

  test.runIf(existsSync('/dev/zero'))('what has no end is refused, a pipe is read', () => {
    const sh = (command: string) =>
      spawnSync('bash', ['-c', command.replaceAll('tracewright', `'${process.execPath}' '${cliFile}'`)], {
        cwd: folder,
        encoding: 'utf8',
      })
    expect(sh('tracewright check /dev/zero')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/'\/dev\/zero' cannot be read: it has more than \d+ bytes/),
    })
    expect(sh('tracewright check - < /dev/zero').status).toBe(2)
    expect(sh("tracewright check <(echo 'BEGIN { exit() }')").status).toBe(0)
  })

  test('- reads standard input', async () => {
    const { code, out } = await run(['check', '--format', 'json', '-'], 'BEGIN {')
    expect(code).toBe(1)
    expect(JSON.parse(out).files[0]).toMatchObject({ file: '-', diagnostics: [{ code: 'syntax' }] })
    expect((await run(['check', '-'], 'BEGIN { exit() }')).code).toBe(0)
  })

  test('a version newer than anything known is judged as the newest, with a notice', async () => {
    const { out } = await run(['check', '--format', 'json', '--bpftrace', '9.1', 'good.bt'])
    expect(JSON.parse(out).target).toMatchObject({ bpftrace: '0.27.1', why: expect.stringContaining('newer') })
    expect(await run(['check', '--bpftrace', '9.1', 'good.bt'])).toMatchObject({
      code: 0,
      error: expect.stringMatching(/^tracewright: .*newer/),
    })
  })

  test.each([
    [['--bpftrace', 'new'], /new/],
    [['--kernel', 'no/such/file'], /no\/such\/file/],
    [['--format', 'xml'], /xml/],
    [['--batch'], /--batch/],
    [['nothing.bt'], /nothing\.bt/],
    [['.'], /folder|directory/],
  ])('%j beside a good file: exit code 2, and what is wrong is named', async (args, message) => {
    expect(await run(['check', ...args, 'good.bt'])).toMatchObject({ code: 2, error: expect.stringMatching(message) })
  })

  test.each([
    [['--pid', 'myself'], /number of a process/],
    [['--pid', '1'], /needs --kernel live/],
    [['--pid', '4194304', '--kernel', 'live'], /no process 4194304/],
  ])('%j is refused in words', async (args, message) => {
    expect(await run(['check', ...args, 'good.bt'])).toMatchObject({ code: 2, error: expect.stringMatching(message) })
  })

  test('an unreadable file does not cost the report on the others', async () => {
    const { out, error } = await run(['check', '--format', 'json', 'nothing.bt', 'bad.bt'])
    expect(JSON.parse(out).files).toMatchObject([{ file: 'bad.bt' }])
    expect(error).toContain("'nothing.bt' cannot be read")
  })

  test('odd bytes are a program like any other', async () => {
    for (const bytes of [
      new Uint8Array([0xff, 0xfe, 0]),
      new Uint8Array(0),
      new Uint8Array([0xef, 0xbb, 0xbf, 0x0a]),
    ]) {
      const { code, error } = await run(['check', '--format', 'json', '-'], bytes)
      expect([0, 1]).toContain(code)
      expect(error).toBe('')
    }
  })
})

describe('check --batch', () => {
  test('answers each line, in order, bad ones too', async () => {
    const lines = [
      '{"id":1,"program":"BEGIN { exit() }"}',
      'no json',
      '{"id":"b","program":"BEGIN {"}',
      '',
      '{"id":3}',
      '{"id":4,"program":"BEGIN { printf(\\"%d\\", $1); }","params":["5"],"unsafe":true}\r',
      '[1]',
      '{"id":5,"program":"BEGIN { exit() }"}',
    ]
    const { code, out } = await run(['check', '--batch', '--bpftrace', '0.27'], lines.join('\n'))
    expect(code).toBe(0)
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.map((answer) => answer.id)).toEqual([1, null, 'b', null, 4, null, 5])
    expect(answers[0]).toEqual({ id: 1, diagnostics: [] })
    expect(answers[1]).toEqual({ id: null, error: expect.any(String) })
    // Short of something after its last line, which has an end as it has for the compiler.
    expect(answers[2].diagnostics).toMatchObject([{ code: 'syntax', line: 2 }])
  })

  test('answers a line before the next one is there', async () => {
    const child = startCli(['check', '--batch'], { home })
    const first = new Promise<string>((resolve) => child.stdout.setEncoding('utf8').once('data', resolve))
    child.stdin.write('{"id":1,"program":"BEGIN { exit() }"}\n')
    expect(JSON.parse(await first)).toMatchObject({ id: 1 })
    child.stdin.end()
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0)
  })

  test('a reader that goes away ends it quietly', async () => {
    const child = startCli(['check', '--batch'], { home })
    let error = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error += text
    })
    child.stdin.on('error', () => undefined)
    child.stdout.destroy()
    const line = `${JSON.stringify({ id: 1, program: 'BEGIN { exit() }' })}\n`
    const writing = setInterval(() => child.stdin.write(line.repeat(100)), 5)
    const code = await new Promise((resolve) => child.on('exit', resolve))
    clearInterval(writing)
    expect(code).toBe(0)
    expect(error).toBe('')
  })
})

describe('format', () => {
  const messy = '#!/usr/bin/env bpftrace\nBEGIN{exit( );}\n'

  test('prints the result, and changes files only with --write, keeping their mode', async () => {
    const file = path.join(folder, 'messy.bt')
    writeFileSync(file, messy, { mode: 0o755 })
    symlinkSync(file, path.join(folder, 'link.bt'))
    const printed = await run(['format', 'messy.bt'])
    expect(printed.code).toBe(0)
    expect(printed.out).not.toBe(messy)
    expect(readFileSync(file, 'utf8')).toBe(messy)
    expect(await run(['format', '--check', 'messy.bt'])).toMatchObject({ code: 1, out: 'messy.bt\n' })

    expect(await run(['format', '--write', 'link.bt'])).toMatchObject({ code: 0, out: 'link.bt\n' })
    expect(readFileSync(file, 'utf8')).toBe(printed.out)
    expect(statSync(file).mode & 0o777).toBe(0o755)
    expect(lstatSync(path.join(folder, 'link.bt')).isSymbolicLink()).toBe(true)
    expect(await run(['format', '--check', 'messy.bt'])).toMatchObject({ code: 0, out: '' })
  })

  test('reads standard input, and leaves a program with a syntax error alone', async () => {
    expect((await run(['format', '-'], messy)).out).toContain('exit()')
    expect(await run(['format', '--write', 'bad.bt'])).toMatchObject({ code: 1, out: '' })
    expect(await run(['format', 'nothing.bt'])).toMatchObject({ code: 2 })
    expect(await run(['format'])).toMatchObject({ code: 2 })
  })
})

describe('call', () => {
  test('prints the result, from an argument or from standard input', async () => {
    const { code, out } = await run(['call', 'profiles.import', '{"path":"cpu.pprof"}'])
    expect(code).toBe(0)
    const { handle } = JSON.parse(out).profiles[0]
    const top = await run(['call', 'pprof_top', '-'], JSON.stringify({ profile: handle }))
    expect(JSON.parse(top.out)).toMatchObject({ total: 30_000_000, rows: [{ name: 'work', flat: 30_000_000 }, {}] })
  })

  test('a tool error: the object on stdout, exit code 1', async () => {
    const { code, out, error } = await run(['call', 'pprof.top', '{"profile":"nothing.pprof"}'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ code: 'NOT_FOUND', retryable: false, details: {} })
    expect(error).toBe('')
  })

  test.each(['{', '[]', '3', 'null'])('%s is no input: exit code 2', async (input) => {
    expect(await run(['call', 'profiles.list', input])).toMatchObject({ code: 2, out: '' })
  })

  test('--base-dir holds', async () => {
    mkdirSync(path.join(folder, 'base'), { recursive: true })
    const { code, out } = await run(['call', '--base-dir', 'base', 'pprof.top', '{"profile":"../cpu.pprof"}'])
    expect(code).toBe(1)
    expect(JSON.parse(out).code).toBe('OUTSIDE_BASE_DIR')
  })
})

test('tools --json has every schema', async () => {
  const { tools } = JSON.parse((await run(['tools', '--json'])).out)
  expect(tools.length).toBeGreaterThan(5)
  for (const tool of tools) {
    expect(tool).toMatchObject({
      name: expect.stringMatching(/^[a-z]+\.[a-z_.]+$/),
      annotations: { readOnlyHint: expect.any(Boolean) },
      inputSchema: { type: 'object' },
      outputSchema: { type: 'object' },
    })
  }
})

describe('report and flamegraph', () => {
  test('write to standard output, or a file by the end of its name', async () => {
    const report = await run(['report', 'cpu.pprof'])
    expect(report.out).toMatch(/^# Profile report\n\n## cpu\.pprof\n[\s\S]*\| work \|/)
    const page = path.join(folder, 'report.html')
    expect(await run(['report', 'cpu.pprof', '-o', page])).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<td>work<\/td>/)

    expect((await run(['flamegraph', 'cpu.pprof'])).out).toMatch(/^(<\?xml|<svg)[\s\S]*work/)
    const stacks = path.join(folder, 'stacks.folded')
    expect((await run(['flamegraph', 'cpu.pprof', '-o', stacks, '--sample-type', 'samples'])).code).toBe(0)
    expect(readFileSync(stacks, 'utf8')).toBe('main;work 3\n')
  })

  test.each([['report'], ['flamegraph'], ['report', 'cpu.pprof', '-o', 'x.pdf'], ['flamegraph', 'a', 'b']])(
    '%s %s %s %s: exit code 2',
    async (...args) => {
      expect(await run(args.filter((arg) => arg !== undefined))).toMatchObject({ code: 2, out: '' })
    },
  )

  test('a file that is no profile is said so: exit code 1', async () => {
    const { code, error } = await run(['report', 'good.bt'])
    expect(code).toBe(1)
    expect(error).toMatch(/^tracewright: /)
  })
})
