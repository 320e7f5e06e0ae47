/**
 * The top level: definitions in C, `config`, imports, then probes, macros, functions and map declarations. What stands
 * in the wrong order is reported and kept, because an editor wants to know it all the same.
 */
import type {
  CDefinition,
  Config,
  ConfigEntry,
  ErrorNode,
  Expression,
  IntegerLiteral,
  Macro,
  MacroParameter,
  MapDeclaration,
  Missing,
  Name,
  Preprocessor,
  Program,
  Subprogram,
  SubprogramParameter,
  TopLevel,
  Variable,
} from './ast.ts'
import { parseProbe } from './attach-points.ts'
import { identifierEnd, lineEnd, skipLayout, startsCDefinition } from './characters.ts'
import { isGrammarBuiltin } from './constructs.ts'
import type { Cursor } from './cursor.ts'
import { scanCDefinition, scanPreprocessor } from './lexer.ts'
import { parseInteger, parseString } from './literals.ts'
import { parseMap } from './primary.ts'
import { parseBlock, parseImport } from './statements.ts'
import { missingType, parseName, parseTypeAnnotation } from './types.ts'

/** How far the program has come; later stages forbid what belongs to earlier ones. */
type Stage = 'definitions' | 'settings' | 'probes'

/** Where in a program reading is: all that an item knows of those before it. */
export interface Progress {
  readonly stage: Stage
  readonly hasConfig: boolean
}

export const atTheStart: Progress = { stage: 'definitions', hasConfig: false }

/** Items in source order, and what was found in each. */
export interface Items {
  readonly items: TopLevel[]
  /** For each item how many findings there were before it; `undefined` where one begins that only ends another. */
  readonly findingsBefore: (number | undefined)[]
}

export function parseProgram(p: Cursor): {
  readonly program: Program
  readonly findingsBefore: Items['findingsBefore']
} {
  const mark = p.mark()
  if (p.text.startsWith('#!')) p.bumpTrivia({ kind: 'shebang', start: p.start, end: lineEnd(p.source, p.start) })
  const read: Items = { items: [], findingsBefore: [] }
  parseItems(p, read, atTheStart, () => false)
  return { program: programOf(p, mark, read), findingsBefore: read.findingsBefore }
}

/** Reads items until the end of the source, or until `stop` says so in front of one. */
export function parseItems(p: Cursor, into: Items, from: Progress, stop: (at: Progress) => boolean): void {
  const { items, findingsBefore } = into
  let at = from
  while (!p.done && !stop(at)) {
    const before = p.mark()
    p.itemFindings = p.findings.length
    findingsBefore.push(p.itemFindings)
    const item = parseTopLevel(p, at.stage, at.hasConfig)
    items.push(item)
    if (p.mark() === before) {
      findingsBefore.push(undefined)
      items.push(skipUnexpected(p))
    }
    at = progressAfter(at, item)
  }
}

export function progressAfter({ stage, hasConfig }: Progress, item: TopLevel): Progress {
  return { stage: nextStage(stage, item), hasConfig: hasConfig || item.kind === 'Config' }
}

/** The program of items that have all been read; notes what it lacks. */
export function programOf(p: Cursor, mark: number, { items, findingsBefore }: Items): Program {
  findingsBefore.push(p.findings.length)
  if (!items.some((item) => item.kind === 'Probe' || item.kind === 'Subprogram')) noteNoProbes(p)
  return {
    kind: 'Program',
    span: { start: 0, end: p.source.length },
    firstToken: Math.min(mark, Math.max(0, p.tokens.length - 1)),
    lastToken: p.lastTaken,
    items,
  }
}

function nextStage(stage: Stage, item: TopLevel): Stage {
  switch (item.kind) {
    case 'Preprocessor':
    case 'CDefinition':
      return stage
    case 'Config':
    case 'Import':
      return stage === 'probes' ? 'probes' : 'settings'
    default:
      return 'probes'
  }
}

function noteNoProbes(p: Cursor): void {
  p.note('program_empty', { start: p.source.length, end: p.source.length }, 'expected a probe')
}

function skipUnexpected(p: Cursor): ErrorNode {
  p.report('unexpected input')
  const mark = p.mark()
  p.bump()
  return { kind: 'Error', ...p.finish(mark) }
}

function parseTopLevel(p: Cursor, stage: Stage, hasConfig: boolean): TopLevel {
  if (p.text.startsWith('#') && !p.text.startsWith('#!')) return parsePreprocessor(p, stage)
  switch (p.atKind('identifier') ? p.text : '') {
    case 'struct':
    case 'union':
    case 'enum':
      return startsCDefinition(p.source, p.start) ? parseCDefinition(p, stage) : parseProbe(p)
    case 'config':
      return parseConfig(p, stage === 'probes' ? 'late' : hasConfig ? 'second' : 'fine')
    case 'import': {
      if (stage === 'probes') p.report('`import` belongs before the probes')
      return parseImport(p)
    }
    case 'macro':
      return parseMacro(p)
    case 'fn':
      return parseSubprogram(p)
    case 'let':
      return parseMapDeclaration(p)
    default:
      return parseProbe(p)
  }
}

function parsePreprocessor(p: Cursor, stage: Stage): Preprocessor {
  const mark = p.mark()
  if (stage !== 'definitions') p.report('C definitions belong before the probes')
  const directive = /^#[ \t]*(\w*)/.exec(p.text)?.[1] ?? ''
  p.bumpAs(scanPreprocessor(p.source, p.start))
  return { kind: 'Preprocessor', ...p.finish(mark), directive }
}

function parseCDefinition(p: Cursor, stage: Stage): CDefinition {
  const mark = p.mark()
  const keyword = p.text === 'struct' ? 'struct' : p.text === 'union' ? 'union' : 'enum'
  const token = scanCDefinition(p.source, p.start)
  const text = p.source.slice(token.start, token.end)
  const { name, nameSpan } = definitionName(p)
  p.bumpAs(token)
  const { span, firstToken, lastToken } = p.finish(mark)
  noteDefinition(p, span, text, stage)
  if (p.at(';')) {
    if (p.start > span.end) p.note('definition_semicolon')
    p.bump()
  }
  return { kind: 'CDefinition', span, firstToken, lastToken, keyword, name, nameSpan }
}

function noteDefinition(p: Cursor, span: { start: number; end: number }, text: string, stage: Stage): void {
  const attribute = text.indexOf('__attribute__')
  const brace = text.indexOf('{')
  const close = text.lastIndexOf('}')
  if (attribute >= 0 && (attribute < brace || attribute > close)) {
    p.note('struct_attribute', { start: span.start + attribute, end: span.end })
  }
  const oldEnd = endWithoutComments(text)
  if (oldEnd < text.length && oldEnd < attributesStart(text)) {
    p.note('definition_comment', { start: span.start + oldEnd, end: span.end })
  }
  if (oldEnd > text.length) p.note('definition_brace', { start: p.source.length, end: p.source.length })
  if (close < 0) p.note('definition_open', { start: p.source.length, end: p.source.length })
  if (stage === 'definitions') return
  p.note('definition_late', span, 'C definitions belong before the probes')
  p.note('definition_late_end', { start: span.end - 1, end: span.end }, 'C definitions belong before the probes')
}

/**
 * Where a definition ends for the generated parsers, to which a brace in a comment is one like any other: behind the
 * text when they are still looking for its end.
 */
function endWithoutComments(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at + 1
  }
  return depth > 0 && text.lastIndexOf('}') >= 0 ? text.length + 1 : text.length
}

/** Where the attributes behind the closing brace begin, or the end of the text. */
function attributesStart(text: string): number {
  const close = text.lastIndexOf('}')
  const attribute = text.indexOf('__attribute__', close)
  return close >= 0 && attribute >= 0 ? close + 1 : text.length
}

/** The name of the definition at the cursor: the last word before its brace. */
function definitionName(p: Cursor): { name: string; nameSpan: { start: number; end: number } } {
  const start = skipLayout(p.source, p.end)
  const brace = p.source.indexOf('{', start)
  const words = [...p.source.slice(start, brace < 0 ? start : brace).matchAll(/[A-Za-z_]\w*/g)]
  const last = words.at(-1)
  if (!last || last[0] === '__attribute__') return { name: '', nameSpan: { start, end: start } }
  const nameStart = start + last.index
  return { name: last[0], nameSpan: { start: nameStart, end: identifierEnd(p.source, nameStart) } }
}

function parseConfig(p: Cursor, order: 'fine' | 'second' | 'late'): Config {
  const mark = p.mark()
  if (order === 'second') p.report('there is a `config` block already')
  if (order === 'late') p.report('`config` belongs before the probes')
  p.bump()
  p.note('config_block')
  const entries: (ConfigEntry | ErrorNode)[] = []
  if (p.expect('=') && p.expect('{')) {
    while (!p.done && !p.at('}')) {
      const entry = parseConfigEntry(p)
      entries.push(entry)
      if (entry.value.kind === 'Missing') {
        const skipped = p.recover((at) => at.at(';') || at.at('}'))
        if (skipped) entries.push(skipped)
      }
      if (p.at('}')) break
      if (!p.expect(';')) {
        const skipped = p.recover((at) => at.at(';') || at.at('}'))
        if (skipped) entries.push(skipped)
      }
      p.eat(';')
    }
    p.expect('}')
  }
  return { kind: 'Config', ...p.finish(mark), entries }
}

function parseConfigEntry(p: Cursor): ConfigEntry {
  const mark = p.mark()
  const key = parseName(p, 'expected the name of a setting')
  const value = key.text !== '' && p.expect('=') ? parseConfigValue(p) : p.missing()
  return { kind: 'ConfigEntry', ...p.finish(mark), key, value }
}

function parseConfigValue(p: Cursor): Expression {
  const mark = p.mark()
  switch (p.current?.kind) {
    case 'string':
      return parseString(p)
    case 'integer':
      return parseInteger(p)
    case 'identifier': {
      const name = p.text
      p.bump()
      if (name === 'true' || name === 'false') {
        return { kind: 'BooleanLiteral', ...p.finish(mark), value: name === 'true' }
      }
      return { kind: 'Identifier', ...p.finish(mark), name }
    }
    default:
      p.report('expected a string, a number, a boolean or a word')
      return p.missing()
  }
}

function parseMacro(p: Cursor): Macro {
  const mark = p.mark()
  p.bump()
  const name = parseName(p, 'expected the name of a macro')
  p.note('macro')
  const parameters: MacroParameter[] = []
  if (p.expect('(')) {
    if (!p.at(')')) {
      do parameters.push(parseMacroParameter(p))
      while (p.eat(','))
    }
    p.expect(')')
  }
  const body = parseBlock(p, 'value')
  return { kind: 'Macro', ...p.finish(mark), name, parameters, body }
}

function parseMacroParameter(p: Cursor): MacroParameter {
  const mark = p.mark()
  const name = p.text
  if (p.atKind('variable')) {
    p.bump()
    return { kind: 'Variable', ...p.finish(mark), name }
  }
  if (p.atKind('map')) return parseMap(p)
  if (!p.atKind('identifier')) {
    p.report('expected a parameter: a word, a variable or a map')
    return p.missing()
  }
  if (isGrammarBuiltin(name)) p.report(`the builtin \`${name}\` cannot be a parameter`)
  p.bump()
  return { kind: 'Identifier', ...p.finish(mark), name }
}

function parseSubprogram(p: Cursor): Subprogram {
  const mark = p.mark()
  p.bump()
  const name = parseName(p, 'expected the name of a function')
  p.note('subprogram')
  const parameters: SubprogramParameter[] = []
  if (p.expect('(')) {
    if (!p.at(')')) {
      do parameters.push(parseSubprogramParameter(p))
      while (p.eat(','))
    }
    p.expect(')')
  }
  const returns = p.expect(':') ? parseTypeAnnotation(p) : missingType(p)
  const body = parseBlock(p, 'body')
  return { kind: 'Subprogram', ...p.finish(mark), name, parameters, returns, body }
}

function parseSubprogramParameter(p: Cursor): SubprogramParameter {
  const mark = p.mark()
  const name = p.text
  let variable: Variable
  if (p.atKind('variable')) {
    p.bump()
    variable = { kind: 'Variable', ...p.finish(mark), name }
  } else {
    p.report('expected a variable as parameter')
    variable = { ...p.missing(), kind: 'Variable', name: '' }
  }
  const type = name !== '' && p.expect(':') ? parseTypeAnnotation(p) : missingType(p)
  return { kind: 'SubprogramParameter', ...p.finish(mark), variable, type }
}

/** `let @name = type(size);`; the current token is `let`. */
function parseMapDeclaration(p: Cursor): MapDeclaration | ErrorNode {
  const mark = p.mark()
  p.bump()
  if (!p.atKind('map')) {
    p.report('at the top level `let` declares a map', p.finish(mark).span)
    return { kind: 'Error', ...p.finish(mark) }
  }
  p.note('map_declaration')
  const map = parseMap(p)
  const type: Name = p.expect('=')
    ? parseName(p, 'expected the type of a map')
    : { ...p.missing(), kind: 'Name', text: '' }
  let size: IntegerLiteral | Missing = p.missing()
  if (p.expect('(')) {
    if (p.atKind('integer')) size = parseInteger(p)
    else p.report('expected the number of entries')
    p.expect(')')
  }
  p.eat(';')
  return { kind: 'MapDeclaration', ...p.finish(mark), map, type, size }
}
