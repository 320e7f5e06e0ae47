/**
 * A small pretty printer: documents of text and possible line breaks, laid out into lines of a width. It knows nothing
 * of bpftrace. Trailing comments wait for the end of their line, so that they can never swallow what follows.
 */
export type Doc =
  | string
  | readonly Doc[]
  | { readonly kind: 'line'; readonly flat: '' | ' ' }
  /** Always a line break, with an empty line before it where `blank`. */
  | { readonly kind: 'hard'; readonly blank: boolean }
  /** On one line when it fits, else all its own lines break. */
  | { readonly kind: 'group'; readonly doc: Doc }
  /** As many items a line as fit; each breaks only where it must. */
  | { readonly kind: 'fill'; readonly items: readonly Doc[] }
  | { readonly kind: 'indent'; readonly doc: Doc }
  /** Lines inside start at the column where it begins. */
  | { readonly kind: 'align'; readonly doc: Doc }
  | { readonly kind: 'suffix'; readonly text: string }

export const line: Doc = { kind: 'line', flat: ' ' }
export const softLine: Doc = { kind: 'line', flat: '' }
export const hardLine: Doc = { kind: 'hard', blank: false }
export const blankLine: Doc = { kind: 'hard', blank: true }

export function group(doc: Doc): Doc {
  return { kind: 'group', doc }
}

export function indent(doc: Doc): Doc {
  return { kind: 'indent', doc }
}

export function align(doc: Doc): Doc {
  return { kind: 'align', doc }
}

export function fill(items: readonly Doc[]): Doc {
  return { kind: 'fill', items }
}

interface Frame {
  readonly doc: Doc
  readonly flat: boolean
  readonly indent: number
}

const INDENT = 2

export function print(doc: Doc, width: number): string {
  const out: string[] = []
  const suffixes: string[] = []
  const frames: Frame[] = [{ doc, flat: false, indent: 0 }]
  let column = 0

  const breakLine = (indentation: number, blank: boolean) => {
    // Blanks at the end of a line go, but not those inside text that spans lines.
    while (suffixes.length === 0 && /^ *$/.test(out.at(-1) ?? '\n')) out.pop()
    out.push(...suffixes.splice(0), blank ? '\n\n' : '\n', ' '.repeat(indentation))
    column = indentation
  }

  for (let frame = frames.pop(); frame; frame = frames.pop()) {
    const { flat, indent: indentation } = frame
    const current = frame.doc
    if (typeof current === 'string') {
      out.push(current)
      const lastBreak = current.lastIndexOf('\n')
      column = lastBreak < 0 ? column + current.length : current.length - lastBreak - 1
    } else if (isList(current)) {
      for (let i = current.length - 1; i >= 0; i--) frames.push({ ...frame, doc: current[i] ?? '' })
    } else {
      switch (current.kind) {
        case 'suffix':
          suffixes.push(current.text)
          break
        case 'hard':
          breakLine(indentation, current.blank)
          break
        case 'line':
          if (flat && suffixes.length === 0) {
            out.push(current.flat)
            column += current.flat.length
          } else {
            breakLine(indentation, false)
          }
          break
        case 'group':
          frames.push({ ...frame, doc: current.doc, flat: flat || fits(current.doc, width - column) })
          break
        case 'indent':
          frames.push({ ...frame, doc: current.doc, indent: indentation + INDENT })
          break
        case 'align':
          frames.push({ ...frame, doc: current.doc, indent: column })
          break
        case 'fill':
          pushFill(frames, current.items, frame, width - column)
      }
    }
  }
  return [...out, ...suffixes].join('')
}

/** Pushes the first item and, behind it, the break and the rest of the fill. */
function pushFill(frames: Frame[], items: readonly Doc[], frame: Frame, room: number): void {
  const [first, second, ...rest] = items
  if (first === undefined) return
  if (second === undefined) {
    frames.push({ ...frame, doc: first })
    return
  }
  const together = frame.flat || fits([first, line, second], room)
  frames.push({ ...frame, doc: fill([second, ...rest]) })
  frames.push({ ...frame, doc: line, flat: together })
  frames.push({ ...frame, doc: first, flat: frame.flat || fits(first, room) })
}

/** Whether the document fits into the room on one line; a forced break inside says no. */
function fits(doc: Doc, room: number): boolean {
  const pending: Doc[] = [doc]
  let left = room
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (typeof current === 'string') {
      if (current.includes('\n')) return false
      left -= current.length
    } else if (isList(current)) {
      for (let i = current.length - 1; i >= 0; i--) pending.push(current[i] ?? '')
    } else {
      switch (current.kind) {
        case 'hard':
          return false
        case 'suffix':
          if (current.text.startsWith(' //')) return false
          break
        case 'line':
          left -= current.flat.length
          break
        case 'fill':
          pending.push(current.items.map((item, index) => (index > 0 ? [line, item] : item)))
          break
        default:
          pending.push(current.doc)
      }
    }
    if (left < 0) return false
  }
  return true
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc)
}
