/**
 * Which templates are composed with which: every pair by itself, or in groups in which every pair is together exactly
 * once, so that a few compositions ask about all of them. The groups are the lines of a plane over the numbers modulo a
 * prime, whose points are the templates: two points have one line in common.
 */
import { compose, type Operation } from '../analyzers/bpftrace/compose/compose.ts'
import type { KernelFacts } from '../analyzers/bpftrace/kernel-facts.ts'
import { renderTemplate } from '../analyzers/bpftrace/templates/render.ts'
import { templates } from '../analyzers/bpftrace/templates/templates.generated.ts'
import { atLeast, type Version } from '../analyzers/bpftrace/version.ts'

/** A library that each of the Debian trees has; only the newest has OpenSSL. */
export const libc = '/usr/lib/x86_64-linux-gnu/libc.so.6'

export function everyPair<Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second) => [first, second] as const))
}

/** Groups of about the square root of their number; each pair of items is in exactly one. */
export function groupsOfAllPairs<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const prime = primeFrom(Math.ceil(Math.sqrt(items.length)))
  const lines = Array.from({ length: prime * (prime + 1) }, (): Item[] => [])
  for (const [index, item] of items.entries()) {
    const [x, y] = [index % prime, Math.floor(index / prime)]
    for (let slope = 0; slope < prime; slope++) lines[slope * prime + ((y + slope * x) % prime)]?.push(item)
    lines[prime * prime + x]?.push(item)
  }
  return lines.filter(({ length }) => length > 1)
}

function primeFrom(least: number): number {
  const isPrime = (n: number) => n > 1 && !Array.from({ length: n }, (_, i) => i).some((i) => i > 1 && n % i === 0)
  let candidate = Math.max(2, least)
  while (!isPrime(candidate)) candidate++
  return candidate
}

const operations: readonly Operation[] = [
  { kind: 'filter', condition: 'pid != 1 || uid == 0' },
  { kind: 'time_limit', duration: '10s' },
  { kind: 'begin_text', text: 'begins' },
  { kind: 'end_text', text: 'ends: 100%' },
]

/** The templates of these names in one program, with something added to all of them. */
export function composed(names: readonly string[], bpftrace: Version, kernel: KernelFacts): string {
  const parts = names.map((name) => {
    const template = templates.find((each) => each.name === name)
    if (template === undefined) throw new Error(`no template ${name}`)
    return renderTemplate(template, libraryFor(name, bpftrace), { bpftrace, kernel }).program
  })
  return compose(parts, operations, { bpftrace }).program
}

function libraryFor(name: string, version: Version): Readonly<Record<string, string>> {
  if (name === 'usdt-counts') return { path: libc }
  return name.startsWith('tls-') && !atLeast(version, '0.27') ? { path: libc } : {}
}
