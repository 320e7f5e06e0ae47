import { describe, expect, test } from 'vitest'
import { fieldName, parseTracepointFormat } from './tracepoint-format.ts'
import { packTracepoint, unpackTracepoints } from './tracepoints.ts'

const COMMON = `name: some_event
ID: 372
format:
\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;
`
const format = `${COMMON}
\tfield:char prev_comm[16];\toffset:8;\tsize:16;\tsigned:0;
\tfield:__data_loc char[] name;\toffset:24;\tsize:4;\tsigned:1;
\tfield:const char * filename;\toffset:32;\tsize:8;\tsigned:0;

print fmt: "comm=%s", REC->prev_comm
`

test.each([
  ['int dfd', 'dfd'],
  ['const char * filename', 'filename'],
  ['char comm[16]', 'comm'],
  ['u8 table[4][2]', 'table'],
  ['__data_loc char[] name', 'name'],
  ['struct sock *sk', 'sk'],
  ['int (*callback)(void)', 'callback'],
  ['unsigned', 'unsigned'],
  ['', ''],
])('the field `%s` is named `%s`', (declaration, name) => {
  expect(fieldName(declaration)).toBe(name)
})

describe('a format', () => {
  test('has its own fields and its print format', () => {
    expect(parseTracepointFormat('sched', 'some_event', format)).toEqual({
      category: 'sched',
      event: 'some_event',
      fields: [
        { name: 'prev_comm', declaration: 'char prev_comm[16]', offset: 8, size: 16, signed: false },
        { name: 'name', declaration: '__data_loc char[] name', offset: 24, size: 4, signed: true },
        { name: 'filename', declaration: 'const char * filename', offset: 32, size: 8, signed: false },
      ],
      print: '"comm=%s", REC->prev_comm',
    })
  })

  test('without fields of its own has the common ones', () => {
    expect(parseTracepointFormat('a', 'b', COMMON).fields.map(({ name }) => name)).toEqual([
      'common_type',
      'common_pid',
    ])
  })

  test('of another form has the lines that can be read', () => {
    expect(parseTracepointFormat('a', 'b', 'field:int x;\toffset:8;\tsize:4;\nfield:what;\n\0')).toEqual({
      category: 'a',
      event: 'b',
      fields: [{ name: 'x', declaration: 'int x', offset: 8, size: 4, signed: false }],
    })
  })
})

test('packed formats say what the files said', () => {
  const facts = unpackTracepoints(packTracepoint('b', 'one', format) + packTracepoint('a', 'two', COMMON))
  expect(facts.names()).toEqual(['a:two', 'b:one'])
  expect(facts.tracepoint('b', 'one')).toEqual(parseTracepointFormat('b', 'one', format))
  expect(facts.tracepoint('a', 'two')).toEqual(parseTracepointFormat('a', 'two', COMMON))
  expect(facts.tracepoint('a', 'three')).toBeUndefined()
})
