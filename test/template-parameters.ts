/**
 * Random valid parameters of templates, from the definitions of the parameters themselves, for tests that want many
 * different programs of a template.
 */
import fc from 'fast-check'
import type { Parameter } from '../analyzers/bpftrace/templates/parameters.ts'
import { parametersOf } from '../analyzers/bpftrace/templates/render.ts'
import type { Template } from '../analyzers/bpftrace/templates/template.ts'

type Given = Record<string, string | number | boolean>

/** What a test's machine has, where a value must name something that is there. */
export interface Machine {
  readonly probes: readonly string[]
  readonly functions: readonly string[]
  readonly paths: readonly string[]
}

const anywhere: Machine = {
  probes: [
    'tracepoint:sched:sched_switch',
    'tracepoint:syscalls:sys_enter_openat,tracepoint:syscalls:sys_enter_open',
    'kprobe:vfs_read',
    'software:faults:100',
    'profile:hz:99',
  ],
  functions: ['vfs_read', 'vfs_write', 'tcp_sendmsg', 'do_nanosleep'],
  paths: ['libc', '/usr/lib/x86_64-linux-gnu/libc.so.6', '/opt/app+plus/lib-1.2/libx.so'],
}

export function parametersArbitrary(template: Template, machine: Machine = anywhere): fc.Arbitrary<Given> {
  const values = Object.entries(parametersOf(template)).map(([name, parameter]) => {
    const value = valueArbitrary(name, parameter, machine)
    // Half of the optional ones are left out.
    return [name, parameter.required ? value : fc.option(value, { nil: undefined })] as const
  })
  return fc.record(Object.fromEntries(values)).map((given) => {
    const present = Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    return Object.fromEntries(present)
  })
}

function valueArbitrary(
  name: string,
  parameter: Parameter<unknown>,
  machine: Machine,
): fc.Arbitrary<string | number | boolean> {
  switch (parameter.type) {
    case 'integer':
      return fc.integer({ min: parameter.minimum ?? 1, max: parameter.maximum ?? 1_000_000 })
    case 'boolean':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...(parameter.choices ?? []))
    case 'duration':
      return fc
        .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('us', 'ms', 's', 'm'))
        .map(([count, unit]) => `${count}${unit}`)
        .filter((text) => isValid(parameter, text))
    case 'comm':
      return fc.string({ minLength: 1, maxLength: 15, unit: 'grapheme' }).filter((text) => isValid(parameter, text))
    case 'cgroup':
      // A path is resolved while compiling, so it must be there: numbers serve everywhere.
      return fc.integer({ min: 1, max: 1_000_000 })
    case 'probe':
      return fc.constantFrom(...machine.probes)
    case 'function':
      return fc.constantFrom(...machine.functions)
    case 'symbol':
      return fc.constantFrom('malloc', 'free', 'fopen')
    case 'path':
      return fc.constantFrom(...machine.paths)
    case 'text':
      return name === 'syscall'
        ? fc.constantFrom('read', 'write', 'openat', 'futex')
        : fc.constantFrom(String(parameter.default))
  }
}

function isValid(parameter: Parameter<unknown>, value: unknown): boolean {
  try {
    parameter.read(value, 'value')
    return true
  } catch {
    return false
  }
}
