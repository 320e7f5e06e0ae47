import { describe, expect, test } from 'vitest'
import { requireVersion } from '../version.ts'
import { countingProgram, readCounts } from './counting-program.ts'

const version = requireVersion('0.27')

describe('the counting program', () => {
  test('has the probes without their predicates and actions, each once', () => {
    const { program, points } =
      countingProgram(
        'kprobe:f /pid == 1/ { system("x"); } kprobe:f, tracepoint:a:b { @ = 1; } profile:hz:99 { @ = 2; } end { }',
        version,
        1,
      ) ?? {}
    expect(points).toEqual(['kprobe:f', 'tracepoint:a:b'])
    expect(program).toMatch(/^kprobe:f \{ @c\[0\] = count\(\); \}\ntracepoint:a:b \{ @c\[1\] = count\(\); \}\ninterval/)
    expect(program).not.toMatch(/pid|system|profile/)
  })

  test('counts the entries of functions whose returns are traced', () => {
    const counting = countingProgram('uretprobe:/bin/bash:readline { @ = 1; }', version, 1)
    expect(counting?.points).toEqual(['uretprobe:/bin/bash:readline'])
    expect(counting?.program).toMatch(/^uprobe:\/bin\/bash:readline /)
  })

  test.each([
    'begin { }',
    'interval:s:1 { @ = 1; }',
    'profile:hz:99 { @ = 1; }',
    'watchpoint:0x1000:8:w { }',
    '',
    '{',
    'kprobe',
  ])('is none where there is nothing to count: %s', (source) => {
    expect(countingProgram(source, version, 1)?.points ?? []).toEqual([])
  })
})

describe('what it prints', () => {
  const lines = [
    '{"type": "attached_probes", "data": {"probes": 3}}',
    '{"type": "printf", "data": "1000000000\\n"}',
    '{"type": "map", "data": {"@c": {"1": 40, "0": 400}}}',
    '{"type": "printf", "data": "3000000000\\n"}',
    '{"type": "map", "data": {"@c": {"1": 240, "0": 4400}}}',
    '{"type": "map", "data": {"@t": 6}}',
  ]

  test('is the difference of two looks by the time between them', () => {
    expect(readCounts(lines.join('\n'), ['a', 'b', 'never'])).toEqual({
      rates: { a: 2000, b: 100, never: 0 },
      seconds: 2,
    })
  })

  test('may lack the counters while nothing has fired', () => {
    const [attached = '', first = '', , ...rest] = lines
    expect(readCounts([attached, first, ...rest].join('\n'), ['a'])).toMatchObject({ rates: { a: 2200 } })
  })

  test('is nothing when it ended early or printed something else', () => {
    for (const text of ['', lines.slice(0, 3).join('\n'), 'ERROR: no', '{"type": 1', '{"type":"map","data":null}'])
      expect(readCounts(text, ['a'])).toBeUndefined()
  })
})
