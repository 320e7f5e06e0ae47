/** Internet addresses in text form, as `inet_pton` takes them. */

export function addressFamily(text: string): 4 | 6 | undefined {
  if (text.includes('.') && !text.includes(':')) return isVersion4(text) ? 4 : undefined
  // The compiler takes anything with a dot for version 4.
  if (text.includes('.')) return undefined
  return text.includes(':') && isVersion6(text) ? 6 : undefined
}

function isVersion4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
}

function isVersion6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const all = groups.flat()
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  return halves.length === 2 ? all.length < 8 : all.length === 8
}
