import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeTemplate } from '../../analyzers/bpftrace/templates/describe.ts'
import { parameterProblems, requireTemplate } from '../../analyzers/bpftrace/templates/render.ts'
import { templates } from '../../analyzers/bpftrace/templates/templates.generated.ts'
import {
  choiceOf,
  durationParts,
  durationText,
  fieldKind,
  fieldsOf,
  initialState,
  readState,
  visibleGroups,
  withGiven,
  withOption,
  withValue,
} from './form-model.ts'

const described = templates.map(describeTemplate)
const offCpu = describeTemplate(requireTemplate('off-cpu'))

describe('the list', () => {
  test('has every template under one heading', () => {
    const groups = visibleGroups(described, { query: '', category: '' })
    expect(groups.flatMap((group) => group.templates)).toHaveLength(templates.length)
    expect(new Set(groups.map(({ category }) => category)).size).toBe(groups.length)
  })

  test.each([
    ['where do threads wait', '', 'off-cpu'],
    ['tcp retr', '', 'tcp-retransmits'],
    ['latency', 'Network', 'dns-latency'],
    ['disks and files', '', 'file-opens'],
  ])('"%s" in "%s" has %s', (query, category, name) => {
    const names = visibleGroups(described, { query, category }).flatMap((group) => group.templates.map((t) => t.name))
    expect(names).toContain(name)
  })

  test('the best match comes first, and what has none of the words is not there', () => {
    const [first] = visibleGroups(described, { query: 'oom', category: '' })
    expect(first?.templates[0]?.name).toBe('oom-kills')
    expect(visibleGroups(described, { query: 'zzz', category: '' })).toEqual([])
  })
})

describe('what is asked for', () => {
  test('untouched fields have their defaults, which are valid for every template', () => {
    for (const each of described) {
      const { parameters, operations } = choiceOf(initialState, each)
      expect(parameterProblems(requireTemplate(each.name), parameters)).toEqual([])
      expect(operations).toEqual([])
    }
  })

  test('typed texts, without blanks around them; an emptied field means the default', () => {
    let state = withValue(initialState, 'off-cpu', 'comm', ' nginx ')
    state = withValue(state, 'off-cpu', 'threshold', '')
    const { parameters } = choiceOf(state, offCpu)
    expect(parameters).toMatchObject({ comm: 'nginx', stack: 'kernel' })
    expect(parameters).not.toHaveProperty('threshold')
  })

  test('options that are on, in the order in which they are applied', () => {
    let state = withOption(initialState, 'end_text', { isOn: true, text: 'bye' })
    state = withOption(state, 'filter', { isOn: true, text: 'uid == 0' })
    state = withOption(state, 'series', { text: '5s' })
    expect(choiceOf(state, offCpu).operations).toEqual([
      { kind: 'filter', condition: 'uid == 0' },
      { kind: 'end_text', text: 'bye' },
    ])
  })

  test('the duration of a key binding is the time limit', () => {
    const state = withGiven(initialState, { template: 'off-cpu', parameters: { tid: 7, duration: '5s' } })
    expect(choiceOf(state, offCpu)).toMatchObject({
      template: 'off-cpu',
      parameters: { tid: '7' },
      operations: [{ kind: 'time_limit', duration: '5s' }],
    })
    expect(fieldsOf(offCpu).map(({ name }) => name)).not.toContain('duration')
  })

  test('a flag is sent as one', () => {
    const opens = describeTemplate(requireTemplate('file-opens'))
    const flag = opens.parameters.find((each) => fieldKind(each) === 'check')?.name ?? ''
    expect(choiceOf(withValue(initialState, 'file-opens', flag, 'true'), opens).parameters[flag]).toBe(true)
  })
})

describe('a duration', () => {
  test.each([
    ['10ms', '10', 'ms'],
    ['5 s', '5', 's'],
    ['', '', 's'],
    ['soon', 'soon', 's'],
    ['ms', '', 'ms'],
  ])('%s is %s and %s', (text, amount, unit) => {
    expect(durationParts(text)).toEqual({ amount, unit })
  })

  test('a unit that is typed wins over the chosen one', () => {
    expect(durationText('10', 'ms')).toBe('10ms')
    expect(durationText('10us', 'ms')).toBe('10us')
    expect(durationText(' ', 'ms')).toBe('')
  })
})

describe('what was saved', () => {
  test('comes back as it was', () => {
    const state = withOption(withValue(initialState, 'off-cpu', 'tid', '7'), 'filter', { isOn: true, text: 'pid' })
    expect(readState(structuredClone(state))).toEqual(state)
  })

  test('may be anything', () => {
    fc.assert(fc.property(fc.anything(), (saved) => Array.isArray(Object.keys(readState(saved).options))))
    expect(readState({ values: { a: { b: 1 } }, options: { filter: 'x' }, query: 3 })).toEqual({
      ...initialState,
      values: { a: {} },
    })
  })
})
