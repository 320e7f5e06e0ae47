/**
 * What makes a program work on one kernel and not on another, as data: functions, tracepoints, members of structures and
 * arguments of tracepoints that came, went or were renamed, each with the Linux releases and the source it was read
 * from. Releases are the first that have the change.
 */
import { changedFunctions } from './kernel-changes/functions.ts'
import type { KernelChange } from './kernel-changes/kernel-change.ts'
import { changedMembers } from './kernel-changes/members.ts'
import { changedTracepoints } from './kernel-changes/tracepoints.ts'

export type { KernelChange }

export const kernelChanges: readonly KernelChange[] = [...changedFunctions, ...changedTracepoints, ...changedMembers]

const changesByName = new Map(kernelChanges.map((change) => [`${change.kind} ${change.name}`, change]))

export function kernelChange(kind: KernelChange['kind'], name: string): KernelChange | undefined {
  return changesByName.get(`${kind} ${name}`) ?? (kind === 'function' ? systemCallFunction(name) : undefined)
}

const fieldsOfChanges = new Set(
  kernelChanges
    .filter(({ kind }) => kind === 'member' || kind === 'argument')
    .flatMap(({ name, before = '', after = '' }) => `${name} ${before} ${after}`.match(/\w+/g) ?? []),
)

/** False for nearly every field: no change has to do with one that is called so, whatever it is a field of. */
export const mayHaveChanged = (field: string): boolean => fieldsOfChanges.has(field)

/** Before 4.17 the function of a system call was `sys_read`; since then each architecture puts a prefix before it. */
function systemCallFunction(name: string): KernelChange | undefined {
  const source = 'Linux d5a00528b58c and its kin, "syscalls/core, syscalls/x86: Rename struct pt_regs-based sys_*() to"'
  const plain = /^(?:sys|SyS)_([a-z0-9_]+)$/.exec(name)?.[1]
  if (plain !== undefined) {
    return { kind: 'function', name, gone: '4.17', after: `tracepoint:syscalls:sys_enter_${plain}`, source }
  }
  const call = /^__(x64|arm64|s390x|riscv)_sys_([a-z0-9_]+)$/.exec(name)
  if (call === null) return undefined
  return {
    kind: 'function',
    name,
    from: '4.17',
    before: `tracepoint:syscalls:sys_enter_${call[2]}`,
    note: `and only on ${call[1] === 'x64' ? 'x86-64' : call[1]}, whose name it carries`,
    source,
  }
}

/** `6.18.44` as a number to compare; `undefined` for text that is no release. */
export function releaseNumber(release: string): number | undefined {
  const match = /^(\d+)\.(\d+)/.exec(release)
  return match === null ? undefined : Number(match[1]) * 1000 + Number(match[2])
}
