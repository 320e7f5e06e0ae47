import { describe, expect, test } from 'vitest'
import { analyze } from '../analyze.ts'
import { type FixtureOptions, fixture, smallKernel } from '../testing/context.ts'
import { complete } from './complete.ts'
import { documentation } from './documentation.ts'

function labels(marked: string, options?: FixtureOptions): string[] {
  const { context, offset } = fixture(marked, options)
  return complete(context, offset)
    .items.toSorted((a, b) => a.rank - b.rank || (a.order ?? Infinity) - (b.order ?? Infinity))
    .map(({ label }) => label)
}

function item(marked: string, label: string, options?: FixtureOptions) {
  const { context, offset } = fixture(marked, options)
  const found = complete(context, offset).items.find((candidate) => candidate.label === label)
  if (!found) throw new Error(`${label} is not offered`)
  return found
}

/** The text that a chosen item takes the place of. */
function replaced(marked: string): string {
  const { context, offset, source } = fixture(marked)
  const { span } = complete(context, offset)
  return source.slice(span.start, span.end)
}

describe('at the top level', () => {
  test.each([
    ['an empty file', '$0'],
    ['between probes', 'BEGIN { }\n\n$0\n\nEND { }'],
    ['a half-typed word', 'trac$0'],
  ])('probe types and definitions are offered: %s', (_, source) => {
    expect(labels(source)).toEqual(expect.arrayContaining(['kprobe', 'tracepoint', 'interval', 'config', 'macro']))
  })

  test('the probe types that are used most come first', () => {
    expect(labels('$0').slice(0, 5)).toEqual(['begin', 'end', 'tracepoint', 'kprobe', 'uprobe'])
    expect(labels('$0', { version: '0.17' }).slice(0, 3)).toEqual(['BEGIN', 'END', 'tracepoint'])
  })

  test('a probe type goes on to its next part', () => {
    expect(item('$0', 'kprobe')).toMatchObject({ insert: 'kprobe:', next: 'completion' })
  })

  test('begin needs no colon, and stands in capitals before 0.24', () => {
    expect(item('$0', 'begin').insert).toContain('begin {')
    expect(item('$0', 'BEGIN', { version: '0.17' }).insert).toContain('BEGIN {')
  })

  test('snippets, which are valid programs, stand nowhere else', () => {
    expect(labels('$0')).toContain('trace-latency')
    expect(labels('BEGIN { $0 }')).not.toContain('trace-latency')
    for (const version of ['0.17', '0.27']) {
      const { context, offset } = fixture('$0', { version })
      for (const { insert, kind } of complete(context, offset).items) {
        if (kind !== 'snippet') continue
        // The innermost suggestion first: one may hold another.
        let text = insert
        while (/\$\{\d+:[^{}]*\}/.test(text)) text = text.replace(/\$\{\d+:([^{}]*)\}/g, '$1')
        const program = text.replace(/\$\d/g, '').replaceAll('\\\\', '\\')
        const { diagnostics } = analyze(program, { bpftrace: context.catalog.version, kernel: smallKernel })
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      }
    }
  })

  test('what the version lacks is not offered', () => {
    expect(labels('$0', { version: '0.17' })).not.toContain('macro')
  })
})

describe('in an attach point', () => {
  test('tracepoints go by category, then by event', () => {
    expect(labels('tracepoint:$0')).toEqual(['sched', 'syscalls'])
    expect(labels('tracepoint:syscalls:$0')).toEqual(['sys_enter_openat', 'sys_exit_openat'])
    expect(labels('t:syscalls:sys_en$0 { }')).toEqual(['sys_enter_openat', 'sys_exit_openat'])
  })

  test('the name of a system call alone finds its entry first, the same call before longer ones', () => {
    const calls = ['fopen', 'open', 'openat', 'read'].flatMap((call) => [`sys_enter_${call}`, `sys_exit_${call}`])
    const tracepoints = calls.map((call) => `syscalls:${call}`)
    const kernel = { ...smallKernel, names: () => tracepoints }
    expect(labels('t:syscalls:open$0', { kernel })).toEqual([
      'sys_enter_open',
      'sys_exit_open',
      'sys_enter_openat',
      'sys_exit_openat',
      'sys_enter_fopen',
      'sys_exit_fopen',
    ])
    const { context, offset } = fixture('t:syscalls:open$0', { kernel })
    // The editor's own order would put the exits first.
    expect(complete(context, offset)).toMatchObject({
      incomplete: true,
      items: [{ filter: 'open' }, {}, {}, {}, {}, {}],
    })
    expect(labels('t:syscalls:sys_ex$0', { kernel })).toEqual(calls)
    expect(labels('t:syscalls:nothing$0', { kernel })).toEqual(calls)
    expect(replaced('tracepoint:syscalls:sys_en$0')).toBe('sys_en')
  })

  test('kernel functions come with those that start alike first', () => {
    expect(labels('kprobe:vfs_w$0').at(0)).toBe('vfs_write')
    expect(labels('kprobe:read$0').at(0)).toBe('vfs_read')
    expect(labels('BEGIN { }\nfentry:$0\nEND { }')).toEqual(['vfs_read', 'vfs_write', 'vfs_open', 'ext4', 'vmlinux'])
  })

  test('a second attach point after a comma', () => {
    expect(labels('kprobe:vfs_read,\n$0')).toContain('kretprobe')
    expect(labels('kprobe:vfs_read, tracepoint:sched:$0')).toEqual(['sched_switch'])
  })

  test('nothing written yet: what people trace first, not what the alphabet has first', () => {
    const kernel = { ...smallKernel, names: () => ['.L1', 'BUG_func', 'aa_af_perm', 'vfs_read'] }
    const { context, offset } = fixture('kprobe:$0', { kernel })
    const offered = complete(context, offset).items.toSorted((a, b) => a.rank - b.rank)
    expect(offered.map(({ label }) => label).slice(0, 2)).toEqual(['vfs_read', 'aa_af_perm'])
  })

  test('how many bytes a watchpoint watches, and for what', () => {
    expect(labels('watchpoint:0x1000:$0')).toEqual(['8', '4', '2', '1'])
    expect(labels('watchpoint:0x1000:8:$0')).toEqual(['w', 'r', 'rw', 'x'])
  })

  test('units and events of the catalog', () => {
    expect(labels('profile:$0').at(0)).toBe('hz')
    expect(labels('profile:hz:$0').at(0)).toBe('99')
    expect(labels('software:$0')).toContain('page-faults')
    expect(labels('iter:$0')).toContain('task_file')
  })

  test('more names than can be listed are said to be more', () => {
    const many = Array.from({ length: 1000 }, (_, n) => `fn_${String(n).padStart(4, '0')}`)
    const { context, offset } = fixture('kprobe:fn$0')
    const kernel = { ...context.kernel, names: () => many }
    const found = complete({ ...context, kernel }, offset)
    expect(found.incomplete).toBe(true)
    expect(found.items.length).toBeLessThan(1000)
  })
})

describe('in an action block', () => {
  test.each([
    ['an empty block', 'kprobe:vfs_read { $0 }'],
    ['a block that is never closed', 'kprobe:vfs_read { $0'],
    ['an unclosed inner block', 'kprobe:vfs_read { if (1) { print(1); } $0'],
    ['a predicate', 'kprobe:vfs_read / $0 / { }'],
    ['an argument', 'kprobe:vfs_read { printf("%d", $0'],
    ['an argument of a call that is not closed, some blanks on', 'kprobe:vfs_read { @a = lhist(1,  $0'],
    ['a predicate that is not closed', 'kprobe:vfs_read /pid == 1 && $0'],
  ])('builtins and functions are offered: %s', (_, source) => {
    expect(labels(source)).toEqual(expect.arrayContaining(['pid', 'comm', 'arg0', 'ksym']))
  })

  test('only builtins that are valid in this probe', () => {
    expect(labels('kprobe:vfs_read { $0 }')).not.toContain('retval')
    expect(labels('kretprobe:vfs_read { $0 }')).toContain('retval')
    expect(labels('kretprobe:vfs_read { $0 }')).not.toContain('arg0')
    expect(labels('kretprobe:a, kprobe:a { $0 }')).not.toContain('retval')
  })

  test('statements only where one can start', () => {
    expect(labels('BEGIN { $0 }')).toContain('if')
    expect(labels('BEGIN { print($0) }')).not.toContain('if')
    expect(labels('BEGIN { @a = 1; $0 }')).toContain('unroll')
  })

  test('a function opens its parentheses unless they are there', () => {
    expect(item('BEGIN { pri$0 }', 'printf')).toMatchObject({ insert: 'printf($0)', next: 'signature' })
    expect(item('BEGIN { pri$0("") }', 'printf').insert).toBe('printf')
  })

  test('the word with its sigil is replaced', () => {
    expect(replaced('BEGIN { $foo = 1; print($fo$0) }')).toBe('$fo')
    expect(replaced('BEGIN { @total = 1; print(@to$0) }')).toBe('@to')
  })

  test('variables in scope and positional parameters', () => {
    const source = 'BEGIN { $start = 1; if (1) { $inner = 2; } print($$0); } END { $other = 1; }'
    expect(labels(source)).toEqual(['$start', '$1', '$2', '$#'])
  })

  test('positional parameters: those in use and the next', () => {
    expect(labels('BEGIN { print($3); print($$0) }')).toEqual(['$1', '$2', '$3', '$4', '$#'])
  })

  test('raw arguments of a kernel function, as the kernel declares them', () => {
    expect(item('kprobe:vfs_read { $0 }', 'arg0').detail).toBe('struct file *file')
    expect(labels('kprobe:vfs_read { $0 }')).not.toContain('arg2')
    expect(item('kprobe:unknown { $0 }', 'arg5').detail).toBe('uint64')
  })

  test('constants of the kernel, once a capital is written', () => {
    expect(labels('BEGIN { print(PIDT$0) }')).toEqual(expect.arrayContaining(['PIDTYPE_PGID', 'PIDTYPE_PID']))
    expect(labels('BEGIN { print($0) }')).not.toContain('PIDTYPE_PID')
  })

  test('what is being typed is no reason to offer it', () => {
    expect(labels('BEGIN { print(@to$0) }')).toEqual([])
    expect(labels('BEGIN { @total = 1; print(@to$0) }')).toEqual(['@total'])
  })

  test('maps of the whole script, alone where a map is due', () => {
    expect(labels('BEGIN { @a = 1; } END { @$0 }')).toContain('@a')
    expect(labels('BEGIN { @a = 1; } END { clear($0) }')).toEqual(['@a'])
    expect(labels('BEGIN { @a = 1; } END { print($0) }')).toEqual(expect.arrayContaining(['@a', 'nsecs']))
  })

  test('arguments that are one of a few words', () => {
    expect(labels('kprobe:a { @[kstack($0)] = count(); }').slice(0, 2)).toEqual(['bpftrace', 'perf'])
    expect(labels('BEGIN { print(nsecs($0)); }').slice(0, 2)).toEqual(['monotonic', 'boot'])
    expect(labels('BEGIN { signal("$0") }')).toContain('SIGKILL')
  })

  test('conversions in a format string, and nothing in other strings', () => {
    expect(labels('BEGIN { printf("%$0", 1); }')).toEqual(expect.arrayContaining(['%d', '%s', '%r']))
    expect(labels('BEGIN { printf("$0", 1); }')).toEqual([])
    expect(labels('BEGIN { strftime("%$0", nsecs); }')).toContain('%H:%M:%S')
  })

  test('names of structs after the keyword', () => {
    expect(labels('BEGIN { $t = (struct ta$0 }')).toEqual(['task_struct'])
    expect(labels('struct mine { int a; };\nBEGIN { $t = (struct $0 }').at(0)).toBe('mine')
    expect(item('BEGIN { $t = ($0', 'struct')).toMatchObject({ insert: 'struct ', next: 'completion' })
  })

  test('macros of the script and their parameters', () => {
    expect(labels('macro twice(x) { x * $0 }')).toContain('x')
    expect(labels('macro twice(x) { x * 2 } BEGIN { $0 }')).toContain('twice')
  })
})

describe('behind a dot or an arrow', () => {
  const openat = 'tracepoint:syscalls:sys_enter_openat'

  test.each([
    ['a cast pointer', 'kprobe:f { $t = (struct task_struct *)arg0; print($t->$0) }'],
    ['a builtin', 'kprobe:f { print(curtask->$0) }'],
    ['a cast in parentheses', 'kprobe:f { print(((struct task_struct *)arg0)->$0) }'],
    ['a field of a field', 'kprobe:f { print(curtask->parent->$0'],
  ])('the fields of the struct: %s', (_, source) => {
    expect(labels(source)).toEqual(['pid', 'comm', 'parent'])
  })

  test('a half-typed field', () => {
    expect(labels('kprobe:f { print(curtask->par$0) }')).toContain('parent')
    expect(replaced('kprobe:f { print(curtask->par$0) }')).toBe('par')
  })

  test('the fields of a tracepoint and the parameters of a function', () => {
    expect(labels(`${openat} { print(args.$0) }`)).toContain('filename')
    expect(labels('fentry:vfs_read { print(args.$0) }')).toEqual(['file', 'count'])
    expect(labels(`${openat}, fentry:vfs_read { print(args.$0) }`)).toEqual([])
  })

  test('the long text about a field says what its numbers mean, about a function what it takes', () => {
    const { context } = fixture(openat)
    const about = (source: string, label: string) => {
      const { topic } = item(source, label)
      return topic && documentation(context, topic)
    }
    expect(about(`${openat} { print(args.$0) }`, 'flags')).toContain('O_CREAT')
    expect(about(`${openat} { print(args.$0) }`, 'filename')).toBeUndefined()
    expect(about('kprobe:vfs_$0', 'vfs_read')).toContain('ssize_t vfs_read(struct file *file, size_t count);')
  })

  test('a dot takes the field and goes on', () => {
    expect(item('kprobe:f { print(curtask->$0) }', 'parent').chosenBy).toContain('.')
  })

  test('a struct of the script, a tuple', () => {
    expect(labels('struct m { int foo; };\nBEGIN { $m = (struct m *)0; print($m->$0); }')).toEqual(['foo'])
    expect(labels('BEGIN { $t = (1, "a"); print($t.$0); }')).toEqual(['0', '1'])
  })
})

describe('what is asked for by typing one character', () => {
  const typed = (marked: string, character: string) => {
    const { context, offset } = fixture(marked)
    return complete(context, offset, { typed: character }).items.length
  }

  test.each([
    ['kprobe:$0', ':'],
    ['kprobe:f { print(curtask->$0) }', '>'],
    ['BEGIN { printf("%$0") }', '%'],
    ['BEGIN { print($1); $$0 }', '$'],
    ['#$0', '#'],
  ])('is offered where the character leads to it: %s', (source, character) => {
    expect(typed(source, character)).toBeGreaterThan(0)
  })

  test.each([
    ['BEGIN { print(1 / $0) }', '/'],
    ['BEGIN { print(1 > $0) }', '>'],
    ['BEGIN { print(1 % $0) }', '%'],
    ['BEGIN { print(1 ? 2 : $0) }', ':'],
    ['BEGIN { print("$0") }', '"'],
  ])('is nothing where it means something else: %s', (source, character) => {
    expect(typed(source, character)).toBe(0)
  })
})

describe('in the head of the file', () => {
  const files = (_: string, written: string) =>
    ['shared.bt', 'shared/', 'linux/sched.h'].filter((name) => name.startsWith(written))
  const inserts = (marked: string) => {
    const { context, offset } = fixture(marked)
    return complete(context, offset, { files }).items.map(({ insert }) => insert)
  }

  test('paths of imports and includes, closed where the editor has not closed them', () => {
    expect(inserts('import "sh$0"')).toEqual(['shared.bt', 'shared/'])
    expect(inserts('import "sh$0')).toEqual(['shared.bt"', 'shared/'])
    expect(inserts('import $0')).toEqual(['"shared.bt"', '"shared/', '"linux/sched.h"'])
    expect(inserts('#include <linux/$0')).toEqual(['linux/sched.h>'])
    expect(inserts('#include "linux/$0"')).toEqual(['linux/sched.h'])
  })

  test('directives after a hash', () => {
    expect(labels('#inc$0')).toContain('#include <…>')
    expect(replaced('#inc$0')).toBe('#inc')
  })

  test('what a map is declared as, and no probes in the head of a macro', () => {
    expect(labels('let @a = $0')).toEqual(['hash', 'lruhash', 'percpuhash', 'percpulruhash'])
    expect(labels('macro twice($0')).toEqual([])
  })
})

describe('in the config block', () => {
  test('keys and the values of a key', () => {
    expect(labels('config = { $0 }')).toContain('max_map_keys')
    expect(labels('config = { stack_mode = $0 }')).toContain('perf')
  })
})

describe('nowhere', () => {
  test.each([
    '// $0',
    '/* $0 */ BEGIN { }',
    '#include <$0', // no files are known here
    'struct a { $0 };',
    'BEGIN { print(12$0) }',
    'BEGIN { // a$0\n }',
  ])('nothing is offered in %s', (source) => {
    expect(labels(source)).toEqual([])
  })
})
