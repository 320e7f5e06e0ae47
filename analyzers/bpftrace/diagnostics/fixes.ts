/** The makings of quick fixes: replacing, inserting, removing, and guessing what a misspelt name was meant to be. */
import { commonBuiltins, commonStructures } from '../catalog/common-names.ts'
import type { Fix, Span } from '../diagnostic.ts'
import { nearest } from '../spelling/nearest.ts'
import {
  aggregations,
  functionsTaking,
  functionWords,
  plainTypes,
  probeTypeSpellings,
  typeWords,
  type Vocabulary,
  valueWords,
} from '../spelling/words.ts'

export function replace(span: Span, newText: string, safe = false): readonly Fix[] {
  return [{ title: `Replace with \`${newText}\``, edits: [{ span, newText }], safe }]
}

export function insert(at: number, newText: string, title: string, safe = false): readonly Fix[] {
  return [{ title, edits: [{ span: { start: at, end: at }, newText }], safe }]
}

export function remove(span: Span, title: string): readonly Fix[] {
  return [{ title, edits: [{ span, newText: '' }], safe: true }]
}

export const removeText = (span: Span, title: string): readonly Fix[] => [
  { title, edits: [{ span, newText: '' }], safe: false },
]

/** With its semicolon, and with its line when nothing else stands there. */
export function removeStatement({ start, end }: Span, source: string, title: string, safe = false): readonly Fix[] {
  const behind = /^\s*;?[ \t]*/.exec(source.slice(end, end + 200))?.[0].length ?? 0
  const lineStart = source.lastIndexOf('\n', start - 1) + 1
  const isAlone = source.slice(lineStart, start).trim() === '' && source.startsWith('\n', end + behind)
  const span = { start: isAlone ? lineStart : start, end: end + behind + (isAlone ? 1 : 0) }
  return [{ title, edits: [{ span, newText: '' }], safe }]
}

const commonNames = [...commonBuiltins, ...commonStructures]

/** The name that was probably meant, if one is near enough; one of an earlier list rather than of a later one. */
export function didYouMean(span: Span, name: string, ...lists: readonly (readonly string[])[]): readonly Fix[] {
  const [best] = lists
    .flatMap((names, index) => {
      const near = nearest(name, names, { common: commonNames })
      return near ? [{ name: near.name, cost: near.cost + index * LATER_LIST }] : []
    })
    .sort((a, b) => a.cost - b.cost)
  return best ? replace(span, best.name) : []
}

/** One of a few words that a place takes: the nearest, or each of them where none is near. */
export function choose(span: Span, word: string, source: string, names: readonly string[]): readonly Fix[] {
  const near = didYouMeanWithin(span, word, source, names)
  const place = near.length > 0 ? undefined : placeOf(word, span, source)
  return place && word !== '' ? names.flatMap((name) => replace(place, name)) : near
}

/** How much nearer a name of the next list has to be. */
const LATER_LIST = 0.3

/** The same for names of maps and variables, which a program has few of; the sign does not count. */
export function didYouMeanOwn(span: Span, name: string, names: readonly string[]): readonly Fix[] {
  const sign = name.charAt(0)
  const others = names.filter((each) => each !== name && each.startsWith(sign)).map((each) => each.slice(1))
  const best = nearest(name.slice(1), others, { few: true })
  return best ? replace({ start: span.start, end: span.start + name.length }, sign + best.name) : []
}

/**
 * A map or variable that is used several times without ever being assigned, and one of nearly that name that is assigned
 * and never used: nobody makes the same slip twice, so the assignment is misspelt.
 */
export function assignmentMean(name: string, names: readonly string[], source: string): readonly Fix[] {
  const [sign, bare] = [name.charAt(0), name.slice(1)]
  const placesOf = (word: string) =>
    [...source.matchAll(new RegExp(`\\${sign}${word}\\b`, 'g'))].map(({ index }) => index)
  const others = names.filter((each) => each !== name && each.startsWith(sign)).map((each) => each.slice(1))
  const best = nearest(
    bare,
    others.filter((each) => placesOf(each).length === 1),
    { few: sign === '@' },
  )
  const [at] = best ? placesOf(best.name) : []
  if (!best || at === undefined || placesOf(bare).length < 2) return []
  const edits = [{ span: { start: at, end: at + best.name.length + 1 }, newText: name }]
  return [{ title: `Assign to \`${name}\` instead of \`${sign}${best.name}\``, edits, safe: false }]
}

/** Where a word stands inside a larger place. */
export function placeOf(word: string, { start, end }: Span, source: string): Span | undefined {
  const text = source.slice(start, end)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWhole = !/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + word.length))
    if (isWhole) return { start: start + at, end: start + at + word.length }
  }
  return undefined
}

/** The likeliest of a closed list of words for one that stands somewhere inside `span`. */
export function didYouMeanWithin(span: Span, word: string, source: string, names: readonly string[]): readonly Fix[] {
  const place = placeOf(word, span, source)
  return place && word !== '' ? didYouMean(place, word, names) : []
}

/** The same probe type under the name that another generation gives it. */
const otherNames: Readonly<Record<string, string>> = {
  begin: 'BEGIN',
  end: 'END',
  fentry: 'kfunc',
  fexit: 'kretfunc',
  kfunc: 'fentry',
  kretfunc: 'fexit',
  asyncwatchpoint: 'watchpoint',
}

export function probeTypeMean(span: Span, name: string, source: string, words: Vocabulary): readonly Fix[] {
  const place = { start: span.start, end: span.start + name.length }
  const renamed = Object.hasOwn(otherNames, name) ? otherNames[name] : undefined
  if (renamed && words.catalog.probeType(renamed)) return replace(place, renamed, true)
  const spellings = probeTypeSpellings(words.catalog)
  const [shape] = attachPointShapes.filter(({ text }) => text.test(source.slice(place.end, span.end)))
  const fitting = shape
    ? didYouMean(
        place,
        name,
        spellings.filter((each) => shape.types.test(each)),
      )
    : []
  return fitting.length > 0 ? fitting : didYouMean(place, name, spellings)
}

/** What stands behind the probe type tells of which kind it is. */
const attachPointShapes = [
  { text: /^:"?\.{0,2}\//, types: /^u/ },
  { text: /^:[\w*]+:\d+$/, types: /^(?:interval|profile|software|hardware)$/ },
  { text: /^:0x/, types: /watchpoint$/ },
]

/** Functions under names that no version in use has. */
const formerFunctions: Readonly<Record<string, string>> = { sym: 'ksym' }

export function functionMean(span: Span, name: string, source: string, words: Vocabulary): readonly Fix[] {
  const fitting = fittingFunctions(span, source, words).filter((each) => each !== name)
  const near = fitting.length > 0 ? didYouMean(span, name, fitting) : []
  if (near.length > 0) return near
  if (Object.hasOwn(formerFunctions, name)) return replace(span, formerFunctions[name] ?? name, true)
  return didYouMean(span, name, functionWords(words))
}

/** What stands around a call tells which kind of function it is: `@ = …(`, `prinf("…")`, `prinf(@map)`. */
function fittingFunctions({ start, end }: Span, source: string, words: Vocabulary): readonly string[] {
  if (/@\w*\s*(?:\[[^\]]*\]\s*)?=\s*$/.test(source.slice(Math.max(0, start - 200), start))) return aggregations(words)
  const first = /^\s*\(\s*(?<sign>["@])/.exec(source.slice(end, end + 40))?.groups?.sign
  return first === undefined ? [] : functionsTaking(words, first === '"' ? 'string' : 'map')
}

/** The function around an argument, when its own name is the mistake. */
export function calleeMean({ start }: Span, source: string, words: Vocabulary): readonly Fix[] {
  const call = /(?<name>[A-Za-z_]\w*)\s*\([^();{}]*$/.exec(source.slice(Math.max(0, start - 200), start))
  const name = call?.groups?.name
  if (!call || name === undefined || functionWords(words).includes(name)) return []
  const at = Math.max(0, start - 200) + call.index
  return functionMean({ start: at, end: at + name.length }, name, source, words)
}

export function valueMean(span: Span, name: string, source: string, words: Vocabulary): readonly Fix[] {
  const isMode = /\b[ku]stack\s*\(\s*$/.test(source.slice(Math.max(0, span.start - 40), span.start))
  if (isMode) return didYouMean(span, name, stackModes)
  const values = valueWords(words, span.start)
  // `id` in a program that counts by `tid` is hardly `pid`.
  const used = new Set(source.match(/\b[a-z_]\w*/g))
  const near = nearest(name, values, { common: [...values.filter((each) => used.has(each)), ...commonNames] })
  const known = near ? replace(span, near.name) : []
  // Of the kernel's many constants something is always near a short word.
  return known.length > 0 || name.length < 6 ? known : didYouMean(span, name, words.kernel.names('enumerator'))
}

export const stackModes = ['bpftrace', 'perf', 'raw', 'build_id']

/** `struct tsk_struct` or a type of one word, written somewhere inside `span`. */
export function typeMean(span: Span, written: string, source: string, words: Vocabulary): readonly Fix[] {
  const [, keyword, name = ''] = /^(?:(struct|union|enum) )?(\w+)/.exec(written) ?? []
  const place = placeOf(name, span, source)
  if (place === undefined || name === '') return []
  if (keyword === 'struct' || keyword === 'union' || keyword === 'enum') {
    return didYouMean(place, name, ...typeWords(words, keyword))
  }
  return didYouMean(place, name, plainTypes, words.kernel.names('typedef'))
}

/** `pid()` where only `pid` is known. The clock of `nsecs(monotonic)` is another one, so that stays. */
export const withoutParentheses = (call: Span, name: string): readonly Fix[] =>
  name === 'nsecs' ? [] : replace(call, name)

/** `let $x;` at the start of the probe, for a variable that is assigned in an inner block before it is used. */
export function declareAtStart(body: Span, use: Span, name: string, source: string): readonly Fix[] {
  if (source[body.start] !== '{') return []
  const before = source.slice(body.start, use.start)
  const assigned = before.includes(`${name} = `) || before.includes(`${name}=`)
  const indent = /^\{\n(?<space>[ \t]*)/.exec(before)?.groups?.space
  const text = indent === undefined ? ` let ${name};` : `\n${indent}let ${name};`
  return assigned ? insert(body.start + 1, text, `Declare \`${name}\` for the whole probe`) : []
}

/** `delete(@a, 1)` and `delete(@a, (1, 2))` as one map access. */
export function deleteByAccess(call: Span, source: string): readonly Fix[] {
  const [map, key, ...more] = argumentTexts(source.slice(call.start, call.end))
  if (map === undefined || key === undefined || more.length > 0 || !/^@\w*$/.test(map)) return []
  const keys = /^\(.*\)$/s.test(key) ? key.slice(1, -1) : key
  return replace(call, `delete(${map}[${keys}])`)
}

/** `delete(@a[1], @a[2])` as a statement for each. */
export function deleteOneByOne(call: Span, source: string): readonly Fix[] {
  const statement = /[;{}]\s*$/.test(source.slice(0, call.start)) && /^\s*[;}]/.test(source.slice(call.end))
  const targets = argumentTexts(source.slice(call.start, call.end))
  if (!statement || targets.length < 2 || !targets.every((target) => /^@\w*(?:\[.*\])?$/s.test(target))) return []
  return replace(call, targets.map((target) => `delete(${target})`).join('; '))
}

/** The arguments of a call as they are written. */
function argumentTexts(call: string): readonly string[] {
  const open = call.indexOf('(')
  const inner = call.slice(open + 1, call.lastIndexOf(')'))
  const texts = ['']
  let depth = 0
  for (const [token] of inner.matchAll(/"(?:[^"\\]|\\.)*"|[\s\S]/g)) {
    if ('([{'.includes(token)) depth++
    else if (')]}'.includes(token)) depth--
    if (token === ',' && depth === 0) texts.push('')
    else texts[texts.length - 1] += token
  }
  return texts.map((text) => text.trim())
}

const builtinOfField: Readonly<Record<string, string>> = { common_pid: 'pid' }

/** The builtin that tells what a common field of a tracepoint would. */
export function commonField(span: Span, field: string): readonly Fix[] {
  const builtin = builtinOfField[field]
  return builtin ? replace(span, builtin) : []
}

/** `sarg2` as it is read from the stack today. */
export function stackArgument(span: Span, name: string): readonly Fix[] {
  const index = Number(/\d+$/.exec(name)?.[0] ?? 0)
  return replace(span, `*(uint64 *)(reg("sp") + ${8 * (index + 1)})`)
}

const conversion = /%-?\+? ?#?0?(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlLjzt]*(?:[diouxXeEfFGaAcspn%]|gr|g|rh|rx|r)/g

/** The conversion number `index` inside the literal at `span`, with another specifier. */
export function formatSpecifier(
  span: Span,
  specifier: string,
  suggestion: string,
  index: number,
  source: string,
): readonly Fix[] {
  if (suggestion === '') return []
  const text = source.slice(span.start, span.end)
  const found = [...text.matchAll(conversion)].filter((match) => match[0] !== '%%')[index]
  // A letter that no conversion has is followed by text that may read like more of it.
  const written =
    found?.[0] === specifier ? specifier : (/^%[-\d.]*(?:hh?|ll?(?=[a-zA-Z]))?[a-zA-Z]/.exec(specifier)?.[0] ?? '')
  const at = found?.[0] === specifier ? found.index : text.indexOf(written)
  if (written === '' || at < 0 || (found?.[0] !== specifier && text.includes(written, at + 1))) return []
  const start = span.start + at
  const flags = /^%[-+ #0]*(?:\d+)?/.exec(written)?.[0] ?? '%'
  return replace({ start, end: start + written.length }, `${flags}${suggestion}`)
}
