/**
 * Real programs as people change them: versions of one text, each a few edits away from the one before. For tests of
 * everything that is reused from one version to the next.
 */
import fc from 'fast-check'
import { diagnostics } from '../analyzers/bpftrace/diagnostics/index.ts'
import { rules } from '../analyzers/bpftrace/rules/rules.generated.ts'
import { parse } from '../analyzers/bpftrace/syntax/parse.ts'
import { textOf } from '../analyzers/bpftrace/syntax/tree.ts'

const examples = [...Object.values(diagnostics), ...rules].flatMap(({ bad, good }) => [bad, good])

const inGroups = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, index * size + size))

/** What stands in the probes of the examples. */
const statements = examples.flatMap((example) => {
  const tree = parse(example)
  return tree.program.items.flatMap((item) =>
    item.kind === 'Probe' ? item.body.statements.map((statement) => textOf(tree, statement)) : [],
  )
})

/**
 * Examples of every diagnostic and rule, some at a time, so that their probes share maps; and what they do, as a long
 * probe between two others.
 */
export const programs: readonly string[] = [
  ...inGroups(examples, 6).map((group) => group.join('\n')),
  ...inGroups(statements, 40).map(
    (group) => `BEGIN { @shared = 1 }\nkprobe:f /pid == 1/ {\n  ${group.join('\n  ')}\n}\nEND { clear(@shared) }\n`,
  ),
]

/** What is put in: single keys, and text that changes how what follows is read. */
const pieces = [
  ...'{}()[];,.:@$#"/=a1 \n',
  ...[
    '/*',
    '*/',
    '//',
    '@shared',
    '@shared[1] = count();',
    '$x = 1;',
    '"text"',
    'if (1) {',
    '}\nkprobe:g {',
    '((',
    '->f',
  ],
  ...['END { print(@shared); printf("all"); clear(@a); }\n', 'interval:s:1 { clear(@shared); delete(@b[1]); }\n'],
  ...['kprobe:f { @shared = 1; }\n', 'BEGIN { @shared["a"] = 1 }\n', 'struct s { int a; };\n', '#define M 1\n'],
  ...['config = { stack_mode = perf }\n', 'macro m($a) { $a }\n', 'fn f() : void { }\n', 'let @shared = hash(5);\n'],
  ...['import "stdlib";\n', 'kprobe:f,\n', '/pid == 1/', '// bt-ignore: unused-variable\n', 'args.x', 'getopt("a", 1)'],
]

interface Edit {
  /** As a share of the text, so that it can be drawn before the text is known. */
  readonly at: number
  readonly removed: number
  readonly piece: string
}

const edit: fc.Arbitrary<Edit> = fc.record({
  // Doubles are mostly drawn next to 0 and 1, where little is.
  at: fc.noBias(fc.nat(9999)).map((n) => n / 10_000),
  removed: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(3), fc.nat(60)),
  piece: fc.oneof(fc.constant(''), fc.constantFrom(...pieces)),
})

/** The text before any edit, then after each. */
export const editedPrograms = (edits: number): fc.Arbitrary<readonly string[]> =>
  fc.tuple(fc.constantFrom(...programs), fc.array(edit, { minLength: 1, maxLength: edits })).map(([text, list]) => {
    const versions = [text]
    for (const { at, removed, piece } of list) {
      const current = versions.at(-1) ?? ''
      const start = Math.floor(at * current.length)
      versions.push(current.slice(0, start) + piece + current.slice(start + removed))
    }
    return versions
  })
