import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseVersion } from '../version.ts'
import { type Construct, constructs } from './constructs.ts'
import { parse } from './parse.ts'
import { syntaxDiagnostics } from './versions.ts'

const accepted = z
  .array(z.object({ id: z.string(), version: z.string(), program: z.string() }))
  .parse(JSON.parse(readFileSync('test/fixtures/parser/ok/constructs.json', 'utf8')))

const refused = z
  .array(z.object({ id: z.string(), program: z.string(), message: z.string(), accepted_by_0_17: z.boolean() }))
  .parse(JSON.parse(readFileSync('test/fixtures/parser/error/diagnostics.json', 'utf8')))

function versionOf(release: string) {
  const version = parseVersion(release)
  if (!version) throw new Error(`no version: ${release}`)
  return version
}

function judge(program: string, release: string) {
  return syntaxDiagnostics(parse(program), versionOf(release))
}

test.each(accepted)('$version takes $id', ({ program, version }) => {
  expect(judge(program, version)).toEqual([])
})

test.each(refused)('0.27 refuses $id on the line it names', ({ program, message }) => {
  const [first] = judge(program, '0.27.1')
  expect(first).toMatchObject({ severity: 'error', code: 'syntax', origin: 'compiler' })
  const line = program.slice(0, first?.span.start).split('\n').length
  expect(line).toBe(Number(/^stdin:(\d+)/.exec(message)?.[1]))
})

test.each(refused)('0.17 on $id', ({ program, accepted_by_0_17 }) => {
  if (accepted_by_0_17) expect(judge(program, '0.17.0')).toEqual([])
})

const rows: readonly (readonly [string, Construct])[] = Object.entries(constructs)

test.each(rows)('%s is an error exactly in the versions without it', (id, construct) => {
  const tree = parse(construct.example)
  const findings = tree.findings.filter((finding) => finding.construct === id)
  expect(findings).not.toEqual([])
  const has = (release: string) => syntaxDiagnostics({ ...tree, findings }, versionOf(release)).length === 0
  const { since, removedIn, returnedIn } = construct
  if (since) expect([has(before(since)), has(since)]).toEqual([false, true])
  if (removedIn) expect([has(before(removedIn)), has(removedIn)]).toEqual([true, false])
  if (returnedIn) expect(has(returnedIn)).toBe(true)
})

/** The release before `0.N`. */
function before(release: string): string {
  return `0.${Number(release.split('.')[1]) - 1}`
}

test('the oldest grammars report what stands first, the newest what it meets first', () => {
  const program = 'BEGIN { }\nstruct S {\n int a;\n}\nEND { let $a = 1; }'
  const lines = (release: string) =>
    judge(program, release).map(({ span }) => program.slice(0, span.start).split('\n').length)
  expect(lines('0.17.0')[0]).toBe(4)
  expect(lines('0.27.1')[0]).toBe(2)
})
