/**
 * The TextMate grammar: every scope of the fixtures is in a snapshot beside them, and the names it colours are those of
 * the catalog. New snapshots: `UPDATE_SNAPSHOTS=1`, then read the difference.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { builtins, functions, keywords, probeTypes } from '../../analyzers/bpftrace/catalog/index.ts'
import { builtinTypes } from '../../analyzers/bpftrace/types/names.ts'

const root = path.join(import.meta.dirname, '..', '..')
const fixtures = path.join(root, 'test', 'fixtures', 'grammar')
const grammarText = readFileSync(path.join(root, 'syntaxes', 'bpftrace.tmLanguage.json'), 'utf8')

test.each([
  ['source.bpftrace', '*.bt'],
  ['text.html.markdown', '*.md'],
])('the scopes of %s are those of the snapshots', (scope, files) => {
  const tool = path.join(root, 'node_modules', 'vscode-tmgrammar-test', 'dist', 'snapshot.js')
  const stubs = ['c', 'markdown'].flatMap((name) => ['-g', path.join(fixtures, `${name}.stub.json`)])
  const update = process.env.UPDATE_SNAPSHOTS ? ['-u'] : []
  const args = [tool, '-s', scope, ...stubs, ...update, path.join(fixtures, files)]
  // It prints the differences and exits with a code of its own.
  const output = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  expect(output).not.toMatch(/ERROR|not equal/i)
})

/** The words of the alternation that a rule matches. */
function words(rule: string): string[] {
  const { repository } = JSON.parse(grammarText)
  const match: string = repository[rule].match
  return /\(\?:(.*?)\)/.exec(match)?.[1]?.split('|') ?? []
}

test('the functions it knows are those of the catalog', () => {
  const operators = ['offsetof', 'sizeof', 'typeinfo', 'typeof']
  const names = [...new Set(functions.map(({ name }) => name))].filter((name) => !operators.includes(name))
  expect(words('functions').toSorted()).toEqual(names.toSorted())
})

test('the builtins it knows are those of the catalog', () => {
  const names = builtins.filter(({ kind }) => kind === 'builtin').map(({ name }) => name)
  expect(
    words('builtins')
      .filter((word) => /^\w+$/.test(word))
      .toSorted(),
  ).toEqual([...new Set(names)].toSorted())
})

test('every keyword, probe type and type of the language stands in it', () => {
  const spelled = new Set(grammarText.match(/\w+/g))
  // An escape sequence runs into the word behind it: `\bfn`.
  for (const word of [...spelled]) spelled.add(word.replace(/^b/, ''))
  const probes = probeTypes.flatMap(({ name, shortNames, aliases }) => [name, ...shortNames, ...aliases])
  const known = (word: string) => spelled.has(word) || spelled.has(word.toLowerCase())
  expect([...keywords.map(({ name }) => name), ...probes].filter((word) => !known(word))).toEqual([])
  const aggregates = /_t$|^u?int\d+$/
  expect([...builtinTypes.keys()].filter((word) => !known(word) && !aggregates.test(word))).toEqual([])
})
