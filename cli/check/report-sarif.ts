/** Diagnostics as SARIF 2.1.0, for code scanning services. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Place, PlacedDiagnostic, PlacedEdit } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import type { FileReport } from './report.ts'

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const

export function reportSarif(files: readonly FileReport[], version: string): object {
  const codes = [...new Set(files.flatMap(({ diagnostics }) => diagnostics.map((each) => each.code)))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tracewright', version, rules: codes.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(({ file, diagnostics }) => diagnostics.map((each) => resultOf(file, each, codes))),
      },
    ],
  }
}

function resultOf(file: string, diagnostic: PlacedDiagnostic, codes: readonly string[]): object {
  const artifactLocation = { uri: uriOf(file) }
  return {
    ruleId: diagnostic.code,
    ruleIndex: codes.indexOf(diagnostic.code),
    level: levels[diagnostic.severity],
    message: { text: diagnostic.message },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(diagnostic) } }],
    ...(diagnostic.related.length > 0 && {
      relatedLocations: diagnostic.related.map((place) => ({
        physicalLocation: { artifactLocation, region: regionOf(place) },
        message: { text: place.message },
      })),
    }),
    ...(diagnostic.fixes.length > 0 && {
      fixes: diagnostic.fixes.map((fix) => ({
        description: { text: fix.title },
        artifactChanges: [{ artifactLocation, replacements: fix.edits.map(replacementOf) }],
      })),
    }),
    properties: { origin: diagnostic.origin },
  }
}

function replacementOf(edit: PlacedEdit): object {
  return { deletedRegion: regionOf(edit), insertedContent: { text: edit.newText } }
}

function regionOf(place: Place): object {
  return {
    startLine: place.line,
    startColumn: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
  }
}

/** Relative to where the command ran, with forward slashes; a path that leads out of there as a file URL. */
function uriOf(file: string): string {
  if (file === '-') return 'stdin.bt'
  const relative = path.relative(process.cwd(), path.resolve(file))
  if (relative.startsWith('..') || path.isAbsolute(relative)) return pathToFileURL(file).href
  return relative.split(path.sep).map(encodeURIComponent).join('/')
}
