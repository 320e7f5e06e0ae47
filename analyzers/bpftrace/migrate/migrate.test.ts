import { describe, expect, test } from 'vitest'
import { snapshotFacts } from '../../../services/kernel/snapshot.ts'
import { analyze } from '../analyze.ts'
import { applyEdits } from '../apply-edits.ts'
import { migrations } from '../catalog/migrations.ts'
import { inspect } from '../inspect.ts'
import { noKernelFacts as kernel } from '../no-kernel-facts.ts'
import { requireVersion } from '../version.ts'
import { migrate } from './migrate.ts'
import { withMigration } from './offer-migration.ts'

const bundled = await snapshotFacts('It is the one that tests use.')

const to = (version: string, program: string, from?: string) =>
  migrate(program, { to: requireVersion(version), kernel, from: from === undefined ? undefined : requireVersion(from) })

describe('for 0.27', () => {
  test.each([
    ['BEGIN { @a[1] = 1; delete(@a[1]); }', 'begin { @a[1] = 1; delete(@a, 1); }'],
    ['kprobe:f { @a[1, 2] = 1; delete(@a[1, 2]); }', 'kprobe:f { @a[1, 2] = 1; delete(@a, (1, 2)); }'],
    ['kfunc:f { print(args->a); }', 'fentry:f { print(args.a); }'],
    ['kretfunc:f { print(retval); }', 'fexit:f { print(retval); }'],
    ['kprobe:f { @[stack] = count(); }', 'kprobe:f { @[kstack] = count(); }'],
    ['kprobe:f { print(10UL); }', 'kprobe:f { print(10ul); }'],
    ['kprobe:f { if (pid) { $x = 1; } print($x); }', 'kprobe:f { let $x; if (pid) { $x = 1; } print($x); }'],
    ['kprobe:f { $i = 0; while ($i < 3) { @ += $i; $i++; } }', 'kprobe:f { for ($i : 0..3) { @ += $i; } }'],
    ['config = { strlen = 100 } kprobe:f { }', 'config = { max_strlen = 100 } kprobe:f { }'],
  ])('%s', (old, rewritten) => {
    expect(to('0.27.1', old).program).toBe(rewritten)
  })
})

describe('for 0.17', () => {
  test.each([
    ['begin { }', 'BEGIN { }'],
    ['fentry:f { print(args.a); }', 'kfunc:f { print(args->a); }'],
    ['kprobe:f { let $x = 1; print($x); }', 'kprobe:f { $x = 1; print($x); }'],
    ['kprobe:f { if pid { print(1); } }', 'kprobe:f { if (pid) { print(1); } }'],
    ['kprobe:f { _ = pid; }', 'kprobe:f { pid; }'],
    ['kprobe:f { @[(pid, tid)] = 1; }', 'kprobe:f { @[pid, tid] = 1; }'],
    ['interval:5s { }', 'interval:s:5 { }'],
    ['kprobe:f { for ($i : 0..3) { print($i); } }', 'kprobe:f { $i = 0; while ($i < 3) { print($i); $i++; } }'],
  ])('%s', (modern, rewritten) => {
    expect(to('0.17.0', modern).program).toBe(rewritten)
  })

  test('what has no older form is said', () => {
    expect(to('0.17.0', 'let @a = lruhash(10);\nkprobe:f { @a[1] = 1; }').notes.join(' ')).toContain(
      'has no older form',
    )
  })
})

test('with the version it comes from, changes of meaning are said', () => {
  expect(to('0.27.1', 'kprobe:f { print(str(arg0)); }', '0.17').notes.join(' ')).toContain('0.23')
  expect(to('0.27.1', 'kprobe:f { print(str(arg0)); }').notes).toEqual([])
})

test('a program of the target version stays as it is', () => {
  const program = 'begin { @a[1] = 1; delete(@a, 1); }'
  expect(to('0.27.1', program).program).toBe(program)
})

test('errors without a fix of their own are offered the rewritten program', () => {
  const program = 'begin { let $x = 1; printf("%d", $x); }'
  const options = { bpftrace: requireVersion('0.17.0'), kernel }
  const [error] = withMigration(program, analyze(program, options).diagnostics, options)
  const fixed = applyEdits(program, error?.fixes[0]?.edits ?? [])
  expect(fixed).toBe('BEGIN { $x = 1; printf("%d", $x); }')
  expect(analyze(fixed, options).diagnostics.filter((each) => each.severity === 'error')).toEqual([])
})

/** Changes between versions that leave nothing to mend in a program's text, or that no older or newer form stands for. */
const withoutForm = {
  up: {
    'exit-in-loop': 'exit() inside a loop that counts itself up has no form as a range',
    'watchpoint-func': 'a watchpoint on an argument became one on an address, which the text does not have',
    asyncwatchpoint: 'the same',
  },
  down: {
    'nsecs-boot': 'there was one clock',
    sigusr1: 'there were no probes for signals of the compiler itself',
  },
} as const

describe.each([
  ['up', '0.27.1', 'before'],
  ['down', '0.17.0', 'after'],
] as const)('every change between versions, %s to %s', (way, version, form) => {
  const options = { bpftrace: requireVersion(version), kernel: bundled, unsafe: true }
  const reasons: Readonly<Record<string, string>> = withoutForm[way]
  const faultsOf = (program: string) =>
    withMigration(program, inspect(program, options).diagnostics, options).filter(
      ({ severity, origin }) => severity === 'error' || (severity === 'warning' && origin === 'compiler'),
    )
  const weight = (faults: readonly { readonly severity: string }[]) =>
    faults.reduce((sum, { severity }) => sum + (severity === 'error' ? 100 : 1), 0)
  const cases = migrations.flatMap((entry) => {
    const program = entry[form]
    return program === undefined ? [] : [[entry.name, program] as const]
  })

  test.each(cases)('%s is mended by its fixes where the target minds it', (name, program) => {
    const faults = faultsOf(program)
    if (reasons[name] !== undefined) return expect(faults.length, 'a fault that nothing mends').toBeGreaterThan(0)
    for (const { fixes, message } of faults) {
      const [fix] = fixes
      if (!fix) throw new Error(`no fix: ${message}`)
      expect(weight(faultsOf(applyEdits(program, fix.edits)))).toBeLessThan(weight(faults))
    }
  })
})
