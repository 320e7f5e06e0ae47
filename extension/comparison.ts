/**
 * Two profiles that are looked at together, as a URI `tracewright-comparison:/<before> → <after>?<their URIs>`, so that
 * the editor can name, restore and share a comparison like a file. It knows only URIs.
 */
import { Uri } from 'vscode'

export const comparisonScheme = 'tracewright-comparison'

export interface Comparison {
  /** The earlier profile: what changes are counted from. */
  readonly before: Uri
  readonly after: Uri
}

export function nameOf(uri: Uri): string {
  return uri.path.split('/').at(-1) ?? ''
}

export function uriOfComparison({ before, after }: Comparison): Uri {
  const [first, second] = shortNames(before, after)
  // A name may hold anything; in a path it may hold no separator.
  const title = `${first} → ${second}`.replaceAll(/[/\\]/g, '∕')
  const query = JSON.stringify({ before: before.toString(), after: after.toString() })
  return Uri.from({ scheme: comparisonScheme, path: `/${title}`, query })
}

/** The two sides; undefined for any other URI. */
export function comparisonOf(uri: Uri): Comparison | undefined {
  if (uri.scheme !== comparisonScheme) return undefined
  const parsed: unknown = JSON.parse(uri.query)
  if (typeof parsed !== 'object' || parsed === null || !('before' in parsed) || !('after' in parsed)) return undefined
  const { before, after } = parsed
  if (typeof before !== 'string' || typeof after !== 'string') return undefined
  return { before: Uri.parse(before), after: Uri.parse(after) }
}

/** File names, with their folder where both are called the same. */
export function shortNames(before: Uri, after: Uri): readonly [string, string] {
  const depth = nameOf(before) === nameOf(after) && before.scheme === 'file' && after.scheme === 'file' ? 2 : 1
  const short = (uri: Uri) => uri.path.split('/').slice(-depth).join('/')
  return [short(before), short(after)]
}
