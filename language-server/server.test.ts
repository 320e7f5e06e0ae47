import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  CancellationTokenSource,
  type CodeAction,
  type CodeLens,
  type CompletionList,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  type Hover,
  LSPErrorCodes,
  type SemanticTokens,
  type SemanticTokensDelta,
  type SymbolInformation,
} from 'vscode-languageserver/node'
import { startTestClient, type TestClient, type TestClientOptions } from './testing/client.ts'

const uri = 'file:///tmp/test.bt'
const textDocument = { uri }

const program = `// Two lines
// of comment.
macro twice(x) { x * 2 }
kprobe:vfs_read { @reads[comm] = lhist(twice(pid), 0, 100, 10); }
`
const position = { line: 3, character: 21 }
const inCall = { line: 3, character: 40 }
const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } }

const options = { tabSize: 2, insertSpaces: true }

/** A request for each declared provider, made where there is something to answer. */
const requests: Readonly<Record<string, readonly [method: string, params: object]>> = {
  callHierarchyProvider: ['textDocument/prepareCallHierarchy', { textDocument, position: { line: 2, character: 8 } }],
  codeActionProvider: ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }],
  codeLensProvider: ['textDocument/codeLens', { textDocument }],
  completionProvider: ['textDocument/completion', { textDocument, position }],
  definitionProvider: ['textDocument/definition', { textDocument, position }],
  diagnosticProvider: ['textDocument/diagnostic', { textDocument }],
  documentFormattingProvider: ['textDocument/formatting', { textDocument, options }],
  documentOnTypeFormattingProvider: [
    'textDocument/onTypeFormatting',
    { textDocument, position: { line: 3, character: 65 }, ch: '}', options },
  ],
  documentRangeFormattingProvider: ['textDocument/rangeFormatting', { textDocument, range, options }],
  documentHighlightProvider: ['textDocument/documentHighlight', { textDocument, position }],
  documentLinkProvider: ['textDocument/documentLink', { textDocument }],
  documentSymbolProvider: ['textDocument/documentSymbol', { textDocument }],
  foldingRangeProvider: ['textDocument/foldingRange', { textDocument }],
  hoverProvider: ['textDocument/hover', { textDocument, position }],
  inlayHintProvider: ['textDocument/inlayHint', { textDocument, range }],
  referencesProvider: ['textDocument/references', { textDocument, position, context: { includeDeclaration: true } }],
  renameProvider: ['textDocument/rename', { textDocument, position, newName: 'calls' }],
  selectionRangeProvider: ['textDocument/selectionRange', { textDocument, positions: [position] }],
  semanticTokensProvider: ['textDocument/semanticTokens/full', { textDocument }],
  signatureHelpProvider: ['textDocument/signatureHelp', { textDocument, position: inCall }],
  workspaceSymbolProvider: ['workspace/symbol', { query: 'reads' }],
}

/** Its one fault: nothing is added. */
const broken = 'BEGIN { print(1 + ); }'

let client: TestClient | undefined
afterEach(() => client?.stop())

async function open(text: string, options?: TestClientOptions): Promise<TestClient> {
  client = await startTestClient(options)
  await client.open(uri, text)
  return client
}

describe('language server', () => {
  test('what is declared is answered, and what is answered is declared', async () => {
    const { connection, capabilities } = await open(program)
    const declared = Object.keys(capabilities).filter((name) => name.endsWith('Provider'))
    expect(declared.toSorted()).toEqual(Object.keys(requests).toSorted())
    for (const [name, [method, params]] of Object.entries(requests)) {
      expect(await connection.sendRequest(method, params), name).toBeTruthy()
    }
  })

  test('a client that pulls gets diagnostics at once, with code, source and place', async () => {
    const { connection } = await open(broken)
    const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument })
    expect(report).toMatchObject({
      kind: 'full',
      items: [{ source: 'bpftrace', code: 'syntax', severity: 1, range: { start: { line: 0 }, end: { line: 0 } } }],
    })
  })

  test('a client that does not pull is sent them, with the version they belong to', async () => {
    client = await startTestClient()
    const published = new Promise((resolve) =>
      client?.connection.onNotification('textDocument/publishDiagnostics', resolve),
    )
    await client.open(uri, broken)
    expect(await published).toMatchObject({ uri, version: 1, diagnostics: [{ code: 'syntax' }] })
  })

  test('changes are followed', async () => {
    const { connection } = await open(broken)
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: { line: 0, character: 18 }, end: { line: 0, character: 18 } }, text: '1' }],
    })
    const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument })
    expect(report).toMatchObject({ items: [] })
  })

  test('levels of rules can be set, an error of the compiler stays', async () => {
    const settings = { bpftrace: { version: '0.27' }, diagnostics: { levels: { syntax: 'off' } } }
    const { connection } = await open(broken, { settings })
    const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument })
    expect(report).toMatchObject({ items: [{ code: 'syntax' }] })
  })

  test('the target version decides what is an error', async () => {
    const { connection } = await open('macro m(x) { x }', { settings: { bpftrace: { version: '0.17' } } })
    const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument })
    expect(report.kind === 'full' && report.items.length).toBeGreaterThan(0)
  })

  test('a wrong setting is ignored and the rest still counts', async () => {
    const settings = { bpftrace: { version: 'newest' }, codeLens: { enabled: false } }
    const { session } = await open('', { settings })
    expect(session.basisOf(uri).settings['bpftrace.version']).toBe('auto')
    expect(session.basisOf(uri).settings['codeLens.enabled']).toBe(false)
  })

  test('outline, hover and completion answer in protocol terms', async () => {
    const { connection } = await open('kprobe:vfs_read { @reads[comm] = count(); }')
    const symbols = await connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument })
    expect(symbols.map(({ name }) => name)).toEqual(['kprobe:vfs_read'])
    const position = { line: 0, character: 27 }
    const hover = await connection.sendRequest<Hover>('textDocument/hover', { textDocument, position })
    expect(hover.range).toEqual({ start: { line: 0, character: 25 }, end: { line: 0, character: 29 } })
    const list = await connection.sendRequest<CompletionList>('textDocument/completion', { textDocument, position })
    const comm = list.items.find(({ label }) => label === 'comm')
    expect(comm).toMatchObject({ detail: 'string[16]', textEdit: { newText: 'comm' } })
    // The long text comes when it is asked for.
    expect(comm?.documentation).toBeUndefined()
    const resolved = await connection.sendRequest('completionItem/resolve', comm)
    expect(resolved).toMatchObject({ documentation: { kind: 'markdown' } })
  })

  test('a client without snippets gets plain text', async () => {
    const { connection } = await open('BEGIN { pri }')
    const position = { line: 0, character: 11 }
    const list = await connection.sendRequest<CompletionList>('textDocument/completion', { textDocument, position })
    expect(list.items.find(({ label }) => label === 'printf')).toMatchObject({ textEdit: { newText: 'printf()' } })
  })

  test('a document that is not open has no answers', async () => {
    const { connection } = await open('')
    const other = { textDocument: { uri: 'file:///tmp/other.bt' }, position: { line: 0, character: 0 } }
    expect(await connection.sendRequest('textDocument/hover', other)).toBeNull()
  })

  test('settings apply as they change, without a restart', async () => {
    const options = { settings: { bpftrace: { version: '0.17' }, kernel: { source: 'none' } } }
    const { connection, session } = await open('macro m(x) { x }', options)
    const judged = () => session.basisOf(uri).target.version.minor
    expect(judged()).toBe(17)
    options.settings = { bpftrace: { version: '0.27' }, kernel: { source: 'none' } }
    const told = new Promise((resolve) => connection.onNotification('tracewright/status', resolve))
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
    expect(await told).toMatchObject({ bpftrace: '0.27.0' })
    expect(judged()).toBe(27)
  })

  test('what lies over the text is asked for again when settings change', async () => {
    const capabilities = {
      workspace: {
        configuration: true,
        codeLens: { refreshSupport: true },
        inlayHint: { refreshSupport: true },
        semanticTokens: { refreshSupport: true },
      },
    }
    const { connection } = await open(program, { capabilities })
    const refreshed = ['codeLens', 'inlayHint', 'semanticTokens'].map(
      (what) =>
        new Promise((resolve) => connection.onRequest(`workspace/${what}/refresh`, () => resolve(what) ?? null)),
    )
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
    expect(await Promise.all(refreshed)).toEqual(['codeLens', 'inlayHint', 'semanticTokens'])
  })

  test('only what the client asked for is among the code actions, and fixing all only when asked', async () => {
    const { connection } = await open('BEGIN { $unused = 1; }')
    const ask = (only?: string[]) =>
      connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics: [], ...(only && { only }) },
      })
    expect((await ask()).map(({ kind }) => kind)).not.toContain('source.fixAll.bpftrace')
    expect((await ask(['refactor'])).length).toBe(0)
    const quick = await ask(['quickfix'])
    expect(quick.at(-1)?.title).toBe('Ignore `unused-variable` here')
    expect(quick.at(-1)?.diagnostics).toMatchObject([{ code: 'unused-variable' }])
  })

  test('semantic tokens come as a difference to the last answer', async () => {
    const { connection } = await open('BEGIN { print(pid); }')
    const full = await connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument })
    expect(full.data).toHaveLength(10)
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: 'BEGIN { print(pid); print(tid); }' }],
    })
    const delta = await connection.sendRequest<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
      textDocument,
      previousResultId: full.resultId,
    })
    expect(delta.edits.flatMap(({ data }) => data ?? []).length).toBeLessThan(20)
  })

  test('formatting a program with an error changes nothing and is no failure', async () => {
    const { connection } = await open(broken)
    expect(await connection.sendRequest('textDocument/formatting', { textDocument, options })).toBeNull()
  })

  test('a lens names only commands that the client has', async () => {
    const program = 'kprobe:vfs_* { @ = count(); }'
    const settings = { bpftrace: { version: '0.27' }, kernel: { source: 'snapshot' } }
    const commands = async (known: string[]) => {
      const { connection } = await open(program, { settings, initializationOptions: { commands: known } })
      const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument })
      await client?.stop()
      return lenses.map(({ command }) => command?.command)
    }
    expect(await commands([])).toEqual([''])
    expect(await commands(['tracewright.showMatchingProbes'])).toEqual(['tracewright.showMatchingProbes'])
    const both = ['tracewright.runProgram', 'tracewright.showMatchingProbes']
    expect(await commands(both)).toEqual(both)
    client = undefined
  })

  test('a request that is taken back is not answered', async () => {
    const { connection } = await open(program)
    const source = new CancellationTokenSource()
    const asked = connection.sendRequest('workspace/symbol', { query: '' }, source.token)
    source.cancel()
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled })
  })

  test('an answer that an edit has overtaken is dropped', async () => {
    const { connection, session } = await open(program)
    await connection.sendRequest('textDocument/hover', { textDocument, position })
    const { promise, resolve } = Promise.withResolvers<void>()
    session.starting = promise
    const asked = connection.sendRequest('textDocument/hover', { textDocument, position })
    const contentChanges = [{ text: 'BEGIN { }' }]
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges })
    while (session.documents.get(uri)?.version !== 2) await new Promise((next) => setImmediate(next))
    resolve()
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified })
  })

  test('a refused rename says why', async () => {
    const { connection } = await open('BEGIN { print(pid); }')
    const asked = connection.sendRequest('textDocument/prepareRename', {
      textDocument,
      position: { line: 0, character: 15 },
    })
    await expect(asked).rejects.toThrow('`pid` is a builtin of bpftrace')
  })
})

describe('files beside the document', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'neighbours-'))
    writeFileSync(path.join(folder, 'lib.bt'), '// Halves.\nmacro half(x) { x / 2 }\nBEGIN { @shared = 1; }\n')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('a macro of an import is found in its file, and the import is a link', async () => {
    client = await startTestClient()
    const own = pathToFileURL(path.join(folder, 'main.bt')).href
    const lib = pathToFileURL(path.join(folder, 'lib.bt')).href
    await client.open(own, 'import "lib.bt";\nBEGIN { print(half(4)); }\n')
    const place = { textDocument: { uri: own }, position: { line: 1, character: 15 } }
    expect(await client.connection.sendRequest('textDocument/definition', place)).toMatchObject([
      { uri: lib, range: { start: { line: 1, character: 6 } } },
    ])
    const links = await client.connection.sendRequest('textDocument/documentLink', { textDocument: { uri: own } })
    expect(links).toMatchObject([{ target: lib }])
  })

  test("what an import or a header defines is completed, explained and found like the script's own", async () => {
    writeFileSync(path.join(folder, 'point.h'), '#define LIMIT 9\nstruct point { int x; int y; };\n')
    client = await startTestClient()
    const own = pathToFileURL(path.join(folder, 'main.bt')).href
    const text = '#include "point.h"\nimport "lib.bt";\nBEGIN { $p = (struct point *)0; print(half($p->y)); }\n'
    await client.open(own, text)
    const at = (found: string, line: number) => {
      return {
        textDocument: { uri: own },
        position: { line, character: (text.split('\n')[line] ?? '').indexOf(found) + 1 },
      }
    }
    const ask = <T>(what: string, place: object) => client?.connection.sendRequest<T>(`textDocument/${what}`, place)
    expect(await ask('definition', at('point *', 2))).toMatchObject([{ range: { start: { line: 1, character: 7 } } }])
    expect(await ask('definition', at('y))', 2))).toMatchObject([{ range: { start: { line: 1, character: 26 } } }])
    const hover = await ask<Hover>('hover', at('half', 2))
    expect(hover?.contents).toMatchObject({ value: expect.stringContaining('Halves.') })
    const list = await ask<CompletionList>('completion', at('half', 2))
    expect(list?.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['half', 'LIMIT']))
  })

  test('paths of imports are completed from the folder of the script', async () => {
    client = await startTestClient()
    const own = pathToFileURL(path.join(folder, 'main.bt')).href
    await client.open(own, 'import "l"')
    const place = { textDocument: { uri: own }, position: { line: 0, character: 9 } }
    const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', place)
    expect(list.items).toMatchObject([{ label: 'lib.bt', textEdit: { newText: 'lib.bt' } }])
  })

  test('a script is judged anew when a file that it takes in has changed', async () => {
    client = await startTestClient()
    const own = pathToFileURL(path.join(folder, 'main.bt')).href
    const header = path.join(folder, 'point.h')
    writeFileSync(header, 'struct point { int x; };\n')
    await client.open(own, '#include "point.h"\nBEGIN { print(((struct point *)0)->x); }\n')
    const errors = async () => {
      const document = { textDocument: { uri: own } }
      const report = await client?.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', document)
      return report?.kind === 'full' ? report.items.filter(({ severity }) => severity === 1).length : undefined
    }
    expect(await errors()).toBe(0)
    writeFileSync(header, 'struct point { int y; };\n')
    const changes = [{ uri: pathToFileURL(header).href, type: 2 }]
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes })
    expect(await errors()).toBe(1)
  })

  test('symbols of scripts that are not open are found, and found again as they change', async () => {
    client = await startTestClient({ folder: pathToFileURL(folder).href })
    const search = async (query: string) =>
      (await client?.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query }))?.map(
        ({ name }) => name,
      )
    expect(await search('@shared')).toEqual(['@shared'])
    const file = path.join(folder, 'lib.bt')
    writeFileSync(file, 'BEGIN { @other = 1; }')
    utimesSync(file, new Date(), new Date(Date.now() + 5000))
    expect(await search('@shared')).toEqual([])
    expect(await search('@other')).toEqual(['@other'])
  })
})
