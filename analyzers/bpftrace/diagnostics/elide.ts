/** Long texts in messages and titles: the beginning and the end, on one line. */

/** What the eye takes in at once. */
const LONGEST = 120
const END = 30

export function elided(text: string): string {
  // A text of many lines is read no further than it will be shown.
  const near = text.length > 4 * LONGEST ? `${text.slice(0, 2 * LONGEST)} ${text.slice(-2 * LONGEST)}` : text
  const line = near.replace(/\s*\n\s*/g, ' ')
  if (line.length <= LONGEST) return line
  return `${line.slice(0, LONGEST - END).trimEnd()} … ${line.slice(-END).trimStart()}`
}

/** The texts of a finding's data, as its message quotes them. */
export function elidedData<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data
  const isLong = (value: unknown) => typeof value === 'string' && (value.length > LONGEST || value.includes('\n'))
  if (!Object.values(data).some(isLong)) return data
  const entries = Object.entries(data).map(([key, value]) => [key, typeof value === 'string' ? elided(value) : value])
  // Each property keeps its type: texts stay texts.
  return Object.fromEntries(entries) as Data
}
