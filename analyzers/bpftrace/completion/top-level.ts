/** What can start an item of a program: a probe, a definition, the config block. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${1:name}` is how a snippet writes a tab stop.
import { keywords, standing } from '../catalog/index.ts'
import type { ProgramContext } from '../program-context.ts'
import { directives } from './directives.ts'
import type { CompletionItem } from './item.ts'
import { probeProviders } from './probes.ts'
import { snippetItems } from './snippets.ts'

const itemSnippets: Readonly<Record<string, string>> = {
  config: 'config = {\n\t$0\n}',
  import: 'import "$0";',
  macro: 'macro ${1:name}(${2:parameter}) {\n\t$0\n}',
  fn: 'fn ${1:name}(\\$${2:parameter} : ${3:int64}) : ${4:int64} {\n\t$0\n}',
  let: 'let @${1:name} = ${2:hash}(${3:1024});',
}

export function topLevel(context: ProgramContext): CompletionItem[] {
  const words = keywords.flatMap((word): CompletionItem[] => {
    const insert = itemSnippets[word.name]
    const { kind } = standing(word, context.catalog.version)
    if (!insert || kind === 'not-yet' || kind === 'removed') return []
    // Maps can be declared two versions later than variables.
    if (word.name === 'let' && !context.catalog.syntax.some(({ name }) => name === 'map_decl')) return []
    const topic = { about: 'keyword', name: word.name } as const
    return [{ label: word.name, kind: 'keyword', detail: word.description, insert, snippet: true, rank: 3, topic }]
  })
  const definitions = ['struct', 'union', 'enum'].map(
    (label): CompletionItem => ({
      label,
      kind: 'keyword',
      detail: 'C definition',
      insert: `${label} \${1:name} {\n\t$0\n};`,
      snippet: true,
      rank: 4,
    }),
  )
  return [...probeProviders(context), ...snippetItems(context), ...words, ...definitions, ...directives()]
}
