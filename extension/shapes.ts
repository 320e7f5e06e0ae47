/**
 * Checks of what comes from outside the extension host, from views and key bindings, as small functions that are put
 * together. A schema library would take longer to load than activation may.
 */

export type Shape<T> = (value: unknown) => value is T

export const isFlag: Shape<boolean> = (value) => typeof value === 'boolean'
export const isNumber: Shape<number> = (value) => typeof value === 'number'
export const isNatural: Shape<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0
export const isText: Shape<string> = (value) => typeof value === 'string'

export function textUpTo(characters: number): Shape<string> {
  return (value): value is string => typeof value === 'string' && value.length <= characters
}

export function oneOf<T>(...values: readonly T[]): Shape<T> {
  return (value): value is T => values.some((each) => each === value)
}

export function anyOf<T>(...shapes: readonly Shape<T>[]): Shape<T> {
  return (value): value is T => shapes.some((shape) => shape(value))
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value): value is T | undefined => value === undefined || shape(value)
}

export function listOf<T>(item: Shape<T>, max: number): Shape<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.length <= max && value.every(item)
}

export function recordOf<T>(key: Shape<string>, item: Shape<T>): Shape<Record<string, T>> {
  return (value): value is Record<string, T> => {
    return isObject(value) && Object.entries(value).every(([name, each]) => key(name) && item(each))
  }
}

/** Any object that has these fields; others do not matter. */
export function fieldsOf<T>(fields: { readonly [Name in keyof T]-?: Shape<T[Name]> }): Shape<T> {
  return (value): value is T => {
    if (!isObject(value)) return false
    const given = new Map<string, unknown>(Object.entries(value))
    return Object.entries<Shape<unknown>>(fields).every(([name, shape]) => shape(given.get(name)))
  }
}

/** The same, and no other field. */
export function exactly<T>(fields: { readonly [Name in keyof T]-?: Shape<T[Name]> }): Shape<T> {
  const shape = fieldsOf<T>(fields)
  return (value): value is T => shape(value) && Object.keys(Object(value)).every((name) => Object.hasOwn(fields, name))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
