/**
 * The keys of the view as a whole, wherever its focus is; those of a flame graph are `keys.ts`. Pure: it is given a key
 * and answers with what is meant.
 */
import { type Mode, modes } from './saved-state.ts'

export type Shortcut =
  | { readonly kind: 'search' | 'escape' | 'help' | 'filters' }
  | { readonly kind: 'mode'; readonly mode: Mode }

/** `isTyping`: the key goes into a field, where letters are letters. */
export function shortcutOf(
  press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  isTyping: boolean,
): Shortcut | null {
  const { key } = press
  if ((press.ctrlKey || press.metaKey) && key === 'f') return { kind: 'search' }
  if (key === 'Escape') return { kind: 'escape' }
  if (isTyping) return null
  if (key === '/') return { kind: 'search' }
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  if (key === '?') return { kind: 'help' }
  if (key === 'f') return { kind: 'filters' }
  const mode = modes[Number(key) - 1]
  return mode === undefined ? null : { kind: 'mode', mode }
}
