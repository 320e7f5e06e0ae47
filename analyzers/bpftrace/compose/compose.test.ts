import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { parse } from '../syntax/parse.ts'
import { renderTemplate } from '../templates/render.ts'
import { templates } from '../templates/templates.generated.ts'
import { newestVersion, requireVersion } from '../version.ts'
import { compose, type Operation } from './compose.ts'

function composed(programs: readonly string[], operations: readonly Operation[] = [], version = '0.27') {
  const { program, notes } = compose(programs, operations, { bpftrace: requireVersion(version) })
  return { text: program.replace(/\s+/g, ' ').trim(), notes }
}

describe('merging', () => {
  test('maps of the same name are told apart, in every place', () => {
    const one = 'kprobe:f { @[comm] = count(); @a = 1; }'
    const two = 'kprobe:g { @[pid] = sum(arg0); @b = 1; } interval:s:1 { print(@); clear(@); }'
    const { text, notes } = composed([one, two])
    expect(text).toBe(
      'kprobe:f { @[comm] = count(); @a = 1; } kprobe:g { @map_2[pid] = sum(arg0); @b = 1; } interval:s:1 { print(@map_2); clear(@map_2); }',
    )
    expect(notes).toEqual(['`@` of program 2 is now `@map_2`.'])
  })

  test('a new name is free in all of the programs', () => {
    const { text } = composed(['kprobe:f { @a = 1; @a_2 = 1; }', 'kprobe:g { @a = 2; }', 'kprobe:h { @a = 3; }'])
    expect(text).toBe('kprobe:f { @a = 1; @a_2 = 1; } kprobe:g { @a_3 = 2; } kprobe:h { @a_4 = 3; }')
  })

  test('macros and their calls are told apart', () => {
    const { text } = composed([
      'macro m(x) { x } kprobe:f { @a = m(1); }',
      'macro m(x) { x + 1 } kprobe:g { @b = m(2); }',
    ])
    expect(text).toContain('macro m_2(x) { x + 1 }')
    expect(text).toContain('@b = m_2(2)')
  })

  test('beginnings become one, with variables told apart and predicates as conditions', () => {
    const one = 'BEGIN { $a = 1; print($a) }'
    const two = 'begin /pid > 0/ { $a = "x"; print($a); }'
    expect(composed([one, two]).text).toBe('BEGIN { $a = 1; print($a); if (pid > 0) { $a_2 = "x"; print($a_2); } }')
  })

  test('the beginning that returns comes last; two that return cannot be joined', () => {
    const returning = 'begin { if (pid > 0) { return; } print(1); }'
    expect(composed([returning, 'begin { print(2); }']).text).toMatch(/^begin \{ print\(2\);.*return/)
    expect(() => composed([returning, returning])).toThrow(/return/)
  })

  test('settings are merged: the larger number, else the earlier', () => {
    const { text, notes } = composed([
      'config = { max_map_keys = 100; stack_mode = perf } kprobe:f { @ = 1; }',
      'config = { max_map_keys = 200; stack_mode = raw } kprobe:g { @b = 1; }',
    ])
    expect(text).toContain('config = { max_map_keys = 200; stack_mode = perf; }')
    expect(notes).toHaveLength(2)
  })

  test('equal definitions are kept once, different ones of a name refused', () => {
    const define = (fields: string, probe: string) => `struct s { ${fields} };\n${probe} { @x = sizeof(struct s); }`
    const { text } = composed([define('int a;', 'kprobe:f'), define('int  a;', 'kprobe:g')])
    expect(text.match(/struct s \{/g)).toHaveLength(1)
    expect(() => composed([define('int a;', 'kprobe:f'), define('long a;', 'kprobe:g')])).toThrow(/differently/)
  })

  test('comments stay', () => {
    const { text } = composed(['// one\nkprobe:f { @ = 1; } // two', '// three\nEND { print(1); }\n// four'])
    for (const word of ['one', 'two', 'three', 'four']) expect(text).toContain(`// ${word}`)
  })

  test('a program with a syntax error is named', () => {
    expect(() => composed(['kprobe:f { @ = 1; }', 'kprobe:g {'])).toThrow(/Program 2 .*line 1/)
  })
})

describe('operations', () => {
  test.each<[string, Operation, string]>([
    ['kprobe:f { @ = 1; }', { kind: 'filter', condition: 'pid == 1' }, 'kprobe:f /pid == 1/ { @ = 1; }'],
    [
      'kprobe:f /uid || gid/ { @ = 1; }',
      { kind: 'filter', condition: 'pid == 1 || pid == 2' },
      'kprobe:f /(uid || gid) && (pid == 1 || pid == 2)/ { @ = 1; }',
    ],
    [
      'begin { @ = 1; } kprobe:f { @ = 2; } interval:s:1 { print(@); }',
      { kind: 'filter', condition: 'comm == "a"' },
      'begin { @ = 1; } kprobe:f /comm == "a"/ { @ = 2; } interval:s:1 { print(@); }',
    ],
    [
      'kprobe:f { @ = 1; }',
      { kind: 'time_limit', duration: '1500ms' },
      'kprobe:f { @ = 1; } interval:ms:1500 { exit(); }',
    ],
    ['kprobe:f { @ = 1; }', { kind: 'time_limit', duration: '2m' }, 'kprobe:f { @ = 1; } interval:s:120 { exit(); }'],
    [
      'kprobe:f { @start[tid] = nsecs; @n = count(); @m++; }',
      { kind: 'series', interval: '1s' },
      'kprobe:f { @start[tid] = nsecs; @n = count(); @m++; } interval:s:1 { time("%H:%M:%S\\n"); print(@n); clear(@n); print(@m); clear(@m); }',
    ],
    [
      'kprobe:f { @ = 1; }',
      { kind: 'begin_text', text: '100% "sure"' },
      'begin { printf("100%% \\"sure\\"\\n"); } kprobe:f { @ = 1; }',
    ],
    [
      'kprobe:f { @ = 1; } END { print(@); }',
      { kind: 'end_text', text: 'bye' },
      'kprobe:f { @ = 1; } END { printf("bye\\n"); print(@); }',
    ],
  ])('%s + %o', (program, operation, expected) => {
    expect(composed([program], [operation]).text).toBe(expected)
  })

  test('what is added is written as the version has it', () => {
    expect(composed(['kprobe:f { @ = 1; }'], [{ kind: 'end_text', text: 'x' }], '0.17').text).toContain('END {')
  })

  test.each<[string, Operation]>([
    ['begin { print(1); }', { kind: 'filter', condition: 'pid == 1' }],
    ['kprobe:f { @ = 1; }', { kind: 'filter', condition: 'pid == 1/ { exit(); } kprobe:g /1' }],
    ['kprobe:f { @ = 1; }', { kind: 'filter', condition: '' }],
    ['kprobe:f { @ = 1; }', { kind: 'time_limit', duration: 'soon' }],
    ['kprobe:f { @ = 1; }', { kind: 'series', interval: '1s' }],
    ['kprobe:f { @ = count(); }', { kind: 'series', interval: '1s', maps: ['@b'] }],
    ['kprobe:f { @ = 1; }', { kind: 'begin_text', text: '\u0000' }],
  ])('%s + %o is refused', (program, operation) => {
    expect(() => composed([program], [operation])).toThrow(expect.objectContaining({ name: 'UserError' }))
  })
})

test('any templates go together, whatever is added', () => {
  const options = { bpftrace: newestVersion, kernel: noKernelFacts }
  const programs = templates.map((each) => renderTemplate(each, {}, options).program)
  const operations: Operation[] = [
    { kind: 'filter', condition: 'pid != 1' },
    { kind: 'time_limit', duration: '5s' },
    { kind: 'begin_text', text: 'begin' },
    { kind: 'end_text', text: 'end' },
  ]
  const some = fc.uniqueArray(fc.constantFrom(...programs), { minLength: 2, maxLength: 5 })
  fc.assert(
    fc.property(some, fc.subarray(operations), (chosen, added) => {
      const { program } = compose(chosen, added, { bpftrace: newestVersion })
      const { errors, program: tree } = parse(program)
      expect(errors).toEqual([])
      const special = tree.items.filter(
        (item) => item.kind === 'Probe' && /^(begin|end)$/i.test(item.attachPoints[0]?.text ?? ''),
      )
      expect(special.length).toBeLessThanOrEqual(2)
    }),
    { numRuns: 60 },
  )
})
