/** The config block: known keys, values that each can have, and those that decide what else is valid. */

import { configKeys, environmentVariables, standing } from '../catalog/index.ts'
import type { Config, ConfigEntry, Expression, Program } from '../syntax/ast.ts'
import type { Environment, Settings } from './environment.ts'

export function defaultSettings(): Settings {
  return {
    maxStringLength: 1024,
    stackMode: 'bpftrace',
    missingProbes: 'error',
    unstable: new Map([
      ['unstable_import_statement', 'error'],
      ['unstable_typeinfo', 'error'],
      ['unstable_tseries', 'warn'],
      ['unstable_dw_ustack', 'warn'],
    ]),
  }
}

export function checkConfig(program: Program, environment: Environment): void {
  for (const item of program.items) if (item.kind === 'Config') checkBlock(item, environment)
}

function checkBlock(config: Config, environment: Environment): void {
  for (const entry of config.entries) if (entry.kind === 'ConfigEntry') checkEntry(entry, environment)
}

const plainName = (text: string) => text.toLowerCase().replace(/^bpftrace_/, '')

/** A key by its newest name: old names still work, with a warning. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['strlen', 'max_strlen'],
  ['no_cpp_demangle', 'cpp_demangle'],
  ['cat_bytes_max', 'max_cat_bytes'],
  ['map_keys_max', 'max_map_keys'],
])

function checkEntry(entry: ConfigEntry, environment: Environment): void {
  const { findings, version } = environment
  const written = entry.key.text
  const name = plainName(written)
  if (name === '') return
  const known = configKeys.find((key) => key.name === name)
  const status = known ? standing(known, version).kind : undefined
  if (known && status === 'deprecated' && !known.replacedBy) {
    findings.report('config-key-deprecated', entry.span, {
      name: written,
      start: entry.span.start,
      end: entry.span.end,
    })
    return
  }
  const current = renamed.get(name)
  const key = current ? configKeys.find((candidate) => candidate.name === current) : known
  if (!key || status === 'not-yet' || status === 'removed') {
    if (isEnvironmentOnly(name)) findings.report('config-environment-only', entry.span, { name: written })
    else {
      const candidates = environment.catalog.configKeys.map((candidate) => candidate.name)
      findings.report('config-key-unknown', entry.span, {
        name: written,
        candidates,
        start: entry.key.span.start,
        end: entry.key.span.end,
      })
    }
    return
  }
  const value = settingValue(entry.value)
  if (value === undefined) return
  const fault = valueFault(key.name, key.type, key.allowed ?? [], value)
  if (fault) {
    findings.report('config-value-invalid', entry.span, { name: written, problem: fault })
    return
  }
  if (current) {
    findings.report('config-key-renamed', entry.span, {
      name: written,
      current,
      start: entry.key.span.start,
      end: entry.key.span.end,
    })
  }
  apply(environment.settings, key.name, value)
}

const isEnvironmentOnly = (name: string) =>
  ['btf', 'kernel_build', 'kernel_source', 'vmlinux'].includes(name) ||
  environmentVariables.some((variable) => plainName(variable.name) === name)

type Value = { readonly kind: 'text' | 'number'; readonly text: string }

function settingValue(expression: Expression): Value | undefined {
  switch (expression.kind) {
    case 'IntegerLiteral':
      return expression.value === null ? undefined : { kind: 'number', text: String(expression.value) }
    case 'StringLiteral':
      return { kind: 'text', text: expression.value }
    case 'BooleanLiteral':
      return { kind: 'text', text: String(expression.value) }
    case 'Identifier':
      return { kind: 'text', text: expression.name }
    default:
      return undefined
  }
}

function valueFault(name: string, type: string, allowed: readonly string[], value: Value): string | undefined {
  if (type === 'uint64') {
    return value.kind === 'number' || /^\d/.test(value.text) ? undefined : `expecting a number, got ${value.text}`
  }
  if (type === 'bool') {
    const valid = value.kind === 'number' || /^(true|false|0|1|on|off|yes|no)$/i.test(value.text)
    return valid ? undefined : 'valid values are true, false, 1 or 0'
  }
  if (type !== 'enum') return undefined
  if (name === 'license') {
    return value.kind === 'text' && allowed.includes(value.text) ? undefined : `valid values are ${allowed.join(', ')}`
  }
  const lenient = name.startsWith('unstable_') || name === 'cache_user_symbols'
  if (value.kind === 'number') return lenient ? undefined : `valid values are ${allowed.join(', ')}`
  const listed = allowed.some((each) => each.toLowerCase() === value.text.toLowerCase())
  const truthy = lenient && /^(true|false|0|1)$/i.test(value.text)
  return listed || truthy ? undefined : `valid values are ${allowed.join(', ')}`
}

function apply(settings: Settings, name: string, value: Value): void {
  if (name === 'max_strlen' && value.kind === 'number') settings.maxStringLength = Number(value.text)
  else if (name === 'stack_mode') settings.stackMode = value.text
  else if (name === 'missing_probes') settings.missingProbes = value.text
  else if (name.startsWith('unstable_')) settings.unstable.set(name, setting(value))
}

function setting(value: Value): string {
  const text = value.text.toLowerCase()
  if (value.kind === 'number') return text === '0' ? 'error' : 'enable'
  return text === 'true' ? 'enable' : text === 'false' ? 'error' : text
}
