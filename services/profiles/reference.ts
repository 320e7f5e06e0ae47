/**
 * The three ways to name a profile: a path, `handle:<16 hex>`, `bundle:<16 hex>`. Pure text handling: what a reference
 * stands for is the library's business.
 */
import { randomBytes } from 'node:crypto'
import { UserError } from '../../analyzers/shared/user-error.ts'

export type ProfileReference =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'handle'; readonly id: string }
  | { readonly kind: 'bundle'; readonly id: string }

const prefixed = /^(handle|bundle):(.*)$/s
const identifier = /^[0-9a-f]{16}$/

/** @throws UserError where a prefix is followed by anything but 16 lower-case hex digits. */
export function parseReference(text: string): ProfileReference {
  const match = prefixed.exec(text)
  if (match === null) {
    if (text.trim() === '' || text.includes('\0')) {
      throw new UserError({
        code: 'INVALID_ARGUMENT',
        message: 'The profile is empty or not a path',
        hint: 'Give a path, `handle:<16 hex digits>`, or `bundle:<16 hex digits>` with `type`.',
      })
    }
    return { kind: 'path', path: text }
  }
  const [, kind, id = ''] = match
  if (!identifier.test(id)) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `\`${kind}:${shorten(id)}\` is not a ${kind}: 16 lower-case hex digits follow the colon`,
      hint: 'Take it from `profiles.list`; to name a file that begins so, write `./` before it.',
    })
  }
  return kind === 'handle' ? { kind, id } : { kind: 'bundle', id }
}

/** A bundle by `bundle:<hex>`; the older spelling `handle:<hex>` is accepted before a bundle's id too. */
export function isReference(text: string): boolean {
  return prefixed.test(text)
}

export function newIdentifier(): string {
  return randomBytes(8).toString('hex')
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
