/** Which finding a message of bpftrace speaks of. */
import { expect, test } from 'vitest'
import type { PlacedDiagnostic } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import { explainStderr } from '../../analyzers/trace/errors/explain-stderr.ts'
import { matchingDiagnostic } from './match-error.ts'

const found = (code: string, message: string, column: number, endColumn: number): PlacedDiagnostic => ({
  severity: 'error',
  code,
  message,
  origin: code === 'probe-unknown' ? 'rule' : 'compiler',
  line: 1,
  column,
  endLine: 1,
  endColumn,
  related: [],
  fixes: [],
})

const type = found('probe-type-unknown', "Invalid probe type: 'begin'", 1, 6)
const name = found('identifier-unknown', "Unknown identifier: 'comn'.", 25, 29)
const probe = found('probe-unknown', 'Linux has no function `vfs_reaad`', 1, 17)

test.each([
  ['stdin:1:25-29: ERROR: Unknown identifier: comn', [type, name], name],
  ['stdin:1:25-29: ERROR: Unknown identifier: comn', [type], undefined],
  ['stdin:1:25-29: ERROR: what nobody has ever read', [type, name], name],
  ['stdin:2:25-29: ERROR: Unknown identifier: comn', [name], undefined],
  ['ERROR: Error attaching probe: kprobe:vfs_reaad', [name, probe], probe],
  ['ERROR: Could not mount the file system', [name, probe], undefined],
])('%s', (stderr, candidates, expected) => {
  const [error] = explainStderr(stderr)
  if (!error) throw new Error('The message is explained.')
  expect(matchingDiagnostic(error, candidates)).toBe(expected)
})
