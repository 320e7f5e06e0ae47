import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FunctionList, parseFunctions } from './kernel-functions.ts'

describe('kallsyms', () => {
  test.each([
    ['ffffffff81000000 T vfs_read', ['vfs_read'], []],
    ['0000000000000000 t static_one\n0000000000000000 W weak_one\n', ['static_one', 'weak_one'], []],
    ['ffffffff81000000 D data\nffffffff81000000 r constant\nffffffff81000000 B bss', [], []],
    ['ffffffff81000000 T __pfx_vfs_read\nffffffff81000000 t __cfi_vfs_read', [], []],
    [
      'ffffffffc0000000 t probe_it\t[driver]\nffffffffc0000000 t bpf_prog_1\t[bpf]',
      ['bpf_prog_1', 'probe_it'],
      ['bpf', 'driver'],
    ],
    ['ffffffff81000000 t twice\nffffffff81000010 t twice', ['twice'], []],
    ['', [], []],
    ['no such list\n\n x\n', [], []],
  ])('%j', (text, functions, modules) => {
    expect(parseFunctions(text, 'kallsyms')).toEqual({ functions, modules })
  })
})

describe('available_filter_functions', () => {
  test.each([
    ['vfs_read\nvfs_write\n', ['vfs_read', 'vfs_write'], []],
    ['b [driver]\na\n', ['a', 'b'], ['driver']],
    ['', [], []],
  ])('%j', (text, functions, modules) => {
    expect(parseFunctions(text, 'available_filter_functions')).toEqual({ functions, modules })
  })
})

test('a list in pieces is the list', () => {
  const text = 'ffffffff81000000 T one\nffffffff81000010 t two\t[driver]\n\nffffffff81000020 D data\n81000030 W one'
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
      const list = new FunctionList('kallsyms')
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      for (const [i, place] of places.entries()) list.add(text.slice(place, places[i + 1] ?? text.length))
      expect(list.names()).toEqual({ functions: ['one', 'two'], modules: ['driver'] })
    }),
  )
})
