/**
 * The settings that the language server obeys, as one schema: types, defaults, limits and the texts users read. The
 * extension adds its own to them and writes the manifest's `configuration` from the whole.
 */
import { z } from 'zod'

export type SettingScope = 'machine-overridable' | 'resource' | 'window' | 'language-overridable'

/** What the manifest says about a setting beyond its type. */
export interface SettingMeta {
  readonly category: 'bpftrace' | 'Editor' | 'Profiles' | 'Agents'
  readonly scope: SettingScope
  /** For enums: one sentence for each value, in order. */
  readonly values?: readonly string[]
  /** Anything else that JSON Schema can say and zod cannot. */
  readonly schema?: Readonly<Record<string, unknown>>
}

export interface Setting<T extends z.ZodType = z.ZodType> {
  readonly type: T
  readonly description: string
  readonly meta: SettingMeta
}

export function setting<T extends z.ZodType>(type: T, meta: SettingMeta, description: string): Setting<T> {
  return { type, description, meta }
}

export const severityLevels = ['warning', 'info', 'hint', 'off'] as const

export const serverSettings = {
  'bpftrace.path': setting(
    z.string().default(''),
    { category: 'bpftrace', scope: 'machine-overridable' },
    'Path of the bpftrace program. Empty means the first `bpftrace` on the search path.',
  ),
  'bpftrace.version': setting(
    z
      .string()
      .regex(/^(auto|\d+\.\d+(\.\d+)?)$/)
      .default('auto'),
    {
      category: 'bpftrace',
      scope: 'resource',
      schema: { patternErrorMessage: 'Write `auto` or a version such as `0.27`.' },
    },
    'bpftrace version that scripts are checked for, such as `0.27`. With `auto` it is the version of `#tracewright.bpftrace.path#`, or the newest known one where none is installed.',
  ),
  'bpftrace.unsafe': setting(
    z.boolean().default(false),
    { category: 'bpftrace', scope: 'resource' },
    'Controls whether scripts are checked as if run with `--unsafe`. A first line that says `--unsafe` counts for its script.',
  ),
  'bpftrace.pid': setting(
    z.number().int().min(0).max(4_194_304).default(0),
    { category: 'bpftrace', scope: 'resource' },
    'Process that scripts are about, as with `bpftrace -p`: its program and libraries are offered as targets, and `usdt:*` stands for them. With 0 there is none. A first line that says `-p PID` counts for its script.',
  ),
  'kernel.source': setting(
    z.string().default('auto'),
    {
      category: 'bpftrace',
      scope: 'machine-overridable',
      schema: { examples: ['auto', 'live', 'snapshot', 'none', '/path/to/vmlinux.btf'] },
    },
    'Where facts about the kernel come from: `live` reads this machine, `snapshot` is the kernel that ships with the extension, `none` uses nothing, and a path names a BTF file. With `auto` it is this machine where it can be read, else the snapshot.',
  ),
  'diagnostics.levels': setting(
    z.record(z.string(), z.enum(severityLevels)).default({}),
    {
      category: 'bpftrace',
      scope: 'resource',
      schema: { additionalProperties: { type: 'string', enum: severityLevels } },
    },
    'Levels of single diagnostics by their code, such as `{ "unused-variable": "off" }`. What the compiler itself reports as an error stays an error.',
  ),
  'inlayHints.types': setting(
    z.boolean().default(true),
    { category: 'Editor', scope: 'language-overridable' },
    'Controls whether the types of variables and maps are shown where they are first assigned. See also `#editor.inlayHints.enabled#`.',
  ),
  'inlayHints.parameterNames': setting(
    z.boolean().default(true),
    { category: 'Editor', scope: 'language-overridable' },
    'Controls whether parameter names are shown before literal arguments. See also `#editor.inlayHints.enabled#`.',
  ),
  'codeLens.enabled': setting(
    z.boolean().default(true),
    { category: 'Editor', scope: 'resource' },
    'Controls whether a line above each probe says how many kernel probes it expands to.',
  ),
  'trace.server': setting(
    z.enum(['off', 'messages', 'verbose']).default('off'),
    {
      category: 'Editor',
      scope: 'window',
      values: ['Nothing is logged.', 'Messages are logged by name.', 'Messages are logged with their content.'],
    },
    'Traces the communication between the editor and the language server in the output channel.',
  ),
} as const satisfies Record<string, Setting>

export type SettingValues<S extends Record<string, Setting>> = {
  readonly [K in keyof S]: z.output<S[K]['type']>
}

export type ServerSettings = SettingValues<typeof serverSettings>

/** Follows `a.b` through nested objects, as editors send settings. */
function lookUp(raw: unknown, key: string): unknown {
  let value = raw
  for (const part of key.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, part)
  }
  return value
}

/** Takes each setting on its own: a wrong one is reported and its default used, the others still count. */
export function parseSettings<S extends Record<string, Setting>>(
  schema: S,
  raw: unknown,
  complain: (message: string) => void,
): SettingValues<S> {
  const values: Record<string, unknown> = {}
  for (const [key, { type }] of Object.entries(schema)) {
    const value = lookUp(raw, key) ?? undefined
    const parsed = type.safeParse(value)
    if (parsed.success) {
      values[key] = parsed.data
    } else {
      complain(`tracewright.${key}: ${parsed.error.issues[0]?.message ?? 'invalid value'}; the default is used`)
      values[key] = type.parse(undefined)
    }
  }
  // The loop has filled every key of the schema with its own type; TypeScript cannot follow that through entries().
  return values as SettingValues<S>
}
