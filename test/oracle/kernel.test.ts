/**
 * What we read of this machine's kernel against those who read it before us: every tracepoint format against tracefs
 * and against bpftrace's own listing, a seeded choice of types and signatures against bpftool.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { CType, KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { createBpftraceLocator } from '../../services/bpftrace/locate-bpftrace.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { livePaths } from '../../services/kernel/live.ts'

const TRACEFS = '/sys/kernel/tracing'
const SEED = 20_261_121

const record = z.object({
  id: z.number(),
  kind: z.string(),
  name: z.string(),
  size: z.number().optional(),
  type_id: z.number().optional(),
  ret_type_id: z.number().optional(),
  nr_elems: z.number().optional(),
  fwd_kind: z.string().optional(),
  encoding: z.string().optional(),
  members: z
    .array(
      z.object({
        name: z.string(),
        type_id: z.number(),
        bits_offset: z.number(),
        bitfield_size: z.number().optional(),
      }),
    )
    .optional(),
  params: z.array(z.object({ name: z.string(), type_id: z.number() })).optional(),
  values: z.array(z.object({ name: z.string(), val: z.number() })).optional(),
})
type BpftoolType = z.infer<typeof record>

let live: KernelFacts
let snapshot: KernelFacts
let byId: ReadonlyMap<number, BpftoolType>

beforeAll(async () => {
  live = await createKernelFacts({ source: 'live' })
  snapshot = await createKernelFacts({ source: 'snapshot' })
  const dump = execFileSync('bpftool', ['-j', 'btf', 'dump', 'file', '/sys/kernel/btf/vmlinux'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const { types } = z.object({ types: z.array(record) }).parse(JSON.parse(dump))
  byId = new Map(types.map((type) => [type.id, type]))
})

/** Mulberry32: the same choice in every run. */
function* random(seed: number): Generator<number> {
  let state = seed
  while (true) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function choose<Item>(items: readonly Item[], count: number): readonly Item[] {
  const numbers = random(SEED)
  const keyed = items.map((item) => ({ item, key: numbers.next().value ?? 0 }))
  return keyed
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ item }) => item)
}

/** The first type of a name, which is the one that counts. */
function firstByName(...kinds: readonly string[]): readonly BpftoolType[] {
  const found = new Map<string, BpftoolType>()
  for (const type of byId.values()) {
    if (kinds.includes(type.kind) && type.name !== '(anon)' && !found.has(type.name)) found.set(type.name, type)
  }
  return [...found.values()]
}

const nameOf = (name: string) => (name === '(anon)' ? '' : name)
const QUALIFIERS = ['CONST', 'VOLATILE', 'RESTRICT', 'TYPE_TAG']

/** A type as one line, out of bpftool's records: what it is, to the depth at which names say the rest. */
function theirs(id: number): string {
  const type = byId.get(id)
  if (type === undefined) return 'void'
  if (QUALIFIERS.includes(type.kind)) return theirs(type.type_id ?? 0)
  switch (type.kind) {
    case 'INT':
      return `${type.name}/${type.size}/${type.encoding?.includes('SIGNED')}`
    case 'FLOAT':
      return `${type.name}/${type.size}`
    case 'PTR':
      return `*${theirs(type.type_id ?? 0)}`
    case 'ARRAY':
      return `[${type.nr_elems}]${theirs(type.type_id ?? 0)}`
    case 'STRUCT':
    case 'UNION':
      return `${type.kind.toLowerCase()} ${nameOf(type.name)}/${type.size}/${type.members?.length}`
    case 'FWD':
      return `${type.fwd_kind} ${type.name}/0/0`
    case 'ENUM':
    case 'ENUM64':
      return `enum ${nameOf(type.name)}/${type.size}/${type.values?.length}`
    case 'TYPEDEF':
      return `typedef ${type.name}`
    case 'FUNC_PROTO':
      return `${theirs(type.ret_type_id ?? 0)}(${type.params?.map(({ type_id }) => theirs(type_id)).join()})`
    default:
      throw new Error(`bpftool printed a ${type.kind} where a type belongs`)
  }
}

function ours(type: CType): string {
  switch (type.kind) {
    case 'void':
      return 'void'
    case 'integer':
      return `${type.name}/${type.size}/${type.signed}`
    case 'float':
      return `${type.name}/${type.size}`
    case 'pointer':
      return `*${ours(type.to)}`
    case 'array':
      return `[${type.length}]${ours(type.of)}`
    case 'record':
      return `${type.keyword} ${type.name}/${type.size}/${type.fields.length}`
    case 'enum':
      return `enum ${type.name}/${type.size}/${type.values.length}`
    case 'typedef':
      return `typedef ${type.name}`
    case 'function': {
      const params = type.params.map((param) => ours(param.type))
      return `${ours(type.returns)}(${[...params, ...(type.variadic ? ['void'] : [])].join()})`
    }
  }
}

describe('tracepoints', () => {
  const names = readFileSync(join(TRACEFS, 'available_events'), 'utf8').trim().split('\n').sort()

  /** The kernel's own lines, the common fields left out where there are others. */
  function fieldLines(category: string, event: string): readonly string[] {
    const text = readFileSync(join(TRACEFS, 'events', category, event, 'format'), 'utf8')
    const lines = text.split('\n').filter((line) => line.startsWith('\tfield:'))
    const own = lines.slice(4)
    return own.length > 0 ? own : lines
  }

  test('all that the kernel lists are known, by name', () => {
    expect(live.names('tracepoint')).toEqual(names)
  })

  test('what bpftrace lists of them has the fields that tracefs has', async () => {
    const listed = await createKernelFacts({
      source: 'live',
      paths: { ...livePaths, tracefs: ['/no/such/folder'] },
      bpftrace: createBpftraceLocator(),
      patient: true,
    })
    expect(listed.source.description).toMatch(/bpftrace -lv lists/)
    expect(listed.names('tracepoint')).toEqual(live.names('tracepoint'))
    for (const name of live.names('tracepoint')) {
      const [category = '', event = ''] = name.split(':')
      expect([name, listed.tracepoint(category, event)?.fields]).toEqual([
        name,
        live.tracepoint(category, event)?.fields,
      ])
    }
  })

  test.each(['live', 'snapshot'])('every format equals tracefs, field by field (%s)', (source) => {
    const facts = source === 'live' ? live : snapshot
    // A snapshot of another kernel is right about that one.
    if (source === 'snapshot' && !live.source.kernel.startsWith(snapshot.source.kernel)) return
    for (const name of names) {
      const [category = '', event = ''] = name.split(':')
      const lines = facts.tracepoint(category, event)?.fields.map(({ declaration, offset, size, signed }) => {
        return `\tfield:${declaration};\toffset:${offset};\tsize:${size};\tsigned:${signed ? 1 : 0};`
      })
      expect(lines, name).toEqual(fieldLines(category, event))
    }
  })

  test("the fields' names are those that bpftrace lists", () => {
    const listing = execFileSync('bpftrace', ['-lv', 'tracepoint:*'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const listed = new Map<string, string[]>()
    let fields: string[] = []
    for (const line of listing.split('\n')) {
      if (line.startsWith('tracepoint:')) {
        fields = []
        listed.set(line.slice('tracepoint:'.length), fields)
      } else if (line.trim() !== '') fields.push(/(\w+)(?:\[[^\]]*\])*;?$/.exec(line)?.[1] ?? line)
    }
    expect(listed.size).toBe(names.length)
    for (const [name, theirNames] of listed) {
      const [category = '', event = ''] = name.split(':')
      const ourNames = live.tracepoint(category, event)?.fields.map((field) => field.name)
      const own = ourNames?.filter((field) => !field.startsWith('common_'))
      expect(own, name).toEqual(theirNames)
    }
  })
})

describe('BTF', () => {
  test('200 structs and unions have the fields, offsets, bits and types that bpftool prints', () => {
    const chosen = choose(firstByName('STRUCT', 'UNION'), 200)
    expect(chosen).toHaveLength(200)
    for (const { kind, name, size, members = [] } of chosen) {
      const type = live.record(kind === 'STRUCT' ? 'struct' : 'union', name)
      expect(type?.size, name).toBe(size)
      const fields = type?.fields.map((field) => {
        const bits = field.bits
        return [field.name, field.offset * 8 + (bits?.offset ?? 0), bits?.size ?? 0, ours(field.type)]
      })
      expect(fields, name).toEqual(
        members.map((member) => {
          return [nameOf(member.name), member.bits_offset, member.bitfield_size ?? 0, theirs(member.type_id)]
        }),
      )
    }
  })

  test('a bitfield lies inside the unit that holds it', () => {
    const chosen = firstByName('STRUCT').filter(({ members }) => members?.some((member) => member.bitfield_size))
    expect(chosen.length).toBeGreaterThan(100)
    for (const { name } of chosen) {
      for (const field of live.record('struct', name)?.fields ?? []) {
        if (field.bits === undefined) continue
        expect(field.bits.offset, `${name}.${field.name}`).toBeLessThan(64)
        expect(field.bits.offset + field.bits.size, `${name}.${field.name}`).toBeLessThanOrEqual(71)
      }
    }
  })

  test('200 enums have the values that bpftool prints', () => {
    for (const { name, values = [] } of choose(firstByName('ENUM', 'ENUM64'), 200)) {
      const ourValues = live.enumeration(name)?.values.map((one) => [one.name, Number(one.value)])
      expect(ourValues?.length, name).toBe(values.length)
      // bpftool's JSON extends the sign of unsigned 32-bit values, and JSON cannot hold what comes of it.
      const exact = values.flatMap(({ val }, index) => (Number.isSafeInteger(val) ? [index] : []))
      expect(
        exact.map((index) => ourValues?.[index]),
        name,
      ).toEqual(exact.map((index) => [values[index]?.name, values[index]?.val]))
    }
  })

  test('200 typedefs lead where bpftool says', () => {
    for (const { name, type_id = 0 } of choose(firstByName('TYPEDEF'), 200)) {
      const type = live.typedef(name)
      expect(type && ours(type.target), name).toBe(theirs(type_id))
    }
  })

  test('200 functions have the signatures that bpftool prints', () => {
    for (const { name, type_id = 0 } of choose(firstByName('FUNC'), 200)) {
      const signature = live.signature(name)
      expect(signature && ours(signature), name).toBe(theirs(type_id))
      const names = signature?.params.map((param) => param.name)
      const theirParams = byId.get(type_id)?.params?.filter((param) => param.type_id !== 0 || param.name !== '(anon)')
      expect(names, name).toEqual(theirParams?.map((param) => nameOf(param.name)))
    }
  })

  test('a raw tracepoint has the arguments of its probe function, without the context', () => {
    expect(live.rawTracepoint('sched_switch')?.params.map(({ name }) => name)).toEqual([
      'preempt',
      'prev',
      'next',
      'prev_state',
    ])
  })
})
