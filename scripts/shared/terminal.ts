/** What the development scripts print: one line per step with its time, and a sign of life on the long ones. */

const colours = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code: number, text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)
export const red = (text: string) => paint(31, text)
export const green = (text: string) => paint(32, text)
export const dim = (text: string) => paint(2, text)

export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** Prints `title …`, again every ten seconds while it lasts, and the time when it is done. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const elapsed = () => seconds(performance.now() - started)
  console.log(`${title} …`)
  const heartbeat = setInterval(() => console.log(dim(`  … ${title}, ${elapsed()}`)), 10_000)
  try {
    const result = await work()
    console.log(dim(`  ${title}: ${elapsed()}`))
    return result
  } finally {
    clearInterval(heartbeat)
  }
}

/** A failure that a person can mend: printed without a stack. */
export class PlainError extends Error {}

/** Runs a script's body; a `PlainError` is said in its own words, anything else with its stack. */
export async function main(body: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    console.error(
      red(error instanceof PlainError ? `\n${error.message}` : String(error instanceof Error ? error.stack : error)),
    )
    process.exitCode = 1
  }
}
