/** Legacy profiles: what we read from each text is what `go tool pprof -raw` prints of the same file. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importForeign } from '../../analyzers/pprof/imports/index.ts'
import { profileRows } from '../profile-rows.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'legacy-'))
afterAll(() => rmSync(folder, { recursive: true }))

const map =
  'MAPPED_LIBRARIES:\n00400000-00fcb000 r-xp 00000000 08:01 123 /bin/app\n7f00000-7f80000 r-xp 0 08:01 1 /lib/libc.so.6\n'

const profiles: Readonly<Record<string, string>> = {
  'sampled heap': `heap profile: 3: 3000 [9: 90000] @ heap_v2/524288\n1: 1000 [2: 2000] @ 0x401002 0x401102\n2: 2000 [7: 88000] @ 0x7f00123 0x401102\n\n${map}`,
  'Go heap': `heap profile: 3: 3000 [9: 90000] @ heap/1048576\n1: 1000 [2: 2000] @ 0x401002 0x401102\n2: 2000 [7: 88000] @ 0x401009\n`,
  growth: `heap profile: 2: 4096 [0: 0] @ growthz\n2: 4096 [0: 0] @ 0x401002 0x401102\n${map}`,
  goroutine: 'goroutine profile: total 5\n3 @ 0x11 0x21\n#\t0x10\tmain.wait+0x10\tmain.go:3\n\n2 @ 0x11\n',
  contention: `--- contentionz 1 ---\ncycles/second = 3201000000\nsampling period = 100\nms since reset = 16502830\n19490304 27 @ 0xbccc97 0xc61202\n8 1 @ 0xbccc98\n`,
  'Go mutex': '--- mutex:\ncycles/second=2999998953\nsampling period=1\n400123 3 @ 0x11 0x5021\n',
  threads: `--- threadz 1 ---\n\n--- Thread 7f794ab90940 (name: main/14748) stack: ---\n  PC: 0x00bc8f1c: helper\n  0x0040be31: main\n--- Thread 7f794a (name: t/1) stack: ---\n  [same as previous thread]\n--- Memory map: ---\n  00400000-00fcb000: /bin/app\n`,
  'Java contention': `--- contentionz 1 ---\nformat = java\nresolution = microseconds\nsampling period = 100\nms since reset = 6019923\n             1     1 @ 0x00000003 0x00000004\n            14    1 @ 0x00000019 0x00000004\n  0x00000003 com.example.A.run (A.java:12)\n  0x00000004 com.example.B.go (B.java:7)\n  0x00000019 native_wait (/usr/lib/libjvm.so)\n`,
}

test.each(Object.entries(profiles))('%s', (name, text) => {
  const file = path.join(folder, `${name.replaceAll(' ', '-')}.prof`)
  writeFileSync(file, text)
  const raw = execFileSync('go', ['tool', 'pprof', '-raw', '-symbolize=none', file], {
    encoding: 'utf8',
    stdio: 'pipe',
  })
  const profile = importForeign(new TextEncoder().encode(text))
  if (profile === undefined) throw new Error('not recognised')
  const withoutLabels = profileRows(profile).map((row) => row.replace(/ \{.*\}$/, ''))
  expect(withoutLabels.sort()).toEqual(rowsOfRaw(raw).sort())
})

/** Samples of `pprof -raw`: `values: location ids`, then `id: address [M=n] [function file:line[:column] s=n]`. */
function rowsOfRaw(raw: string): string[] {
  const frames = new Map<string, string>()
  for (const [, id = '', address = '', rest = ''] of raw.matchAll(/^ +(\d+): (0x[0-9a-f]+)(.*)$/gm)) {
    const symbol = /^(?: M=\d+)? (\S+) (\S+?):(\d+)(?::\d+)? s=/.exec(rest)
    frames.set(id, symbol === null ? address : `${symbol[1]} ${symbol[2]}:${symbol[3]}`)
  }
  const samples = raw.slice(raw.indexOf('Samples:'), raw.indexOf('Locations'))
  return [...samples.matchAll(/^ *(-?\d[-\d ]*): ([\d ]+)$/gm)].map(([, values = '', ids = '']) => {
    const stack = ids
      .trim()
      .split(/\s+/)
      .map((id) => frames.get(id))
    return `${stack.join(' < ')} = ${values.trim().split(/\s+/).join(', ')}`
  })
}
