/**
 * Good and bad programs of the project that mutations start from: fixtures, samples, templates, the catalog's and the
 * diagnostics' examples, the documents' code blocks. With `installed`, also the tools of the compilers on this machine.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogFor } from '../../analyzers/bpftrace/catalog/index.ts'
import { diagnostics } from '../../analyzers/bpftrace/diagnostics/index.ts'
import { constructs } from '../../analyzers/bpftrace/syntax/constructs.ts'
import { renderTemplate } from '../../analyzers/bpftrace/templates/render.ts'
import { templates } from '../../analyzers/bpftrace/templates/templates.generated.ts'
import { newestVersion } from '../../analyzers/bpftrace/version.ts'
import { cacheFolder, root } from '../../scripts/shared/paths.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { checkedPrograms } from '../checker-programs.ts'

export async function seedPrograms({ installed }: { readonly installed: boolean }): Promise<readonly string[]> {
  const kernel = await createKernelFacts({ source: 'snapshot' })
  const catalog = catalogFor(newestVersion)
  const entries = [
    ...catalog.probeTypes,
    ...catalog.builtins,
    ...catalog.functions,
    ...catalog.syntax,
    ...catalog.configKeys,
  ]
  const programs = [
    ...read(root, '{samples,test/fixtures}/**/*.bt'),
    ...templates.map((each) => renderTemplate(each, {}, { bpftrace: newestVersion, kernel }).program),
    ...entries.flatMap(({ example, classicExample }) => [example ?? '', classicExample ?? '']),
    ...Object.values(diagnostics).flatMap(({ bad, good }) => [bad, good]),
    ...Object.values(constructs).map(({ example }) => example),
    ...Object.values(checkedPrograms).flatMap((table) => table.map(([program]) => program)),
    ...read(root, 'docs/**/*.md').flatMap(codeBlocks),
    ...(installed ? read(join(cacheFolder(), 'debian'), '*/usr/sbin/*.bt') : []),
  ]
  return [...new Set(programs)].filter((program) => program !== '')
}

function read(cwd: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd })
    .toSorted()
    .map((file) => readFileSync(join(cwd, file), 'utf8'))
}

function codeBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```bpftrace\n(.*?)^```/gms)].map(([, program]) => program ?? '')
}
