/** Puts a tree before the compiler of a version: the modern one since 0.24, the one before until then. */
import { catalogFor } from '../catalog/index.ts'
import { diagnostics } from '../diagnostics/index.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Version } from '../version.ts'
import { atLeast } from '../version.ts'
import { definitionsOf } from './c-text.ts'
import { judgeClassic } from './classic/pipeline.ts'
import { defaultSettings } from './config-block.ts'
import type { Environment } from './environment.ts'
import { createFindings, type Finding } from './findings.ts'
import { type Judgement, judgeModern } from './modern/pipeline.ts'
import { type ProbeArguments, probeArguments } from './probe-arguments.ts'
import { findOlderSpellings } from './rules/older-spellings.ts'
import { findUnused } from './rules/unused.ts'
import { stages } from './stages.ts'
import { createTypeTable } from './type-table.ts'

export interface JudgeOptions {
  readonly kernel: KernelFacts
  readonly unsafe?: boolean
  readonly params?: readonly string[]
  readonly readFile?: (path: string) => string | undefined
}

export function judge(
  tree: SyntaxTree,
  version: Version,
  options: JudgeOptions,
): { readonly findings: readonly Finding[]; readonly judgement: Judgement } {
  const findings = createFindings((code) => diagnostics[code].severity)
  const definitions = definitionsOf(tree, options, findings)
  const known = new Map<string, ProbeArguments | undefined>()
  const environment: Environment = {
    version,
    catalog: catalogFor(version),
    kernel: options.kernel,
    unsafe: options.unsafe ?? false,
    params: options.params ?? [],
    findings,
    types: createTypeTable(definitions, options.kernel, !atLeast(version, '0.24')),
    readFile: options.readFile,
    settings: defaultSettings(),
    argumentsOf(point) {
      const key = `${point.provider}:${point.target}:${point.func}`
      if (!known.has(key)) known.set(key, probeArguments(point, environment))
      return known.get(key)
    },
    foreignFunctions: tree.program.items.some((item) => item.kind === 'Import'),
  }
  const judge = atLeast(version, '0.24') ? judgeModern : judgeClassic
  const judgement = judge(tree.program, environment)
  findings.stage = stages.rules
  findUnused(tree, environment)
  findOlderSpellings(tree, environment)
  return { findings: findings.list, judgement }
}
