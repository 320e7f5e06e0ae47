/**
 * What a profile view may send, field by field: a view shows text from files of unknown origin, so the extension checks
 * what comes from it and trusts nothing. By hand, for a schema library would take longer to load than activation may.
 */
import { type FromView, filterNames } from '../webviews/protocol.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isFlag: Check = (value) => typeof value === 'boolean'
const isNatural: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isCount: Check = (value) => typeof value === 'number' && value >= 0

const isQuery: Check = (value) => {
  if (typeof value !== 'object' || value === null) return false
  const { sampleIndex, filters, normalize, ...rest } = Object.fromEntries(Object.entries(value))
  return isNatural(sampleIndex) && areFilters(filters) && isFlag(normalize) && Object.keys(rest).length === 0
}

const areFilters: Check = (value) => {
  if (typeof value !== 'object' || value === null) return false
  const given = new Map<string, unknown>(Object.entries(value))
  return given.size === filterNames.length && filterNames.every((name) => isText(given.get(name)))
}

/** Every message with exactly its fields. */
const messages: { readonly [Type in FromView['type']]: Readonly<Record<FieldsOf<Type>, Check>> } = {
  ready: {},
  'graph-wanted': { query: isQuery },
  export: { query: isQuery, inverted: isFlag },
  swap: {},
  'open-source': { name: isText, file: isText, line: isCount, beside: isFlag },
  copy: { text: isText },
  cancel: {},
  retry: {},
  'open-as-text': {},
  bug: { message: isText },
}

type FieldsOf<Type extends FromView['type']> = Exclude<keyof Extract<FromView, { type: Type }>, 'type'>

/** @throws on anything else. */
export function parseFromView(message: unknown): FromView {
  if (typeof message !== 'object' || message === null || !('type' in message)) throw refused(message)
  const { type, ...fields } = message
  if (typeof type !== 'string' || !Object.hasOwn(messages, type)) throw refused(message)
  const checks = Object.entries(messages[type as FromView['type']]) // It is one of the keys, as was just asked.
  const values = new Map<string, unknown>(Object.entries(fields))
  if (values.size !== checks.length || !checks.every(([name, check]) => check(values.get(name)))) throw refused(message)
  // Every field has been held against the type's own list.
  return message as FromView
}

function refused(message: unknown): Error {
  return new Error(`a view sent something that is no message: ${JSON.stringify(message)?.slice(0, 200)}`)
}
