/**
 * Valid programs with one word marked, by kind of word: from the catalog of a version and from what a kernel has. The
 * list is the same for the same seed.
 */
import { type Catalog, catalogFor, keywords, standing } from '../../../analyzers/bpftrace/catalog/index.ts'
import type { KernelFacts } from '../../../analyzers/bpftrace/kernel-facts.ts'
import { atLeast, type Version } from '../../../analyzers/bpftrace/version.ts'
import { pick, type Random } from './typo.ts'

export interface Site {
  readonly kind: string
  readonly before: string
  readonly word: string
  readonly after: string
  /** Words that would be right in its place, too: writing one of them is no misspelling. */
  readonly others: readonly string[]
}

/** `…«word»…` */
function marked(kind: string, text: string, others: readonly string[] = []): Site {
  const [before = '', word = '', after = ''] = text.split(/[«»]/)
  return { kind, before, word, after, others }
}

interface Source {
  readonly version: Version
  readonly catalog: Catalog
  readonly kernel: KernelFacts
  readonly random: Random
  readonly modern: boolean
}

export function sites(version: Version, kernel: KernelFacts, random: Random, perKind: number): readonly Site[] {
  const modern = atLeast(version, '0.24')
  const source = { version, catalog: catalogFor(version), kernel, random, modern }
  return Object.entries(kinds).flatMap(([kind, make]) => {
    const made: Site[] = []
    for (let i = 0; i < perKind * 4 && made.length < perKind; i++) {
      const site = make(source, kind)
      if (site && (site.word.length >= 3 || kind === 'unit')) made.push(site)
    }
    return made
  })
}

const functions = ['vfs_read', 'vfs_write', 'tcp_sendmsg', 'do_nanosleep', 'do_sys_openat2', 'tcp_connect', 'vfs_open']
const structs = ['task_struct', 'file', 'sock', 'sk_buff', 'dentry', 'inode', 'mm_struct', 'request', 'bio', 'path']
const own = ['start', 'count', 'latency', 'bytes', 'reads', 'writes', 'total', 'delta', 'opens', 'stacks', 'requests']

const attachPoints = [
  'kprobe:vfs_read',
  'kretprobe:vfs_read',
  'tracepoint:sched:sched_switch',
  'rawtracepoint:sched_switch',
  'profile:hz:99',
  'interval:s:1',
  'software:page-faults:100',
  'hardware:cache-misses:1000000',
  'uprobe:/bin/bash:readline',
  'uretprobe:/bin/bash:readline',
  'usdt:/usr/lib/libfoo.so:provider:name',
  'watchpoint:0x10000000:8:w',
]

const special = ({ modern }: Source) => (modern ? 'begin' : 'BEGIN')
const entry = ({ modern }: Source) => (modern ? 'fentry' : 'kfunc')
const leave = ({ modern }: Source) => (modern ? 'fexit' : 'kretfunc')
const dot = ({ modern }: Source) => (modern ? '.' : '->')

type Make = (source: Source, kind: string) => Site | undefined

const kinds: Readonly<Record<string, Make>> = {
  'probe type': (source, kind) => {
    const points = [
      ...attachPoints,
      special(source),
      source.modern ? 'end' : 'END',
      `${entry(source)}:vfs_read`,
      `${leave(source)}:vfs_read`,
    ]
    const [type = '', ...rest] = pick(source.random, points).split(':')
    if (!source.catalog.probeType(type)) return undefined
    const names = source.catalog.probeTypes.flatMap((each) => [each.name, ...each.aliases, ...each.shortNames])
    return marked(
      kind,
      `«${type}»${rest.map((part) => `:${part}`).join('')} { printf("hit\\n"); }`,
      caseless(source, names),
    )
  },
  'tracepoint category': ({ kernel, random }, kind) => {
    const [category, event] = pick(random, kernel.names('tracepoint')).split(':')
    const all = kernel.names('tracepoint').map((name) => name.split(':')[0] ?? '')
    return marked(kind, `tracepoint:«${category}»:${event} { @ = count(); }`, all)
  },
  'tracepoint event': ({ kernel, random }, kind) => {
    const [category, event] = pick(random, kernel.names('tracepoint')).split(':')
    const all = kernel.names('tracepoint').map((name) => name.split(':')[1] ?? '')
    return marked(kind, `tracepoint:${category}:«${event}» { @ = count(); }`, all)
  },
  'common tracepoint': ({ random, kernel }, kind) => {
    const [category, event] = pick(
      random,
      kernel
        .names('tracepoint')
        .filter((name) => /^(?:syscalls|sched|block|net|kmem|irq|signal|tcp|sock|task):/.test(name)),
    ).split(':')
    const all = kernel.names('tracepoint').map((name) => name.split(':')[1] ?? '')
    return marked(kind, `tracepoint:${category}:«${event}» { @[comm] = count(); }`, all)
  },
  kprobe: ({ kernel, random }, kind) => {
    const names = kernel.names('function')
    const name = random() < 0.5 ? pick(random, functions) : pick(random, names)
    return /[^\w]/.test(name) ? undefined : marked(kind, `kprobe:«${name}» { @[comm] = count(); }`, names)
  },
  'kernel function of fentry': (source, kind) => {
    const names = source.kernel.names('function')
    const name = source.random() < 0.5 ? pick(source.random, functions) : pick(source.random, names)
    if (!source.kernel.signature(name)) return undefined
    return marked(kind, `${entry(source)}:«${name}» { @[comm] = count(); }`, names)
  },
  'raw tracepoint': ({ kernel, random, catalog }, kind) =>
    catalog.probeType('rawtracepoint') &&
    marked(
      kind,
      `rawtracepoint:«${pick(random, kernel.names('rawtracepoint'))}» { @ = count(); }`,
      kernel.names('rawtracepoint'),
    ),
  event: ({ catalog, random }, kind) => {
    const provider = pick(random, ['software', 'hardware'])
    const events = catalog.probeType(provider)?.events ?? []
    const names = events.flatMap(({ name, alias }) => (alias ? [name, alias] : [name]))
    return marked(kind, `${provider}:«${pick(random, names)}»:100 { @[comm] = count(); }`, names)
  },
  builtin: (source, kind) => {
    const { catalog, random } = source
    const builtin = pick(
      random,
      catalog.builtins.filter((each) => each.kind === 'builtin' && !['ctx', 'config', 'stack'].includes(each.name)),
    )
    const names = catalog.builtins.map(({ name }) => name)
    if (builtin.name === 'args')
      return marked(kind, `tracepoint:syscalls:sys_enter_openat { print(«args»${dot(source)}flags); }`, names)
    const point =
      builtin.validIn.includes('*') || builtin.validIn.includes('kprobe') ? 'kprobe:vfs_read' : 'kretprobe:vfs_read'
    if (!builtin.validIn.includes('*') && !builtin.validIn.includes(point.split(':')[0] ?? '')) return undefined
    if (builtin.name === 'cpid' || builtin.name === 'has_cpid') return undefined
    return marked(kind, `${point} { @[«${builtin.name}»] = count(); }`, names)
  },
  'builtin in printf': ({ random, catalog }, kind) => {
    const name = pick(random, ['pid', 'tid', 'comm', 'nsecs', 'elapsed', 'cgroup', 'retval', 'curtask', 'func'])
    const specifier = ['comm', 'func'].includes(name) ? 's' : 'd'
    return marked(
      kind,
      `kretprobe:vfs_read { printf("%${specifier}\\n", «${name}»); }`,
      catalog.builtins.map((each) => each.name),
    )
  },
  function: (source, kind) => exampleOf(source, kind, (name) => !mapFunctions.has(name)),
  'map function': (source, kind) => exampleOf(source, kind, (name) => mapFunctions.has(name)),
  'config key': ({ catalog, random, modern }, kind) => {
    if (!modern) return undefined
    const names = catalog.configKeys.map(({ name }) => name)
    const key = pick(
      random,
      catalog.configKeys.filter(({ type }) => /^(?:u?int|bool|number|boolean)/.test(type)),
    )
    const value = /bool/.test(key.type) ? 'true' : '64'
    return marked(kind, `config = { «${key.name}» = ${value} } begin { exit(); }`, anyCase(names))
  },
  'config value': ({ modern, random }, kind) => {
    if (!modern) return undefined
    const values = {
      stack_mode: ['bpftrace', 'perf', 'raw'],
      missing_probes: ['ignore', 'warn', 'error'],
    }
    const [name, words] = pick(random, Object.entries(values))
    return marked(kind, `config = { ${name} = «${pick(random, words)}» } begin { exit(); }`, anyCase(words))
  },
  'field of args': (source, kind) => {
    const { kernel, random } = source
    const [category = '', event = ''] = pick(random, kernel.names('tracepoint')).split(':')
    const fields =
      kernel.tracepoint(category, event)?.fields.filter(({ name, size }) => size <= 8 && /^\w+$/.test(name)) ?? []
    if (fields.length === 0) return undefined
    const all = kernel.tracepoint(category, event)?.fields.map(({ name }) => name)
    return marked(
      kind,
      `tracepoint:${category}:${event} { @ = args${dot(source)}«${pick(random, fields).name}»; }`,
      all,
    )
  },
  'argument of fentry': (source, kind) => {
    const name = pick(source.random, [...functions, ...sample(source, 'function')])
    const params =
      source.kernel
        .signature(name)
        ?.params.map((each) => each.name)
        .filter((each) => each !== '') ?? []
    if (params.length === 0) return undefined
    return marked(kind, `${entry(source)}:${name} { @ = args${dot(source)}«${pick(source.random, params)}»; }`, params)
  },
  'field through curtask': (source, kind) => {
    const names = fieldNames(source.kernel, 'task_struct')
    return marked(kind, `kprobe:vfs_read { $x = ${task(source)}«${pick(source.random, names)}»; print(1); }`, names)
  },
  'field through a cast': (source, kind) => {
    const name = pick(source.random, [...structs, ...sample(source, 'struct')])
    const names = fieldNames(source.kernel, name)
    if (names.length === 0) return undefined
    return marked(
      kind,
      `kprobe:vfs_read { $s = (struct ${name} *)arg0; $x = &$s->«${pick(source.random, names)}»; print(1); }`.replace(
        '&',
        '',
      ),
      names,
    )
  },
  'nested field': (source, kind) => {
    const names = fieldNames(source.kernel, 'task_struct')
    return marked(
      kind,
      `kprobe:vfs_read { $x = ${task(source)}real_parent->«${pick(source.random, names)}»; print(1); }`,
      names,
    )
  },
  'field of an inner structure': (source, kind) => {
    const paths = [
      ['sock', '__sk_common.«skc_family»'],
      ['sock', '__sk_common.«skc_dport»'],
      ['file', 'f_path.«dentry»->d_name'],
      ['sk_buff', '«dev»->ifindex'],
      ['sk_buff', '«network_header»'],
      ['inode', '«i_rdev»'],
      ['page', '«_mapcount»'],
      ['page', '«_refcount»'],
    ] as const
    const [type, path] = pick(source.random, paths)
    return marked(kind, `kprobe:vfs_read { $s = (struct ${type} *)arg0; $x = $s->${path}; print(1); }`)
  },
  'field of retval': (source, kind) => {
    const names = fieldNames(source.kernel, 'file')
    return marked(kind, `${leave(source)}:filp_open { $x = retval->«${pick(source.random, names)}»; print(1); }`, names)
  },
  structure: (source, kind) => {
    const names = source.kernel.names('struct')
    const name = source.random() < 0.6 ? pick(source.random, structs) : pick(source.random, names)
    const field = pick(source.random, fieldNames(source.kernel, name).concat('x'))
    return field === 'x'
      ? undefined
      : marked(kind, `kprobe:vfs_read { $s = (struct «${name}» *)arg0; $x = $s->${field}; print(1); }`, names)
  },
  enumeration: ({ kernel, random, modern }, kind) => {
    if (!modern) return undefined
    const names = kernel.names('enum')
    const name = pick(random, names)
    const value = kernel.enumeration(name)?.values[0]?.value
    return value === undefined || value < 0n
      ? undefined
      : marked(kind, `kprobe:vfs_read { print((enum «${name}»)${value}); }`, names)
  },
  enumerator: ({ kernel, random }, kind) => {
    const name = pick(random, kernel.names('enum'))
    const values = kernel.enumeration(name)?.values.filter((value) => value.name.length > 4) ?? []
    if (values.length === 0) return undefined
    const value = pick(random, values)
    return marked(kind, `kprobe:vfs_read { if (arg0 == «${value.name}») { print(1); } }`)
  },
  variable: (source, kind) => {
    const [first, second] = two(source, own)
    return marked(
      kind,
      `${special(source)} { $${first} = nsecs; $${second} = 1; printf("%d %d\\n", $«${first}», $${second}); }`,
    )
  },
  map: (source, kind) => {
    const [first, second] = two(source, own)
    return marked(
      kind,
      `kprobe:vfs_read { @${first}[tid] = nsecs; @${second} = count(); } ${source.modern ? 'end' : 'END'} { clear(@«${first}»); }`,
    )
  },
  'map that is read': (source, kind) => {
    const [first, second] = two(source, own)
    return marked(
      kind,
      `kprobe:vfs_read { @${first}[tid] = nsecs; } kretprobe:vfs_read /@«${first}»[tid]/ { @${second} = hist(nsecs - @${first}[tid]); delete(@${first}[tid]); }`,
    )
  },
  'field in C': (source, kind) => {
    const [first, second] = two(source, own)
    return marked(
      kind,
      `struct event { int ${first}; int ${second}; } kprobe:vfs_read { $e = (struct event *)arg0; print($e->«${first}»); }`,
    )
  },
  'structure in C': (_, kind) =>
    marked(
      kind,
      'struct connection { int port; int state; } kprobe:vfs_read { print(((struct «connection» *)arg0)->port); }',
    ),
  '#define': (source, kind) => {
    const name = pick(source.random, ['THRESHOLD', 'MAX_DEPTH', 'LIMIT_NS', 'BUFFER_SIZE'])
    return marked(kind, `#define ${name} 100\n${special(source)} { print(«${name}»); }`)
  },
  'macro of the script': ({ modern, random }, kind) => {
    const name = pick(random, ['latency_us', 'to_millis', 'is_slow', 'add_one'])
    return modern ? marked(kind, `macro ${name}(x) { x + 1 } begin { print(«${name}»(4)); }`) : undefined
  },
  unit: ({ random }, kind) => {
    const unit = pick(random, ['ms', 'us', 'hz'])
    return marked(kind, `${pick(random, ['interval', 'profile'])}:«${unit}»:10 { print(1); }`, ['s', 'ms', 'us', 'hz'])
  },
  'function of a library': ({ random }, kind) => {
    const [target, name] = pick(random, [
      ['libc', 'malloc'],
      ['libc', 'getaddrinfo'],
      ['/usr/lib/x86_64-linux-gnu/libc.so.6', 'pthread_create'],
      ['libssl', 'SSL_read'],
      ['/bin/bash', 'readline'],
    ] as const)
    return marked(kind, `uprobe:${target}:«${name}» { @[comm] = count(); }`)
  },
  'stack mode': ({ random }, kind) => {
    const words = ['bpftrace', 'perf', 'raw']
    return marked(kind, `kprobe:vfs_read { @[kstack(«${pick(random, words)}»)] = count(); }`, words)
  },
  clock: ({ random, modern }, kind) => {
    const words = ['monotonic', 'boot', 'tai', 'sw_tai']
    return modern ? marked(kind, `begin { print(nsecs(«${pick(random, words)}»)); }`, words) : undefined
  },
  register: ({ random }, kind) =>
    marked(kind, `kprobe:vfs_read { print(reg("«${pick(random, ['r15', 'r10', 'flags'])}»")); }`, [
      'r15',
      'r14',
      'r13',
      'r12',
      'r11',
      'r10',
    ]),
  keyword: (source, kind) => {
    const known = new Set(
      keywords
        .filter(({ name: _, ...life }) => standing(life, source.version).kind === 'available')
        .map(({ name }) => name),
    )
    const begin = special(source)
    const programs = [
      `${begin} { «if» (pid == 1) { print(1); } }`,
      `${begin} { if (pid == 1) { print(1); } «else» { print(2); } }`,
      `${begin} { $i = 0; «while» ($i < 5) { $i++; } }`,
      `${begin} { «unroll»(5) { print(1); } }`,
      `${begin} { $i = 0; while ($i < 5) { $i++; if ($i == 2) { «break»; } } }`,
      `${begin} { $i = 0; while ($i < 5) { $i++; if ($i == 2) { «continue»; } } }`,
      `${begin} { if (pid == 1) { «return»; } print(1); }`,
      `${begin} { print(«sizeof»(struct task_struct)); }`,
      `«struct» pair { int first; int second; } ${begin} { print(sizeof(struct pair)); }`,
      `kprobe:vfs_read { print(((«struct» task_struct *)arg0)->pid); }`,
      '«config» = { max_strlen=64 } begin { exit(); }',
      'begin { «let» $x = 1; print($x); }',
      'begin { «for» $i : 0..5 { print($i); } }',
      'begin { @a[1] = 1; «for» ($kv : @a) { print($kv); } }',
      '«macro» twice(x) { x * 2 } begin { print(twice(4)); }',
      'begin { print(«offsetof»(struct task_struct, pid)); }',
      '«let» @a = hash(10); begin { @a[1] = 1; }',
    ]
    const site = marked(kind, pick(source.random, programs), [...known])
    return known.has(site.word) || site.word === 'struct' ? site : undefined
  },
  type: (source, kind) => {
    const words = ['uint8', 'uint16', 'uint32', 'uint64', 'int8', 'int16', 'int32', 'int64']
    return marked(kind, `kprobe:vfs_read { print((«${pick(source.random, words)}»)arg0); }`, words)
  },
}

const mapFunctions = new Set([
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'stats',
  'hist',
  'lhist',
  'llhist',
  'tseries',
  'delete',
  'clear',
  'zero',
  'len',
  'has_key',
  'print',
])

function exampleOf(
  { catalog, random, modern }: Source,
  kind: string,
  wanted: (name: string) => boolean,
): Site | undefined {
  const entry = pick(
    random,
    catalog.functions.filter(({ name, unsafe }) => wanted(name) && !unsafe),
  )
  const example = modern ? entry.example : (entry.classicExample ?? entry.example)
  if (example === undefined || entry.flags !== undefined || !entry.acceptedBy?.includes(modern ? '0.27.1' : '0.17.0'))
    return undefined
  const at = new RegExp(`\\b${entry.name}(?=\\()`).exec(example)?.index
  if (at === undefined) return undefined
  const text = `${example.slice(0, at)}«${entry.name}»${example.slice(at + entry.name.length)}`
  const functionNames = catalog.functions.map(({ name }) => name)
  return marked(kind, text, [...functionNames, ...keywords.map(({ name }) => name)])
}

const task = ({ modern }: Source) => (modern ? 'curtask->' : '((struct task_struct *)curtask)->')

const anyCase = (names: readonly string[]) =>
  names.flatMap((name) => [name, name.toUpperCase(), name.charAt(0).toUpperCase() + name.slice(1)])

const caseless = ({ modern }: Source, names: readonly string[]) => (modern ? anyCase(names) : names)

function fieldNames(kernel: KernelFacts, name: string): readonly string[] {
  return (
    kernel
      .record('struct', name)
      ?.fields.filter((field) => field.bits === undefined)
      .map((field) => field.name)
      .filter((field) => field !== '') ?? []
  )
}

const sample = ({ kernel, random }: Source, kind: 'function' | 'struct') =>
  Array.from({ length: 10 }, () => pick(random, kernel.names(kind)))

function two({ random }: Source, list: readonly string[]): readonly [string, string] {
  const first = pick(random, list)
  return [
    first,
    pick(
      random,
      list.filter((each) => each !== first),
    ),
  ]
}
