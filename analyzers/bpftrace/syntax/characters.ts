/**
 * Character classes and look-ahead scans over source text. bpftrace decides several things (casts, records, the end of
 * a predicate, C definitions) by looking ahead at characters rather than tokens; these are those looks. None consumes.
 */

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

export function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)
}

export function isIdentifierStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
}

export function isIdentifierPart(code: number): boolean {
  return isIdentifierStart(code) || isDigit(code)
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

/** The offset after an identifier that starts at `offset`; `offset` itself when none does. */
export function identifierEnd(source: string, offset: number): number {
  let end = offset
  while (isIdentifierPart(source.charCodeAt(end))) end++
  return end
}

/** The offset after blanks and comments. */
export function skipLayout(source: string, offset: number): number {
  let at = offset
  for (;;) {
    const code = source.charCodeAt(at)
    if (isSpace(code)) at++
    else if (code === 47 && source.charCodeAt(at + 1) === 47) at = lineEnd(source, at)
    else if (code === 47 && source.charCodeAt(at + 1) === 42) at = blockCommentEnd(source, at)
    else return at
  }
}

export function lineEnd(source: string, offset: number): number {
  const end = source.indexOf('\n', offset)
  return end < 0 ? source.length : end
}

export function blockCommentEnd(source: string, offset: number): number {
  const end = source.indexOf('*/', offset + 2)
  return end < 0 ? source.length : end + 2
}

/** How far is looked ahead for a closing bracket or an opening brace: keeps hostile input linear. */
const LOOK_AHEAD = 1024

/** The offset after the bracket that closes the one at `offset`; -1 when it is not closed nearby. */
export function groupEnd(source: string, offset: number, open: string, close: string): number {
  const limit = Math.min(source.length, offset + LOOK_AHEAD)
  let depth = 0
  for (let at = offset; at < limit; at++) {
    const character = source[at]
    if (character === open) depth++
    else if (character === close && --depth === 0) return at + 1
  }
  return -1
}

/** Whether the `struct`, `union` or `enum` at `offset` opens a C definition rather than an attach point. */
export function startsCDefinition(source: string, offset: number): boolean {
  let at = skipLayout(source, identifierEnd(source, offset))
  while (at < offset + LOOK_AHEAD) {
    const character = source[at]
    if (character === '{') return true
    if (character === '(' || character === '[') {
      const end = groupEnd(source, at, character, character === '(' ? ')' : ']')
      if (end < 0) return false
      at = skipLayout(source, end)
    } else if (isIdentifierStart(source.charCodeAt(at))) {
      at = skipLayout(source, identifierEnd(source, at))
    } else {
      return false
    }
  }
  return false
}

/** The end of the C definition at `offset`: after its closing brace, or the end of the source when it has none. */
export function cDefinitionEnd(source: string, offset: number): number {
  let at = source.indexOf('{', offset)
  if (at < 0) return source.length
  let depth = 0
  while (at < source.length) {
    const code = source.charCodeAt(at)
    if (code === 47 && source.charCodeAt(at + 1) === 47) {
      at = lineEnd(source, at)
      continue
    }
    if (code === 47 && source.charCodeAt(at + 1) === 42) {
      at = blockCommentEnd(source, at)
      continue
    }
    at++
    if (code === 123) depth++
    else if (code === 125 && --depth === 0) return attributesEnd(source, at)
  }
  return source.length
}

const ATTRIBUTE = '__attribute__'

function attributesEnd(source: string, offset: number): number {
  let end = offset
  for (;;) {
    const word = skipLayout(source, end)
    if (!source.startsWith(ATTRIBUTE, word) || isIdentifierPart(source.charCodeAt(word + ATTRIBUTE.length))) return end
    const open = skipLayout(source, word + ATTRIBUTE.length)
    const after = source.startsWith('((', open) ? groupEnd(source, open, '(', ')') : -1
    if (after < 0) return end
    end = after
  }
}
