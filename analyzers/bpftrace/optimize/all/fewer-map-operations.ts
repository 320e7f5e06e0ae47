import type { TextEdit } from '../../diagnostic.ts'
import type { Block, MapAccess, Node, Statement } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import {
  contains,
  type OptimizeContext,
  optimization,
  probesOf,
  type Suggestion,
  sourceOf,
  variablesOf,
} from '../optimization.ts'

export default optimization({
  name: 'fewer-map-operations',
  title: 'Look a map entry up once',
  examples: [
    {
      before:
        'kprobe:vfs_read { @a[tid] = nsecs; } kretprobe:vfs_read { @b = max(nsecs - @a[tid]); @c = sum(nsecs - @a[tid]); }',
      after:
        'fentry:vfs_read { @a[tid] = nsecs; } fexit:vfs_read { $a = @a[tid]; @b = max(nsecs - $a); @c = sum(nsecs - $a); }',
    },
  ],
  *find(context) {
    for (const probe of probesOf(context)) {
      const taken = variablesOf(probe)
      for (const block of blocksOf(probe.body)) {
        const suggestion = repeatedRead(context, block, taken)
        if (suggestion !== undefined) yield suggestion
      }
    }
  },
})

/** Outer blocks first: what is read once there need not be read within. */
function blocksOf(body: Block): Block[] {
  const blocks: Block[] = []
  walk(body, (node) => {
    if (node.kind === 'Block') blocks.push(node)
  })
  return blocks
}

interface Read {
  readonly node: MapAccess
  readonly statement: number
}

function repeatedRead(context: OptimizeContext, block: Block, taken: ReadonlySet<string>): Suggestion | undefined {
  const byText = new Map<string, Read[]>()
  block.statements.forEach((statement, index) => {
    for (const node of readsOf(statement)) {
      const text = sourceOf(context, node).replace(/\s+/g, '')
      byText.set(text, [...(byText.get(text) ?? []), { node, statement: index }])
    }
  })
  for (const reads of byText.values()) {
    const [first] = reads
    if (first === undefined || reads.length < 2 || !isPlain(context, first.node)) continue
    const stable = stableReads(block.statements, reads)
    if (stable.length < 2) continue
    const start = block.statements[first.statement]?.span.start
    if (start === undefined) continue
    const name = variableName(first.node.map.name, taken)
    const edits: TextEdit[] = [
      { span: { start, end: start }, newText: `${name} = ${sourceOf(context, first.node)};\n` },
      ...stable.map(({ node }) => ({ span: node.span, newText: name })),
    ]
    // An insertion and a replacement at one place are one edit.
    const merged = stable[0]?.node.span.start === start ? mergedAt(start, edits) : edits
    return {
      span: first.node.span,
      reason: `\`${sourceOf(context, first.node)}\` is looked up ${stable.length} times; a scratch variable holds it after the first.`,
      edits: merged,
    }
  }
  return undefined
}

function mergedAt(start: number, [insertion, replacement, ...rest]: readonly TextEdit[]): TextEdit[] {
  if (insertion === undefined || replacement === undefined || replacement.span.start !== start) return []
  return [{ span: replacement.span, newText: insertion.newText + replacement.newText }, ...rest]
}

/** Accesses whose value is used; not those that are written, deleted or asked for their presence. */
function readsOf(statement: Statement): MapAccess[] {
  const reads: MapAccess[] = []
  const skipped = new Set<Node>()
  walk(statement, (node) => {
    if (node.kind === 'Assignment') skipped.add(node.target)
    if (node.kind === 'Update') skipped.add(node.operand)
    if (node.kind === 'AddressOf') skipped.add(node.operand)
    if (node.kind === 'Call' && /^(delete|print|has_key|clear|zero|len)$/.test(node.callee.text)) {
      for (const each of node.arguments) skipped.add(each)
    }
    if (node.kind === 'MapAccess' && !skipped.has(node)) reads.push(node)
  })
  return reads
}

/** Numbers and pointers: a string or a stack in a variable costs more than it saves. */
function isPlain(context: OptimizeContext, access: MapAccess): boolean {
  const value = context.types.map(access.map.name)?.value
  const isCheap = value?.kind === 'integer' || value?.kind === 'pointer'
  const hasCall = access.keys.some((key) => contains(key, ({ kind }) => kind === 'Call' || kind === 'Update'))
  return isCheap && !hasCall
}

/** The reads before anything changes the map or the variables of its key. */
function stableReads(statements: readonly Statement[], reads: readonly Read[]): Read[] {
  const [first] = reads
  if (first === undefined) return []
  const variables = new Set<string>()
  for (const key of first.node.keys) {
    walk(key, (node) => {
      if (node.kind === 'Variable') variables.add(node.name)
    })
  }
  let end = first.statement
  while (end < statements.length && !changes(statements[end], first.node.map.name, variables)) end++
  return reads.filter(({ statement }) => statement < end)
}

function changes(statement: Statement | undefined, map: string, variables: ReadonlySet<string>): boolean {
  if (statement === undefined) return true
  return contains(statement, (node) => {
    const target = node.kind === 'Assignment' ? node.target : node.kind === 'Update' ? node.operand : undefined
    if (target?.kind === 'Variable') return variables.has(target.name)
    if (target?.kind === 'MapAccess') return target.map.name === map
    if (target?.kind === 'MapReference') return target.name === map
    if (node.kind === 'VariableDeclaration')
      return node.variable.kind === 'Variable' && variables.has(node.variable.name)
    if (node.kind === 'Call' && /^(delete|clear|zero)$/.test(node.callee.text)) {
      return node.arguments.some((each) => contains(each, (part) => part.kind === 'MapReference' && part.name === map))
    }
    // A macro or a loop over the map may change anything.
    return (
      node.kind === 'AddressOf' ||
      (node.kind === 'For' && node.iterable.kind === 'MapReference' && node.iterable.name === map)
    )
  })
}

function variableName(map: string, taken: ReadonlySet<string>): string {
  const base = `$${map === '@' ? 'value' : map.slice(1)}`
  let name = base
  for (let i = 2; taken.has(name); i++) name = `${base}_${i}`
  return name
}
