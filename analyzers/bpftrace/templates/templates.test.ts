import { describe, expect, test } from 'vitest'
import { analyze } from '../analyze.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import { smallKernel } from '../testing/context.ts'
import { newestVersion, requireVersion } from '../version.ts'
import { findTemplates } from './find.ts'
import { parametersOf, renderTemplate, requireTemplate } from './render.ts'
import { template } from './template.ts'
import { templates } from './templates.generated.ts'

const target = (version: string) => ({ bpftrace: requireVersion(version), kernel: smallKernel })

function rendered(name: string, given: Record<string, unknown> = {}, version = '0.27') {
  const { program, notes } = renderTemplate(requireTemplate(name), given, target(version))
  return { text: program.replace(/\s+/g, ' '), notes: notes.join(' ') }
}

describe('the collection', () => {
  test('has one file and one question each', () => {
    expect(templates.length).toBeGreaterThanOrEqual(40)
    expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length)
    expect(new Set(templates.map(({ question }) => question)).size).toBe(templates.length)
    for (const { question, title } of templates) {
      expect(question).toMatch(/^[A-Z].*\?$/)
      expect(title).not.toMatch(/[.?]$/)
    }
  })

  test.each([
    ['slow disk', ['slow-block-io']],
    ['disk latency', ['block-latency', 'block-latency-heat']],
    ['tcp retransmissions', ['tcp-retransmits']],
    ['who waits for locks', ['futex-waits', 'kernel-locks', 'mutex-contention']],
    ['oom', ['oom-kills']],
  ])('"%s" finds the right ones first', (query, expected) => {
    const found = findTemplates({ query }).map(({ name }) => name)
    expect(found.slice(0, expected.length).toSorted()).toEqual(expected)
  })

  test('a tag narrows', () => {
    expect(findTemplates({ tag: 'dns' }).map(({ name }) => name)).toEqual(['dns-latency'])
  })

  test('a name that is none is told with those near it', () => {
    expect(() => requireTemplate('tcp-stuff')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('tcp-states') }),
    )
  })
})

describe('parameters', () => {
  test('filters become the predicate', () => {
    const { text } = rendered('syscalls-by-process', { pid: 7, comm: 'a"b\\c', cgroup: '/sys/fs/cgroup/x' })
    expect(text).toContain('/pid == 7 && comm == "a\\"b\\\\c" && cgroup == cgroupid("/sys/fs/cgroup/x")/')
  })

  test('every template can end by itself', () => {
    for (const each of templates) {
      expect(Object.keys(parametersOf(each))).toContain('duration')
      if (each.since === '0.17')
        expect(rendered(each.name, { duration: '5s' }).text).toContain('interval:5s { exit(); }')
    }
  })

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['syscall-counts', { pid: 0 }, /pid.*whole number/],
    ['syscall-counts', { pid: '1; exit()' }, /pid/],
    ['syscall-counts', { comm: 'sixteen-bytes-xx' }, /comm/],
    ['syscall-counts', { comm: 'a\nb' }, /comm/],
    ['syscall-counts', { cgroup: '/a"); exit(); //' }, /cgroup/],
    ['syscall-counts', { interval: '10us' }, /interval/],
    ['syscall-counts', { interval: 'soon' }, /interval/],
    ['syscall-counts', { pidd: 1 }, /no parameter `pidd`/],
    ['syscall-latency', { syscall: 'read { exit(); } kprobe:x' }, /syscall/],
    ['event-counts', { probe: 'kprobe:f { exit(); } kprobe:g' }, /attach point/],
    ['event-counts', { probe: 'kprobe:f /pid == 1/' }, /attach point/],
    ['event-counts', { probe: '// x' }, /attach point/],
    ['event-counts', { key: 'shoe size' }, /one of comm/],
    ['kernel-function-latency', { function: 'vfs_*' }, /function/],
    ['malloc-sizes', { path: '/lib/a b.so' }, /path/],
    ['file-opens', { failed: 'maybe' }, /true or false/],
  ])('%s with %o is refused with a reason', (name, given, message) => {
    expect(() => rendered(name, given)).toThrow(message)
  })

  test('one that must be given is asked for', () => {
    const needy = template({
      name: 'needy',
      title: 'Needs a value',
      question: 'What?',
      tags: [],
      parameters: {
        value: { type: 'integer', description: 'A value', required: true, example: 3, read: (given) => given },
      },
      render: () => 'begin { exit(); }',
    })
    expect(() => renderTemplate(needy, {}, target('0.27'))).toThrow(/`value` is missing/)
  })
})

describe('the target', () => {
  test('an older version gets its own spelling', () => {
    const { text, notes } = rendered('file-opens', {}, '0.17')
    expect(text).toContain('BEGIN {')
    expect(text).toContain('args->filename')
    expect(text).toContain('delete(@path[tid])')
    expect(notes).toContain('0.17')
  })

  test('what the version has no function for is said', () => {
    expect(rendered('syscall-counts').text).toContain('syscall_name(args.id)')
    const older = rendered('syscall-counts', {}, '0.17')
    expect(older.text).toContain('@calls[args->id]')
    expect(older.notes).toContain('syscall_name')
  })

  test('a template that needs a newer version says so', () => {
    expect(() => rendered('time-series', {}, '0.17')).toThrow(/needs bpftrace 0.24/)
  })

  test('fentry where the kernel at hand has types for the function, else kprobe', () => {
    expect(rendered('kernel-function-latency').text).toContain('fentry:vfs_read')
    expect(rendered('kernel-function-latency', { function: 'vfs_fsync' }).text).toContain('kprobe:vfs_fsync')
    expect(rendered('kernel-function-latency', {}, '0.17').text).toContain('kprobe:vfs_read')
  })

  test('kprobe and not fentry where the kernel was not built for it, or does not let functions be traced', () => {
    const read = (kernel: Partial<KernelFacts>, name = 'kernel-function-latency', version = '0.27') => {
      const bpftrace = requireVersion(version)
      const { program, notes } = renderTemplate(
        requireTemplate(name),
        {},
        { bpftrace, kernel: { ...smallKernel, ...kernel } },
      )
      return { program, notes: notes.join(' ') }
    }
    const built = (...without: string[]) => ({ config: new Map(without.map((option) => [option, 'n'] as const)) })
    const noJit = read(built('CONFIG_BPF_JIT'))
    expect(noJit.program).toContain('kprobe:vfs_read')
    expect(noJit.notes).toMatch(/not the cheaper fentry: this kernel was built without CONFIG_BPF_JIT\./)
    expect(read({ functionTracing: false }).notes).toMatch(/fentry: this kernel does not let functions be traced\./)
    expect(read({ functionTracing: true }).program).toContain('fentry:vfs_read')
    const neither = read({ ...built('CONFIG_KPROBES'), functionTracing: false })
    expect(neither.notes).toMatch(/kprobe:vfs_read will not attach.*without CONFIG_KPROBES\. Nor will fentry/)
    expect(read(built('CONFIG_KPROBES')).program).toContain('fentry:vfs_read')
    expect(read(built('CONFIG_KPROBES'), 'kernel-function-counts').notes).toMatch(/kprobe:vfs_\* will not attach/)
    expect(read(built('CONFIG_FPROBE'), 'kernel-function-counts').notes).toMatch(/without CONFIG_FPROBE/)
    expect(read(built('CONFIG_BPF_JIT'), 'kernel-function-latency', '0.17').notes).not.toMatch(/fentry/)
  })

  test('arguments and results of a function by name where the kernel has their types, else by position', () => {
    expect(rendered('kernel-function-argument', { argument: 1 }).text).toContain('hist(args.count)')
    expect(rendered('kernel-function-argument', { argument: 0 }).text).toContain('hist((uint64)args.file)')
    expect(rendered('kernel-function-argument', { argument: 5 }).text).toMatch(/kprobe:vfs_read.*hist\(arg5\)/)
    expect(rendered('kernel-function-return', { function: 'vfs_read' }).text).toContain('fexit:vfs_read')
    expect(rendered('kernel-function-return', { function: 'vfs_write' }).text).toContain('kretprobe:vfs_write')
  })

  test('a version that warns of what templates leave to the compiler gets it written out', () => {
    expect(rendered('syscall-latency').text).toContain('hist((uint64)((int64)nsecs - (int64)@start[tid]) / 1000)')
    expect(rendered('syscall-latency').text).toContain('_ = delete(@start, tid);')
    expect(rendered('syscall-latency', {}, '0.23').text).toContain('hist((nsecs - @start[tid]) / 1000)')
    for (const each of templates) {
      const { program } = renderTemplate(each, {}, target('0.27'))
      const { diagnostics } = analyze(program, { ...target('0.27') })
      const silenced = diagnostics.filter(({ fixes }) => fixes.length > 0)
      expect([each.name, silenced.map(({ message }) => message)]).toEqual([each.name, []])
    }
  })

  test('another probe where the kernel lacks the tracepoint', () => {
    const { text, notes } = rendered('kernel-locks')
    expect(text).toContain('kprobe:__mutex_lock_slowpath')
    expect(notes).toContain('5.19')
  })

  test('a version newer than anything known is judged as the newest', () => {
    const { program, notes } = renderTemplate(requireTemplate('forks'), {}, target('9.9'))
    expect(program).toBe(
      renderTemplate(requireTemplate('forks'), {}, { ...target('0.27'), bpftrace: newestVersion }).program,
    )
    expect(notes.join(' ')).toContain('9.9.0')
  })
})
