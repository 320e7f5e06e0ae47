import { describe, expect, test } from 'vitest'
import { smallKernel } from '../testing/context.ts'
import { requireVersion } from '../version.ts'
import { parameterValues } from './parameter-values.ts'
import { requireTemplate } from './render.ts'

const kernel = {
  ...smallKernel,
  binaries: {
    find: (target: string) =>
      target === '/opt/app'
        ? {
            path: '/opt/app',
            functions: ['app_read', 'app_write'],
            usdt: [{ provider: 'app', name: 'tick', arguments: 1 }],
          }
        : undefined,
    paths: (prefix: string) => ['/opt/app', '/opt/lib/'].filter((each) => each.startsWith(prefix)),
  },
}

function values(template: string, parameter: string, text: string, given: Record<string, string> = {}) {
  const found = parameterValues(requireTemplate(template), parameter, text, given, {
    bpftrace: requireVersion('0.27'),
    kernel,
  })
  return found.values.map(({ value, isPart }) => (isPart ? `${value}…` : value))
}

describe('a probe', () => {
  test('is completed level by level', () => {
    expect(values('latency-between', 'start', 'trace')).toContain('tracepoint:…')
    expect(values('latency-between', 'start', 'tracepoint:sch')).toContain('tracepoint:sched:…')
    expect(values('latency-between', 'start', 'tracepoint:sched:')).toContain('tracepoint:sched:sched_switch')
  })

  test('may be one of several', () => {
    expect(values('event-counts', 'probe', 'kprobe:vfs_read,kprobe:vfs_r')).toContain('kprobe:vfs_read,kprobe:vfs_read')
  })
})

test('a kernel function is offered by its name alone', () => {
  expect(values('kernel-function-latency', 'function', 'vfs_r')).toEqual(['vfs_read'])
})

test('a system call is offered as its tracepoint has it', () => {
  expect(values('syscall-latency', 'syscall', 'op')).toEqual(['openat'])
})

test('paths, and functions and static probes of the program that another parameter names', () => {
  expect(values('user-function-counts', 'path', '/opt/')).toEqual(['/opt/app', '/opt/lib/…'])
  expect(values('user-function-counts', 'function', 'app_', { path: '/opt/app' })).toEqual(['app_read', 'app_write'])
  expect(values('user-function-counts', 'function', 'app_', { path: '/opt/none' })).toEqual([])
  expect(values('usdt-counts', 'probe', '', { path: '/opt/app', provider: 'app' })).toEqual(['tick'])
})

test('what nobody can know has no values', () => {
  expect(values('off-cpu', 'comm', 'ng')).toEqual([])
  expect(values('off-cpu', 'no such', 'ng')).toEqual([])
})
