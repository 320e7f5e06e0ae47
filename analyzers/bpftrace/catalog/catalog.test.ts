import { describe, expect, it } from 'vitest'
import { compareVersions, parseVersion } from '../version.ts'
import {
  builtins,
  catalogFor,
  configKeys,
  environmentVariables,
  functions,
  keywords,
  migrations,
  probeTypes,
  standing,
  syntax,
} from './index.ts'

const tables = { probeTypes, builtins, functions, syntax, configKeys, environmentVariables }

describe.each(Object.entries(tables))('%s', (_, entries) => {
  it('has unique identifiers', () => {
    const ids = entries.map((entry) => ('id' in entry ? entry.id : entry.name))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('describes every entry in a sentence', () => {
    for (const entry of entries) expect(entry.description, entry.name).toMatch(/^[^\s].{9,}$/s)
  })

  it('dates every entry with versions that parse, in order of time', () => {
    for (const entry of entries) {
      const dates = [entry.since, entry.deprecatedIn, entry.removedIn].filter((date) => date !== undefined)
      const versions = dates.map((date) => parseVersion(date))
      expect(versions, entry.name).not.toContain(undefined)
      const known = versions.filter((version) => version !== undefined)
      expect([...known].sort(compareVersions), entry.name).toEqual(known)
    }
  })

  it('has an example wherever a compiler was asked', () => {
    for (const entry of entries) if (entry.acceptedBy?.length) expect(entry.example, entry.name).toBeTruthy()
  })
})

describe('functions', () => {
  it('name known probe types where they are valid', () => {
    const known = new Set(['*', ...probeTypes.flatMap((type) => [type.name, ...type.aliases])])
    for (const entry of functions) for (const probe of entry.validIn) expect(known, entry.name).toContain(probe)
  })

  it('take at most one variadic parameter, the last', () => {
    for (const entry of functions)
      for (const { params } of entry.signatures)
        expect(
          params.slice(0, -1).some((param) => param.variadic),
          entry.name,
        ).toBe(false)
  })
})

describe('standing', () => {
  const at = (name: string, version: string) => {
    const entry = builtins.find((builtin) => builtin.name === name)
    const parsed = parseVersion(version)
    return entry && parsed ? standing(entry, parsed).kind : undefined
  }
  it.each([
    ['jiffies', '0.17.0', 'not-yet'],
    ['jiffies', '0.27.1', 'available'],
    ['sarg0', '0.17.0', 'available'],
    ['sarg0', '0.23', 'deprecated'],
    ['sarg0', '0.27.1', 'removed'],
  ])('%s at %s is %s', (name, version, expected) => expect(at(name, version)).toBe(expected))
})

describe('catalogFor', () => {
  const catalog = (version: string) => catalogFor(parseVersion(version) ?? { major: 0, minor: 0, patch: 0 })

  it('finds probe types by every spelling, caseless since 0.24', () => {
    expect(catalog('0.17').probeType('BEGIN')?.name).toBe('begin')
    expect(catalog('0.17').probeType('begin')?.name).toBe('begin')
    expect(catalog('0.17').probeType('KPROBE')).toBeUndefined()
    expect(catalog('0.27').probeType('KPROBE')?.name).toBe('kprobe')
    expect(catalog('0.27').probeType('U')?.name).toBe('usdt')
    expect(catalog('0.27').probeType('u')?.name).toBe('uprobe')
  })

  it('finds families of builtins', () => {
    expect(catalog('0.27').builtin('arg12')?.name).toBe('arg0')
    expect(catalog('0.27').builtin('argx')).toBeUndefined()
  })

  it('reads config keys as the compiler does', () => {
    expect(catalog('0.27').configKey('BPFTRACE_MAX_STRLEN')?.name).toBe('max_strlen')
    expect(catalog('0.17').configKeys).toEqual([])
  })

  it('lists whole values where only some are allowed', () => {
    for (const { name, allowed = [] } of [...configKeys, ...environmentVariables]) {
      expect(
        allowed.filter((value) => value.length === 1 && !/^[01]$/.test(value)),
        name,
      ).toEqual([])
    }
  })

  it('has keywords and migrations with texts', () => {
    expect(keywords.map((word) => word.name)).toContain('comptime')
    for (const change of migrations) expect(change.title.length, change.name).toBeGreaterThan(5)
  })
})
