/**
 * Puts every pair of templates, composed, to the newest real compiler: `check-template-pairs.ts [--summary FILE]`. It
 * takes the better part of an hour, so CI asks about all pairs in groups instead (test/oracle/templates.test.ts). The
 * compiler's answers are kept: what was asked before costs nothing. Prints what is refused, and a summary as JSON.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { templates } from '../analyzers/bpftrace/templates/templates.generated.ts'
import { formatVersion } from '../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'
import { requireCompiler } from '../test/oracle/compilers.ts'
import { composed, everyPair } from '../test/template-pairs.ts'
import { main } from './shared/terminal.ts'

await main(async () => {
  const { values } = parseArgs({ options: { summary: { type: 'string' } } })
  const compiler = requireCompiler('0.27')
  const kernel = await createKernelFacts({ source: 'live' })
  const pairs = everyPair(templates.map(({ name }) => name))
  const refused: { readonly pair: string; readonly message: string }[] = []
  for (const [index, pair] of pairs.entries()) {
    const { accepted, errors, stderr } = await compiler.check(composed(pair, compiler.version, kernel))
    if (!accepted) refused.push({ pair: pair.join(' + '), message: errors[0]?.message ?? stderr.slice(0, 200) })
    if (index % 100 === 99) console.error(`${index + 1} of ${pairs.length}, ${refused.length} refused`)
  }
  const summary = {
    compiler: `bpftrace ${formatVersion(compiler.version)}`,
    kernel: kernel.source.kernel,
    templates: templates.length,
    pairs: pairs.length,
    accepted: pairs.length - refused.length,
    refused,
  }
  const text = `${JSON.stringify(summary, null, 2)}\n`
  process.stdout.write(text)
  if (values.summary !== undefined) writeFileSync(values.summary, text)
  return refused.length === 0 ? 0 : 1
})
