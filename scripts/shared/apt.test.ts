import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { chooseMirror, configuredMirror, parseDeb822, parseOneLine } from './apt.ts'

test('one-line sources: options, comments and source packages are told apart', () => {
  const text = `
# deb http://old.example/debian bookworm main
deb [signed-by=/usr/share/keyrings/x.gpg arch=amd64] http://mirror.example/debian bookworm main contrib # ours
deb-src http://mirror.example/debian bookworm main
`
  expect(parseOneLine(text)).toEqual([
    { uri: 'http://mirror.example/debian', suites: ['bookworm'], components: ['main', 'contrib'] },
  ])
})

test('deb822 sources: comments inside a paragraph, continued lines, disabled paragraphs', () => {
  const text = `Types: deb
# http://snapshot.example/archive/debian
URIs: http://mirror.example/debian
Suites: bookworm
 bookworm-updates
Components: main

Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
Enabled: no

Types: deb-src
URIs: http://source.example/debian
Suites: bookworm
Components: main
`
  expect(parseDeb822(text)).toEqual([
    { uri: 'http://mirror.example/debian', suites: ['bookworm', 'bookworm-updates'], components: ['main'] },
  ])
})

test("the mirror is that of the machine's own suite, not of security updates or of a third party", () => {
  const sources = [
    { uri: 'http://security.example/debian-security', suites: ['bookworm-security'], components: ['main'] },
    { uri: 'https://deb.other.example/node_20.x', suites: ['nodistro'], components: ['main'] },
    { uri: 'http://mirror.example/debian', suites: ['bookworm', 'bookworm-updates'], components: ['main'] },
  ]
  expect(chooseMirror(sources, 'bookworm')).toBe('http://mirror.example/debian')
  expect(chooseMirror(sources, 'trixie')).toBeUndefined()
})

test('both forms are read from a root', () => {
  const root = mkdtempSync(join(tmpdir(), 'tracewright-apt-'))
  const files = {
    'etc/os-release': 'NAME="Debian GNU/Linux"\nVERSION_CODENAME=trixie\n',
    'etc/apt/sources.list': 'deb http://plain.example/debian trixie main\n',
    'etc/apt/sources.list.d/extra.list': 'deb http://extra.example/debian stable main\n',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  expect(configuredMirror(root)).toBe('http://plain.example/debian')
  rmSync(root, { recursive: true })
})
