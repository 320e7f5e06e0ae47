import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { profileRows } from '../../../test/profile-rows.ts'
import { runs } from '../../../test/setup/fast-check.ts'
import { UserError } from '../../shared/user-error.ts'
import type { Profile } from '../profile.ts'
import { importForeign } from './index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function imported(content: string | object): Profile {
  const profile = importForeign(bytes(typeof content === 'string' ? content : JSON.stringify(content)))
  if (profile === undefined) throw new Error('not recognised')
  return profile
}

const types = (profile: Profile) => profile.sampleTypes.map(({ type, unit }) => `${type}/${unit}`).join(' ')

describe('folded stacks', () => {
  test('are read root first, one stack a line', () => {
    const profile = imported('main;work;alloc 3\nmain;idle 4\n# comment\n')
    expect(types(profile)).toBe('samples/count')
    expect(profileRows(profile)).toEqual(['alloc < work < main = 3', 'idle < main = 4'])
  })

  test('keep names with spaces, digits and parentheses', () => {
    const [row] = profileRows(imported('a b;std::vector<int, 2>::push_back(int const&) 12\r\nx;y 1\r\n'))
    expect(row).toBe('std::vector<int, 2>::push_back(int const&) < a b = 12')
  })

  test('leave out a line without a count, and say so', () => {
    const profile = imported('a;b 1\nbroken;line\na;c 2\n')
    expect(profileRows(profile)).toHaveLength(2)
    expect(profile.warnings).toEqual(['Left out 1 lines that are not `frame;frame count` (the first at line 2)'])
  })
})

describe('one bad sample does not reject a file', () => {
  test('of folded stacks: a count beyond int64', () => {
    const profile = imported('a;b 9007199254740993\na;c 99999999999999999999\n')
    expect(profileRows(profile)).toEqual(['b < a = 9007199254740993'])
    expect(profile.warnings).toEqual(['Left out 1 samples with a value that no profile can hold (the first at line 2)'])
  })

  test('of speedscope: weights, stacks, frames and events of a wrong kind', () => {
    const profile = imported({
      shared: { frames: [{ name: 'main' }, { label: 'nameless' }] },
      profiles: [
        { type: 'sampled', unit: 'none', samples: [[0], null, [0], [1], [0]], weights: [5, 1, null, 1, 1e300] },
        {
          type: 'evented',
          unit: 'none',
          events: ['odd', { type: 'O', frame: 0, at: 1 }, { type: 'C', frame: 0, at: 3 }],
        },
      ],
    })
    expect(profileRows(profile)).toHaveLength(2)
    expect(profile.warnings).toHaveLength(5)
  })

  test('of a .cpuprofile: a node without a frame, a sample that is no number, a time beyond all', () => {
    const callFrame = { functionName: 'work', url: '' }
    const profile = imported({
      nodes: [{ id: 1, callFrame }, { id: 2 }],
      startTime: 0,
      endTime: 30,
      samples: [1, 2, 'x', 1, 1],
      timeDeltas: [0, 10, 10, 10, 1e300],
    })
    expect(profileRows(profile)).toHaveLength(2)
    expect(profile.warnings.join('\n')).toMatch(/1 nodes.*\n.*2 samples of a node.*\n.*1 samples with a value/)
  })

  test('of a .heapprofile: a node without a frame', () => {
    const callFrame = { functionName: 'work', url: '' }
    const head = { callFrame, selfSize: 8, children: [{ callFrame: 5, selfSize: 9 }] }
    expect(imported({ head }).warnings).toHaveLength(1)
  })
})

describe('speedscope', () => {
  const shared = { frames: [{ name: 'main', file: 'm.c', line: 3 }, { name: 'work' }] }

  test('sampled profiles keep weights in the unit of the profile', () => {
    const profile = imported({
      shared,
      profiles: [{ type: 'sampled', name: 't', unit: 'milliseconds', samples: [[0], [0, 1]], weights: [1, 2.5] }],
    })
    expect(types(profile)).toBe('time/nanoseconds')
    expect(profileRows(profile)).toEqual(['main m.c:3 = 1000000', 'work < main m.c:3 = 2500000'])
  })

  test('evented profiles give each stack the time until the next event', () => {
    const event = (type: string, frame: number, at: number) => ({ type, frame, at })
    const events = [event('O', 0, 0), event('O', 1, 10), event('C', 1, 30), event('C', 0, 35)]
    const profile = imported({ shared, profiles: [{ type: 'evented', name: 't', unit: 'bytes', events }] })
    expect(profileRows(profile)).toEqual(['main m.c:3 = 10', 'work < main m.c:3 = 20', 'main m.c:3 = 5'])
  })

  test('several profiles become one with a thread label', () => {
    const one = (name: string) => ({ type: 'sampled', name, unit: 'none', samples: [[0]], weights: [1] })
    const profile = imported({ shared, profiles: [one('a'), one('b')] })
    expect(profileRows(profile)).toEqual(['main m.c:3 = 1 {thread: a}', 'main m.c:3 = 1 {thread: b}'])
  })

  test('a sample of an unknown frame is left out', () => {
    const profile = imported({
      shared,
      profiles: [{ type: 'sampled', name: 't', unit: 'none', samples: [[9], [0]], weights: [1, 2] }],
    })
    expect(profileRows(profile)).toEqual(['main m.c:3 = 2'])
    expect(profile.warnings).toHaveLength(1)
  })
})

describe('V8', () => {
  const callFrame = (functionName: string, lineNumber = 4) => ({
    functionName,
    url: 'a.js',
    lineNumber,
    columnNumber: 0,
  })
  const nodes = [
    { id: 1, callFrame: callFrame('(root)'), children: [2] },
    { id: 2, callFrame: callFrame('main'), children: [3] },
    { id: 3, callFrame: callFrame('') },
  ]

  test('.cpuprofile samples stand until the next sample was taken', () => {
    const profile = imported({ nodes, startTime: 0, endTime: 100, samples: [2, 3, 2], timeDeltas: [10, 20, 30] })
    expect(types(profile)).toBe('samples/count wall/nanoseconds')
    expect(profileRows(profile)).toEqual([
      'main a.js:5 = 1, 20000',
      '(anonymous) a.js:5 < main a.js:5 = 1, 30000',
      'main a.js:5 = 1, 40000',
    ])
    expect(profile.durationNanos).toBe(100_000n)
  })

  test('.cpuprofile without samples shares the time by hit counts', () => {
    const hit = nodes.map((node) => ({ ...node, hitCount: node.id - 1 }))
    const profile = imported({ nodes: hit, startTime: 0, endTime: 30 })
    expect(profileRows(profile)).toEqual(['main a.js:5 = 1, 10000', '(anonymous) a.js:5 < main a.js:5 = 2, 20000'])
  })

  test('.heapprofile keeps the bytes of every node', () => {
    const node = (id: number, name: string, selfSize: number, children: object[]) => ({
      id,
      selfSize,
      callFrame: callFrame(name),
      children,
    })
    const head = node(1, '(root)', 0, [node(2, 'main', 8, [node(3, 'leaf', 64, [])])])
    const profile = imported({ head, samples: [{ size: 64, nodeId: 3, ordinal: 1 }] })
    expect(types(profile)).toBe('objects/count space/bytes')
    expect(profileRows(profile)).toEqual(['main a.js:5 = 0, 8', 'leaf a.js:5 < main a.js:5 = 1, 64'])
  })

  test('a tree of a hundred thousand levels is read without recursion', () => {
    let head: object = { id: 100_001, selfSize: 1, callFrame: callFrame('leaf'), children: [] }
    for (let id = 100_000; id > 99_000; id--)
      head = { id, selfSize: 0, callFrame: callFrame(`f${id}`), children: [head] }
    expect(imported({ head }).stacks.locations.length).toBe(1001)
  })
})

describe('perf script', () => {
  const text = `# captured
my prog 1234/1235 [001] 100.000001:     250000 cpu-clock:u: 
	    5581 work+0x11 (/usr/bin/prog)
	    7f21 [unknown] (/lib/libc.so.6)

swapper     0 [000] 100.000002:          1 sched:sched_switch: prev_comm=a
	ffff8000 schedule+0x2 ([kernel.kallsyms])

`
  test('gives each event a sample type and keeps command, process and thread as labels', () => {
    const profile = imported(text)
    expect(types(profile)).toBe('samples/count cpu-clock/nanoseconds sched:sched_switch/count')
    expect(profileRows(profile)).toEqual([
      'work < 0x7f21 = 1, 250000, 0 {comm: my prog, pid: 1234, tid: 1235}',
      'schedule = 1, 0, 1 {comm: swapper, pid: 0}',
    ])
    expect(profile.mappings.map((mapping) => mapping.file)).toEqual([
      '/usr/bin/prog',
      '/lib/libc.so.6',
      '[kernel.kallsyms]',
    ])
  })

  test('a cut last sample is kept with the frames it has', () => {
    expect(profileRows(imported(text.slice(0, text.indexOf('[unknown]'))))).toEqual([
      'work = 1, 250000 {comm: my prog, pid: 1234, tid: 1235}',
    ])
  })
})

describe('what is no profile', () => {
  test.each([['plain prose without any numbers'], ['{"a": 1}'], ['\0\0\0'], ['']])(
    '%j is not recognised',
    (content) => {
      expect(importForeign(bytes(content))).toBeUndefined()
    },
  )

  test('cut JSON says that it is cut', () => {
    expect(() => importForeign(bytes('{"shared": {"fra'))).toThrow(UserError)
  })

  test('any bytes give a profile, nothing, or an error that the caller can repair', () => {
    const starts = [
      '',
      'heap profile: 1: 2 [3: 4] @ heap_v2/512\n',
      'goroutine profile: total 1\n',
      '--- mutex:\n',
      '--- threadz 1 ---\n',
      '--- heapz 1 ---\n',
      '{"nodes":[]',
      '{"shared":{"frames":[]},"profiles":[',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.string(), fc.uint8Array({ maxLength: 64 }), (start, text, tail) => {
        try {
          importForeign(new Uint8Array([...bytes(start + text), ...tail]))
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
      runs(500),
    )
  })
})
