import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  composeProgramsRequest,
  type ParameterValues,
  type ProgramAnswer,
  type ProgramPreview,
  parameterValuesRequest,
  renderTemplateRequest,
  type TemplateDescription,
  templatesRequest,
} from '../protocol/programs.ts'
import { startTestClient, type TestClient } from '../testing/client.ts'

let client: TestClient
beforeAll(async () => {
  client = await startTestClient({ settings: { bpftrace: { version: '0.17' }, kernel: { source: 'snapshot' } } })
})
afterAll(() => client.stop())

const uri = 'untitled:form'
const render = (template: string, parameters: object = {}, operations: readonly object[] = []) =>
  client.connection.sendRequest<ProgramAnswer>(renderTemplateRequest, { uri, template, parameters, operations })
const compose = (programs: readonly string[], operations: readonly object[] = []) =>
  client.connection.sendRequest<ProgramAnswer>(composeProgramsRequest, { uri, programs, operations })

async function program(answer: Promise<ProgramAnswer>): Promise<ProgramPreview> {
  const found = await answer
  if (found.kind !== 'program') throw new Error(JSON.stringify(found.problems))
  return found
}

test('every template is listed with its parameters', async () => {
  const list = await client.connection.sendRequest<TemplateDescription[]>(templatesRequest, {})
  expect(list.length).toBeGreaterThanOrEqual(40)
  expect(list.find(({ name }) => name === 'off-cpu')?.parameters.map(({ name }) => name)).toContain('threshold')
})

describe('a template', () => {
  test('is written for the target, with notes, verdict and estimate', async () => {
    const preview = await program(render('file-opens', { pid: 7 }))
    expect(preview.target).toMatchObject({ bpftrace: '0.17.0', kernelSource: 'snapshot' })
    expect(preview.program).toContain('args->filename')
    expect(preview.program).toContain('pid == 7')
    expect(preview.notes.join(' ')).toContain('0.17')
    expect(preview.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(preview.safety.verdict).toMatch(/^(safe|caution|dangerous)$/)
    expect(preview.estimate.eventsPerSecond).toBeGreaterThan(0)
    expect(preview.estimate.mapBytes).toBeGreaterThan(0)
    expect(preview.pieces.map(({ text }) => text).join('')).toBe(preview.program)
  })

  test('gets a filter, a series and lines at both ends', async () => {
    const { program: text, notes } = await program(
      render('page-faults', {}, [
        { kind: 'filter', condition: 'uid == 0' },
        { kind: 'series', interval: '1s' },
        { kind: 'begin_text', text: 'Faults' },
        { kind: 'end_text', text: 'Done' },
      ]),
    )
    expect(text).toContain('uid == 0')
    expect(text).toContain('interval:s:1')
    expect(text).toContain('printf("Faults\\n")')
    expect(text).toContain('printf("Done\\n")')
    expect(notes.join(' ')).toContain('filter')
  })

  test('says of each input what is wrong with it', async () => {
    const parameters = await render('off-cpu', { tid: 'x', threshold: 'soon' })
    expect(parameters).toMatchObject({
      kind: 'problems',
      problems: [
        { about: 'parameter', name: 'tid' },
        { about: 'parameter', name: 'threshold' },
      ],
    })
    const operations = await render('forks', {}, [
      { kind: 'filter', condition: 'pid ==' },
      { kind: 'time_limit', duration: 'x' },
    ])
    expect(operations).toMatchObject({
      kind: 'problems',
      problems: [
        { about: 'operation', name: 'filter', message: expect.stringContaining('cannot be a condition') },
        { about: 'operation', name: 'time_limit' },
      ],
    })
  })

  test('that the version cannot have says which one can', async () => {
    expect(await render('time-series')).toMatchObject({
      kind: 'problems',
      problems: [{ about: 'template', message: expect.stringContaining('needs bpftrace 0.24') }],
    })
    expect(await render('no-such')).toMatchObject({ kind: 'problems', problems: [{ about: 'template' }] })
  })
})

test('values come from the kernel of the target', async () => {
  const values = await client.connection.sendRequest<ParameterValues>(parameterValuesRequest, {
    uri,
    template: 'kernel-function-latency',
    parameter: 'function',
    text: 'tcp_sendm',
    parameters: {},
  })
  expect(values.values.map(({ value }) => value)).toContain('tcp_sendmsg')
})

test('programs are merged, clashing names apart', async () => {
  const one = 'BEGIN { @a = 1; }'
  const { program: text, notes } = await program(compose([one, 'kprobe:f { @a[pid] = count(); }']))
  expect(text).toContain('@a = 1')
  expect(text).toMatch(/@\w+\[pid\] = count\(\)/)
  expect(notes).not.toEqual([])
  expect(await compose(['BEGIN {', one])).toMatchObject({ kind: 'problems', problems: [{ hint: expect.any(String) }] })
})
