/**
 * Probes: attach points, predicate, body. Attach points are lexed as raw text; since 0.26 a blank ends one, before that
 * the pieces around blanks were joined.
 */
import type { AttachPoint, AttachPointPart, Predicate, Probe } from './ast.ts'
import { isSpace, skipLayout } from './characters.ts'
import type { Cursor } from './cursor.ts'
import { parseExpression } from './expressions.ts'
import { scanAttachPoint } from './lexer.ts'
import { parseProbeBody } from './statements.ts'

export function parseProbe(p: Cursor): Probe {
  const mark = p.mark()
  const attachPoints = [parseAttachPoint(p)]
  while (p.eat(',')) {
    if (p.at('{') || p.at('/')) break
    attachPoints.push(parseAttachPoint(p))
  }
  const predicate = parsePredicate(p)
  const body = parseProbeBody(p)
  return { kind: 'Probe', ...p.finish(mark), attachPoints, predicate, body }
}

function parseAttachPoint(p: Cursor): AttachPoint {
  const mark = p.mark()
  if (p.done || p.at('{') || p.at(',')) {
    if (p.at(',')) p.note('attach_point_empty', p.here(), 'expected an attach point')
    else p.report('expected an attach point')
    const place = p.missing().span
    return {
      ...p.missing(),
      kind: 'AttachPoint',
      text: '',
      name: null,
      parts: [{ text: '', quoted: false, span: place }],
    }
  }
  const pieces = [takePiece(p, false)]
  let colonSeen = pieces[0]?.includes(':') ?? false
  while (continuesAttachPoint(p)) {
    p.note('attach_point_blank', p.here(), 'expected `{`')
    const piece = takePiece(p, colonSeen)
    colonSeen ||= piece.includes(':')
    pieces.push(piece)
  }
  const place = p.finish(mark)
  return { kind: 'AttachPoint', ...place, text: pieces.join(''), ...splitParts(p.source, place.span) }
}

function takePiece(p: Cursor, colonSeen: boolean): string {
  const token = scanAttachPoint(p.source, p.start, colonSeen)
  const text = p.source.slice(token.start, token.end)
  noteOldText(p, text, token.start)
  p.bumpAs(token)
  return text
}

/** Whether another piece of the attach point follows after a blank, as the generated parsers allow. */
function continuesAttachPoint(p: Cursor): boolean {
  return !p.done && /^(?:[\w:".*+[\]]|\$[0-9])/.test(p.text)
}

/** What the generated parsers take as text of an attach point, from the start of what is left. */
const oldPiece =
  /(?::(?:\\.|[-_./a-zA-Z0-9#*])+|[a-zA-Z_]\w*|[0-9]\w*|"(?:\\.|[^"\\\n])*"|\$[0-9]+|\/\/.*|\/\*[\s\S]*?\*\/|\+(?![+=])|[:.*[\]])/y

function noteOldText(p: Cursor, text: string, start: number): void {
  let at = 0
  while (at < text.length) {
    oldPiece.lastIndex = at
    const piece = oldPiece.exec(text)?.[0]
    if (!piece) break
    at += piece.length
  }
  if (at === text.length) return
  const span = { start: start + at, end: start + at + 1 }
  if (text[at] === '=' && /^\w+$/.test(text.slice(0, at))) p.note('probe_name', span)
  else p.note('attach_point_text', span)
}

/** Splits the text of an attach point at its colons, leaving out layout and the quotes of quoted parts. */
function splitParts(source: string, span: { start: number; end: number }): Pick<AttachPoint, 'name' | 'parts'> {
  const parts: AttachPointPart[] = []
  let name: AttachPointPart | null = null
  let part = openPart(span.start)
  let at = span.start
  while (at < span.end) {
    const character = source.charAt(at)
    if (character === ':' || (character === '=' && parts.length === 0 && !name)) {
      if (character === ':') parts.push(closePart(part, at))
      else name = closePart(part, at)
      part = openPart(at + 1)
      at++
    } else if (character === '"') {
      at = takeQuoted(source, at, span.end, part)
    } else if (isSpace(source.charCodeAt(at))) {
      at = Math.max(at + 1, Math.min(skipLayout(source, at), span.end))
      if (part.text === '') part.start = at
    } else {
      part.text += character
      at++
    }
  }
  parts.push(closePart(part, span.end))
  return { name, parts }
}

interface OpenPart {
  text: string
  quoted: boolean
  start: number
}

function openPart(start: number): OpenPart {
  return { text: '', quoted: false, start }
}

function closePart({ text, quoted, start }: OpenPart, end: number): AttachPointPart {
  return { text, quoted, span: { start: Math.min(start, end), end } }
}

function takeQuoted(source: string, offset: number, end: number, part: OpenPart): number {
  part.quoted = true
  let at = offset + 1
  while (at < end && source[at] !== '"') {
    if (source[at] === '\\' && source[at + 1] === '"') at++
    part.text += source.charAt(at)
    at++
  }
  return Math.min(at + 1, end)
}

function parsePredicate(p: Cursor): Predicate | null {
  if (!p.at('/') && !p.at('/=')) return null
  const mark = p.mark()
  if (p.at('/=')) p.bumpAs({ kind: 'operator', start: p.start, end: p.start + 1 })
  else p.bump()
  const condition = parseExpression(p)
  if (!p.eat('/')) p.report('expected `/` to close the predicate')
  return { kind: 'Predicate', ...p.finish(mark), condition }
}
