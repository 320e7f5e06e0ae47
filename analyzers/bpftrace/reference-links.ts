/** Where the world documents the language and the system calls: addresses of pages, made from names. */

const documents = 'https://github.com/bpftrace/bpftrace/blob/master/docs'

/** Headings of the language document that several probe types share. */
const probeHeadings: Readonly<Record<string, string>> = {
  begin: 'beginend',
  end: 'beginend',
  kprobe: 'kprobe-and-kretprobe',
  kretprobe: 'kprobe-and-kretprobe',
  fentry: 'fentry-and-fexit',
  fexit: 'fentry-and-fexit',
  kfunc: 'fentry-and-fexit',
  kretfunc: 'fentry-and-fexit',
  uprobe: 'uprobe-uretprobe',
  uretprobe: 'uprobe-uretprobe',
  iter: 'iterator',
  asyncwatchpoint: 'watchpoint',
}

export function helperPage(name: string): string {
  return `${documents}/stdlib.md#${name}`
}

export function probePage(name: string): string {
  return `${documents}/language.md#${probeHeadings[name] ?? name}`
}

export function configPage(name: string): string {
  return `${documents}/language.md#${name.startsWith('unstable_') ? 'unstable-features' : name}`
}

export const manualPage = 'https://manpages.debian.org/bpftrace.8'

/** `syscalls:sys_enter_openat` has a manual page of its own. */
export function systemCallPage(category: string, event: string): string | undefined {
  const name = category === 'syscalls' ? /^sys_(?:enter|exit)_(?:new)?(\w+)$/.exec(event)?.[1] : undefined
  return name ? `https://man7.org/linux/man-pages/man2/${name}.2.html` : undefined
}
