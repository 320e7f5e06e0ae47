/**
 * The texts of frames: how wide they are and how to shorten them into a box. Widths of names are measured once for each
 * font; a shortened text is composed from the widths of single characters, so that a redraw measures nothing. Needs only
 * a function that measures.
 */

export interface Labels {
  /** The longest form of the name of `frame` that fits into `width` CSS pixels; '' when none does. */
  fit(frame: number, width: number): string
}

/** Below this no label is worth reading. */
export const MIN_LABEL_WIDTH = 22

const ELLIPSIS = '…'

/**
 * `example.org/team/pkg.(*Type).Method` → `pkg.(*Type).Method`: what Go programmers call it. Paths inside type
 * parameters and receivers are not touched.
 */
export function withoutPath(name: string): string {
  const bracket = name.search(/[([<{ ]/)
  const head = bracket < 0 ? name : name.slice(0, bracket)
  const slash = head.lastIndexOf('/')
  return slash > 0 && slash < head.length - 1 ? name.slice(slash + 1) : name
}

export function makeLabels(names: readonly string[], measure: (text: string) => number): Labels {
  const full = new Float64Array(names.length).fill(-1)
  const short = names.map(() => -1)
  const characters = new Map<string, number>()
  const character = (text: string): number => {
    const known = characters.get(text)
    if (known !== undefined) return known
    const width = measure(text)
    characters.set(text, width)
    return width
  }

  const fullWidth = (frame: number, name: string): number => {
    const known = full[frame] ?? -1
    if (known >= 0) return known
    const width = measure(name)
    full[frame] = width
    return width
  }
  const shortWidth = (frame: number, name: string): number => {
    const known = short[frame] ?? -1
    if (known >= 0) return known
    const width = measure(name)
    short[frame] = width
    return width
  }

  return {
    fit(frame, width) {
      const name = names[frame]
      if (name === undefined || width < MIN_LABEL_WIDTH) return ''
      if (fullWidth(frame, name) <= width) return name
      const shorter = withoutPath(name)
      if (shorter !== name && shortWidth(frame, shorter) <= width) return shorter
      return trimMiddle(shorter, width, character)
    },
  }
}

/** Keeps the start and, where a third of the room suffices, the end: methods differ at their ends. */
export function trimMiddle(text: string, width: number, measure: (character: string) => number): string {
  const characters = [...text]
  const room = width - measure(ELLIPSIS)
  const tailRoom = width > 120 ? room / 3 : 0
  let tail = 0
  let used = 0
  while (tail < characters.length) {
    const next = measure(characters[characters.length - 1 - tail] ?? '')
    if (used + next > tailRoom) break
    used += next
    tail++
  }
  let head = 0
  while (head < characters.length - tail) {
    const next = measure(characters[head] ?? '')
    if (used + next > room) break
    used += next
    head++
  }
  if (head === 0) return ''
  return `${characters.slice(0, head).join('')}${ELLIPSIS}${characters.slice(characters.length - tail).join('')}`
}
