/** Renaming what the script itself names. What belongs to the language or the kernel cannot be renamed, and it says why. */
import { UserError } from '../shared/user-error.ts'
import { keywords } from './catalog/index.ts'
import type { Span, TextEdit } from './diagnostic.ts'
import type { ProgramContext } from './program-context.ts'
import type { ProgramSymbol } from './symbols.ts'
import { pathTo } from './syntax/visit.ts'

export interface Renamable {
  readonly span: Span
  readonly name: string
}

/** @throws UserError when what stands there has no name that could be changed. */
export function prepareRename(context: ProgramContext, offset: number): Renamable {
  const found = context.symbols.at(offset)
  if (found && found.symbol.kind !== 'positional') return { span: found.occurrence.span, name: found.symbol.name }
  throw refusal(found ? 'Parameters of the command line have no name' : whyNot(context, offset))
}

function whyNot({ catalog, tree }: ProgramContext, offset: number): string {
  const path = pathTo(tree.program, offset)
  const node = path.at(-1)
  const parent = path.at(-2)
  if (node?.kind === 'Identifier' && catalog.builtin(node.name)) return `\`${node.name}\` is a builtin of bpftrace`
  if (node?.kind === 'Name' && parent?.kind === 'Call') return `\`${node.text}\` is a function of bpftrace`
  if (node?.kind === 'Name' && parent?.kind === 'FieldAccess') return `\`${node.text}\` is a field of a type`
  if (node?.kind === 'AttachPoint') return 'A probe is named by the kernel or the program that has it'
  return 'Nothing that this script names stands here'
}

/** @throws UserError when the name is none or is taken. */
export function rename(context: ProgramContext, offset: number, newName: string): readonly TextEdit[] {
  prepareRename(context, offset)
  const symbol = context.symbols.at(offset)?.symbol
  if (!symbol) return []
  const name = withSigil(symbol, newName.trim())
  checkName(context, symbol, name)
  return symbol.occurrences.map(({ span }) => ({ span, newText: name }))
}

/** The sigil belongs to the name, but people leave it out. */
function withSigil({ name }: ProgramSymbol, newName: string): string {
  const sigil = /^[$@]/.exec(name)?.[0] ?? ''
  return newName.startsWith(sigil) ? newName : sigil + newName
}

function checkName({ catalog, symbols }: ProgramContext, symbol: ProgramSymbol, name: string): void {
  const bare = name.replace(/^[$@]/, '')
  // The map without a name is one too.
  if (!/^[A-Za-z_]\w*$/.test(bare) && name !== '@') throw refusal(`\`${name}\` is no name: write letters, digits and _`)
  const sigilOf = (text: string) => /^[$@]?/.exec(text)?.[0]
  if (sigilOf(name) !== sigilOf(symbol.name))
    throw refusal(`\`${symbol.name}\` is no map or variable: write it without a sign`)
  if (!/^[$@]/.test(name)) {
    if (keywords.some((word) => word.name === name)) throw refusal(`\`${name}\` is a word of the language`)
    if (catalog.builtin(name) || catalog.function(name)) throw refusal(`\`${name}\` is taken by bpftrace`)
  }
  const rival = symbols.all.find(
    (other) => other !== symbol && other.name === name && overlaps(other.scope, symbol.scope),
  )
  if (rival) throw refusal(`\`${name}\` is already the name of a ${rival.kind} here`)
}

function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

function refusal(message: string): UserError {
  return new UserError({ code: 'CANNOT_RENAME', message })
}
