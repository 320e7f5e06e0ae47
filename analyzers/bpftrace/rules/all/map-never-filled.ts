import type { Span } from '../../diagnostic.ts'
import { assignmentMean } from '../../diagnostics/fixes.ts'
import { nearest } from '../../spelling/nearest.ts'
import type { Node } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { atLeast } from '../../version.ts'
import { rule } from '../rule.ts'

export default rule({
  code: 'map-never-filled',
  title: 'Map that nothing is put into',
  severity: 'warning',
  verdict: null,
  docs: `The compiler gives a map that is only read the type of a number, and each of its values is 0. Most often its name is
misspelt, or the probe that should fill it is missing.`,
  bad: 'kprobe:vfs_read { @start[tid] = nsecs; } kretprobe:vfs_read /@strat[tid]/ { delete(@start, tid); }',
  good: 'kprobe:vfs_read { @start[tid] = nsecs; } kretprobe:vfs_read /@start[tid]/ { delete(@start, tid); }',
  acrossProbes: true,
  *check(context) {
    const { tree, catalog } = context
    // Older compilers say so themselves, and what is imported may fill any map.
    if (!atLeast(catalog.version, '0.24') || tree.program.items.some((item) => item.kind === 'Import')) return
    if (everyMapIsWritten(tree)) return
    const maps = context.symbols.all.filter(({ kind }) => kind === 'map')
    const isFilled = (map: (typeof maps)[number]) =>
      map.occurrences.some(({ access, span }) => access !== 'read' && !isDeleted(tree.source, span))
    const empty = new Set(maps.filter((map) => !isFilled(map)))
    const filled = maps.flatMap((map) => (empty.has(map) ? [] : [map.name.slice(1)]))
    for (const map of empty) {
      // A map as a whole is given to functions and macros, and where it may not be the compiler says so.
      const isKeyed = map.occurrences.every(({ span }) => hasKey(tree.source, span))
      const [first] = map.occurrences
      if (!first || !isKeyed) continue
      const meant = nearest(map.name.slice(1), filled, { few: true })
      const edits = map.occurrences.map(({ span }) => ({ span, newText: `@${meant?.name}` }))
      const every = meant ? [{ title: `Replace with \`@${meant.name}\``, edits, safe: false }] : []
      yield {
        span: first.span,
        message: `Nothing is ever put into \`${map.name}\`${meant ? `; did you mean \`@${meant.name}\`?` : ''}`,
        fixes: [
          ...assignmentMean(
            map.name,
            filled.map((name) => `@${name}`),
            tree.source,
          ),
          ...every,
        ],
      }
    }
  },
})

/** Quickly found out of nearly all programs; macros have maps of their own, and then it is not. */
function everyMapIsWritten({ program: { items } }: SyntaxTree): boolean {
  if (items.some(({ kind }) => kind === 'Macro')) return false
  const written = new Set<string>()
  for (const item of items) {
    const { assignments, updates } = nodesIn(item)
    for (const { target } of assignments) noteMap(target, written)
    for (const { operand } of updates) noteMap(operand, written)
  }
  return items.every((item) => nodesIn(item).mapReferences.every(({ name }) => written.has(name)))
}

function noteMap(written: Node, names: Set<string>): void {
  if (written.kind === 'MapReference') names.add(written.name)
  else if (written.kind === 'MapAccess') names.add(written.map.name)
}

/** Followed by its key, in brackets or as some versions take it: `delete(@start, tid)`, even of a map that nobody knows. */
const hasKey = (source: string, span: Span): boolean =>
  /^\s*\[/.test(source.slice(span.end, span.end + FAR)) || isDeleted(source, span)

const FAR = 100

const isDeleted = (source: string, { start }: Span): boolean =>
  /\b(?:delete|has_key)\s*\(\s*$/.test(source.slice(Math.max(0, start - FAR), start))
