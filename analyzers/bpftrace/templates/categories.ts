/**
 * The few headings under which people look for a template, and the subject (a template's first tag) that belongs to
 * each. A test holds that every template has one.
 */
import type { Template } from './template.ts'

/** In the order of lists: from what most people ask first to what is for any event. */
export const categories = [
  'CPU and scheduler',
  'Disks and files',
  'Memory',
  'Network',
  'Processes',
  'System calls',
  'Locks and kernel',
  'Programs and libraries',
  'Any event',
] as const
export type Category = (typeof categories)[number]

const subjects: Readonly<Record<Category, readonly string[]>> = {
  'CPU and scheduler': ['CPU', 'scheduler'],
  'Disks and files': ['block I/O', 'files', 'file systems'],
  Memory: ['memory'],
  Network: ['network'],
  Processes: ['processes', 'security', 'signals'],
  'System calls': ['syscalls'],
  'Locks and kernel': ['locks', 'interrupts', 'kernel'],
  'Programs and libraries': ['uprobe', 'USDT'],
  'Any event': ['cgroups', 'counts', 'time series', 'stacks', 'latency'],
}

/** Undefined for a template whose first tag is in no list. */
export function categoryOf({ tags: [subject] }: Pick<Template, 'tags'>): Category | undefined {
  return categories.find((category) => subject !== undefined && subjects[category].includes(subject))
}
