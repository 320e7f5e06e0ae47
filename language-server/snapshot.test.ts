/** What a document is judged by beyond its text: the process that its first line or the settings name. */
import { expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { noKernelFacts } from '../analyzers/bpftrace/no-kernel-facts.ts'
import { newestVersion } from '../analyzers/bpftrace/version.ts'
import { parseSettings, serverSettings } from './settings.ts'
import { createSnapshot } from './snapshot.ts'

const kernel = {
  ...noKernelFacts,
  binaries: { find: () => undefined, paths: () => [], ofProcess: (pid: number) => [`/proc/${pid}/exe`] },
}

function processOf(text: string, pid = 0): number | undefined {
  const settings = parseSettings(serverSettings, { bpftrace: { pid } }, (message) => expect.fail(message))
  const basis = { target: { version: newestVersion, why: '', kernel }, settings }
  const document = TextDocument.create('file:///a.bt', 'bpftrace', 1, text)
  return createSnapshot(document, basis).context.kernel.binaries?.process?.pid
}

test.each([
  ['#!/usr/bin/env -S bpftrace -p 1234\nbegin { }', 0, 1234],
  ['#!/usr/bin/bpftrace -p77\nbegin { }', 0, 77],
  ['#!/usr/bin/env -S bpftrace -p 1234\nbegin { }', 55, 1234],
  ['begin { }', 55, 55],
  ['begin { }', 0, undefined],
  ['// bpftrace -p 1234\nbegin { }', 0, undefined],
  ['#!/usr/bin/env -S bpftrace --unsafe\n// -p 12\nbegin { }', 0, undefined],
])('%j with the setting %d is about process %s', (text, setting, expected) => {
  expect(processOf(text, setting)).toBe(expected)
})
