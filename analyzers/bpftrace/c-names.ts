/**
 * The names that C definitions and preprocessor lines of a script introduce: types, enumerators and macros. A scan over
 * the text, enough to find and rename them; layouts are the C parser's business.
 */
import type { Span } from './diagnostic.ts'
import type { CDefinition, Preprocessor } from './syntax/ast.ts'
import type { SyntaxTree } from './syntax/tree.ts'

export interface CName {
  readonly kind: 'type' | 'constant'
  readonly name: string
  readonly span: Span
}

export function cNames(tree: SyntaxTree, node: CDefinition | Preprocessor): readonly CName[] {
  return node.kind === 'CDefinition' ? definitionNames(tree, node) : defineNames(tree, node)
}

/** Names that the C text uses: types after their keyword, and any other word, which may be a constant. */
export function cUses(tree: SyntaxTree, node: CDefinition | Preprocessor): readonly CName[] {
  if (node.kind === 'Preprocessor' && node.directive !== 'define') return []
  const text = blankComments(tree.source.slice(node.span.start, node.span.end))
  const declared = new Set(cNames(tree, node).map(({ span }) => span.start))
  const uses: CName[] = []
  for (const match of text.matchAll(/\b(?:(?:struct|union|enum)\s+)?([A-Za-z_]\w*)/g)) {
    const [whole, name = ''] = match
    const start = node.span.start + match.index + whole.length - name.length
    const kind = whole === name ? 'constant' : 'type'
    if (!declared.has(start)) uses.push({ kind, name, span: { start, end: start + name.length } })
  }
  return uses
}

function definitionNames(tree: SyntaxTree, node: CDefinition): CName[] {
  const names: CName[] = node.name ? [{ kind: 'type', name: node.name, span: node.nameSpan }] : []
  if (node.keyword !== 'enum') return names
  const text = blankComments(tree.source.slice(node.span.start, node.span.end))
  const open = text.indexOf('{')
  if (open < 0) return names
  // Each enumerator follows the brace or a comma; a value may hold commas only in parentheses.
  let depth = 0
  let due = true
  for (const match of text.slice(open + 1).matchAll(/[A-Za-z_]\w*|[(),}]/g)) {
    const [word] = match
    if (word === '}') break
    if (word === '(') depth++
    else if (word === ')') depth--
    else if (word === ',') due = depth === 0
    else if (due) {
      const start = node.span.start + open + 1 + match.index
      names.push({ kind: 'constant', name: word, span: { start, end: start + word.length } })
      due = false
    }
  }
  return names
}

/** The fields of a struct or union, those of nested ones left out. */
export function cFields(tree: SyntaxTree, node: CDefinition): readonly Omit<CName, 'kind'>[] {
  const text = blankComments(tree.source.slice(node.span.start, node.span.end))
  const open = text.indexOf('{')
  if (open < 0 || node.keyword === 'enum') return []
  const fields: Omit<CName, 'kind'>[] = []
  let depth = 0
  for (const match of text.slice(open).matchAll(/[{}]|([A-Za-z_]\w*)(?=\s*(?:\[[^\]]*\]\s*)*(?::\s*\d+\s*)?[;,])/g)) {
    const [word, name] = match
    if (word === '{') depth++
    else if (word === '}') depth--
    else if (name && depth === 1) {
      const start = node.span.start + open + match.index
      fields.push({ name, span: { start, end: start + name.length } })
    }
  }
  return fields
}

function defineNames(tree: SyntaxTree, node: Preprocessor): CName[] {
  if (node.directive !== 'define') return []
  const match = /^(\s*#\s*define\s+)([A-Za-z_]\w*)/.exec(tree.source.slice(node.span.start, node.span.end))
  if (!match?.[1] || !match[2]) return []
  const start = node.span.start + match[1].length
  return [{ kind: 'constant', name: match[2], span: { start, end: start + match[2].length } }]
}

/** Comments become blanks of the same length, so that offsets stay. */
function blankComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length))
}
