/**
 * Damages programs as editing and chance do: tokens dropped, doubled, exchanged, taken from elsewhere, nested deeper;
 * bytes and characters overwritten. One seed gives one program, on any machine, so that a failure can be seen again.
 */

import { parse } from '../../analyzers/bpftrace/syntax/parse.ts'
import { isTrivia, type Token } from '../../analyzers/bpftrace/syntax/tree.ts'

export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
}

/** Mulberry32: small, fast, and good enough to choose places. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
    },
  }
}

/** Pieces that change what follows them, or that few programs have. */
const pieces = [
  ...'{}()[];,.:?@$#"/\\\'=<>+-*%&|^!~\0\n\t\r é\u2028\ud800',
  ...['/*', '*/', '//', '->', '..', '++', '--', '<<=', '||', '&&', '==', '@a[', '@a[1, 2]', '$1', '$#', '(1, 2)'],
  ...['(a=1, b=2)', '0x', '1e9', '99999999999999999999', '-9223372036854775808', '5ms', '"\\', '"%s %d %"', '%lld'],
  ...['if', 'else', 'while (1) {', 'for ($i : 0..10) {', 'for ($kv : @a) {', 'unroll(5) {', 'let $a: int32;', 'return'],
  ...[
    'sizeof(',
    'typeof(',
    'offsetof(struct S, a)',
    'comptime',
    '(uint8)',
    '(struct task_struct *)',
    'struct S { int a; }',
  ],
  ...[
    'enum e { A, B };',
    '#define A (A+1)',
    '#include <linux/sched.h>',
    'import "x.bt";',
    'config = {',
    'macro m(a, $b, @c) { a }',
  ],
  ...[
    'm(1)',
    'fn f($a: int64): int64 { return $a; }',
    'let @h = lruhash(10);',
    'begin {',
    'kprobe:',
    'uprobe:/bin/sh:main',
  ],
  ...[
    'tracepoint:sched:sched_switch {',
    '*',
    '@a = count();',
    'hist(1)',
    'args.',
    'args->',
    'ctx',
    'retval',
    'curtask->',
    'kstack(perf)',
  ],
] as const

const MAX_DAMAGES = 5
const LONGEST_PIECE = 300

/** One damaged program. */
export function mutate(programs: readonly string[], seed: number): string {
  const random = randomFrom(seed)
  const pick = <T>(all: readonly T[]): T | undefined => all[random.below(all.length)]
  let program = pick(programs) ?? ''
  const times = 1 + random.below(MAX_DAMAGES)
  for (let time = 0; time < times; time++) {
    const other = pick(programs) ?? ''
    program = random.below(2) === 0 ? damageTokens(program, other, random) : damageCharacters(program, other, random)
  }
  return program
}

function damageTokens(program: string, other: string, random: Random): string {
  const tokens = meaningful(program)
  const text = (token: Token | undefined) => (token ? program.slice(token.start, token.end) : '')
  const at = random.below(tokens.length)
  const token = tokens[at]
  if (!token) return other
  const replace = (from: number, to: number, by: string) => program.slice(0, from) + by + program.slice(to)
  switch (random.below(9)) {
    case 0:
      return replace(token.start, token.end, '')
    case 1:
      return replace(token.end, token.end, ` ${text(token)}`)
    case 2:
      return replace(token.start, token.end, text(tokens[random.below(tokens.length)]))
    case 3:
      return replace(token.start, token.end, pieces[random.below(pieces.length)] ?? '')
    case 4:
      return replace(token.end, token.end, ` ${pieces[random.below(pieces.length)] ?? ''} `)
    case 5: {
      const next = tokens[at + 1]
      if (!next) return program
      return replace(token.start, next.end, text(next) + program.slice(token.end, next.start) + text(token))
    }
    case 6: {
      const foreign = meaningful(other)
      const from = random.below(foreign.length)
      const to = Math.min(foreign.length - 1, from + random.below(20))
      return replace(token.start, token.start, other.slice(foreign[from]?.start ?? 0, foreign[to]?.end ?? 0))
    }
    case 7: {
      const last = tokens[Math.min(tokens.length - 1, at + random.below(12))] ?? token
      return replace(last.end, last.end, ` ${program.slice(token.start, last.end)}`.repeat(1 + random.below(8)))
    }
    default: {
      const last = tokens[Math.min(tokens.length - 1, at + random.below(12))] ?? token
      return replace(token.start, last.end, '')
    }
  }
}

function meaningful(program: string): readonly Token[] {
  return parse(program).tokens.filter((token) => !isTrivia(token))
}

function damageCharacters(program: string, other: string, random: Random): string {
  const at = random.below(program.length + 1)
  const [before, after] = [program.slice(0, at), program.slice(at)]
  switch (random.below(7)) {
    case 0:
      return before + after.slice(1 + random.below(5))
    case 1:
      return before + (pieces[random.below(pieces.length)] ?? '') + after
    case 2:
      return before + program.slice(random.below(program.length)).slice(0, random.below(LONGEST_PIECE)) + after
    case 3:
      return before
    case 4:
      return before + other.slice(random.below(other.length)).slice(0, random.below(LONGEST_PIECE)) + after
    case 5:
      return before + String.fromCharCode(random.below(random.below(4) === 0 ? 0x10000 : 128)) + after.slice(1)
    default:
      return damageBytes(program, random)
  }
}

/** Some bytes overwritten: what is no UTF-8 afterwards reads as editors read it. */
function damageBytes(program: string, random: Random): string {
  const bytes = new TextEncoder().encode(program)
  for (let time = random.below(4); time >= 0 && bytes.length > 0; time--) {
    bytes[random.below(bytes.length)] = random.below(256)
  }
  return new TextDecoder().decode(bytes)
}
