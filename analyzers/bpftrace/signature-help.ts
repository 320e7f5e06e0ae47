/** Which signature is being called and which of its parameters is being written, through nested calls and formats. */

import type { Signature } from './catalog/index.ts'
import { formatDescription, takesFormat } from './completion/formats.ts'
import { argumentAt, operatorAt } from './completion/place.ts'
import { describeFunction, formatSignature } from './describe.ts'
import { neighbourNames } from './neighbour-names.ts'
import type { ProgramContext } from './program-context.ts'
import type { Call, Macro, Subprogram } from './syntax/ast.ts'
import type { SyntaxTree } from './syntax/tree.ts'

export interface SignatureHelp {
  readonly signatures: readonly SignatureText[]
  readonly active: number
  readonly parameter: number
}

export interface SignatureText {
  readonly label: string
  /** Where each parameter stands in the label, and what there is to say about it. */
  readonly parameters: readonly { readonly start: number; readonly end: number; readonly about?: string }[]
  readonly markdown: string
}

export function signatureHelp(context: ProgramContext, offset: number): SignatureHelp | undefined {
  const operator = operatorAt(context.tree, offset)
  if (operator) return choose(catalogSignatures(context, operator.name), operator.index)
  const argument = argumentAt(context.tree, offset)
  if (!argument) return undefined
  const { call, index } = argument
  const format = formatSignatureText(context, call)
  if (format) return { signatures: [format], active: 0, parameter: Math.min(index, format.parameters.length - 1) }
  return choose(signaturesOf(context, call), index)
}

/** The first signature that has so many parameters. */
function choose(signatures: readonly SignatureText[], index: number): SignatureHelp | undefined {
  if (signatures.length === 0) return undefined
  const fitting = signatures.findIndex(({ parameters }) => index < parameters.length)
  const active = Math.max(0, fitting)
  // A variadic last parameter takes all that follow.
  const count = signatures[active]?.parameters.length ?? 0
  return { signatures, active, parameter: Math.min(index, Math.max(0, count - 1)) }
}

function signaturesOf(context: ProgramContext, call: Call): SignatureText[] {
  const name = call.callee.text
  const own = context.symbols.all.find((symbol) => symbol.name === name && symbol.definition !== null)?.definition
  if (own?.kind === 'Macro' || own?.kind === 'Subprogram') return [ownSignature(context.tree, own)]
  const taken = neighbourNames(context).find((known) => known.name === name)
  if (taken?.definition.kind === 'Macro' || taken?.definition.kind === 'Subprogram') {
    return [ownSignature(taken.from.tree, taken.definition)]
  }
  return catalogSignatures(context, name)
}

function catalogSignatures(context: ProgramContext, name: string): SignatureText[] {
  const entry = context.catalog.function(name)
  if (!entry) return []
  const markdown = describeFunction(entry, context.catalog.version).replace(/^```[\s\S]*?```\n*/, '')
  return entry.signatures.map((signature) => signatureText(name, signature, markdown))
}

function ownSignature({ source }: SyntaxTree, { name, parameters }: Macro | Subprogram): SignatureText {
  const names = parameters.map(({ span }) => source.slice(span.start, span.end))
  return withPlaces(`${name.text}(${names.join(', ')})`, name.text.length + 1, names, '')
}

function signatureText(name: string, signature: Signature, markdown: string): SignatureText {
  const label = formatSignature(name, signature)
  const inner = label.slice(name.length + 1, label.lastIndexOf(')'))
  return withPlaces(label, name.length + 1, inner === '' ? [] : inner.split(', '), markdown)
}

function withPlaces(label: string, first: number, names: readonly string[], markdown: string): SignatureText {
  let start = first
  const parameters = names.map((text) => {
    const place = { start, end: start + text.length }
    start = place.end + ', '.length
    return place
  })
  return { label, parameters, markdown }
}

/** A conversion with its flags and width, and the sign itself where it is doubled. */
export const conversionPattern = /%(?:%|[-+ #0]*\d*(?:\.\d+)?(?:hh|h|ll|l)?(?:rx|rh|gr|[a-zA-Z]))/g

/** For a format that is written out, each conversion is a parameter of its own. */
function formatSignatureText(context: ProgramContext, call: Call): SignatureText | undefined {
  const [format] = call.arguments
  if (!takesFormat(call) || format?.kind !== 'StringLiteral') return undefined
  const conversions = [...format.value.matchAll(conversionPattern)]
    .map(([text]) => text)
    .filter((text) => text !== '%%')
  if (conversions.length === 0) return undefined
  const written = context.tree.source.slice(format.span.start, format.span.end)
  const names = [written, ...conversions]
  const name = call.callee.text
  const text = withPlaces(`${name}(${names.join(', ')})`, name.length + 1, names, '')
  const parameters = text.parameters.map((place, index) => {
    const about = index > 0 ? formatDescription(context, names[index] ?? '') : undefined
    return about ? { ...place, about } : place
  })
  return { ...text, parameters }
}
