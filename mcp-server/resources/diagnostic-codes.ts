/** `bpftrace://diagnostics/<code>`: what a code of the checker means, with an example and a counter-example. */
import { diagnosticPage, explainedCodes } from '../../analyzers/bpftrace/diagnostic-page.ts'
import { markdown, namesLike, type ResourceKind, restOf } from './resource-kind.ts'

const root = 'bpftrace://diagnostics/'
const codes = explainedCodes.map(({ code }) => code)

export const diagnosticCodes: ResourceKind = {
  toolset: 'bpftrace',
  template: {
    uriTemplate: `${root}{code}`,
    name: 'bpftrace-diagnostic',
    title: 'bpftrace: one diagnostic',
    description: 'What a code of the checker means, a program that has it and one that has not',
    mimeType: markdown,
  },
  read: async (uri) => {
    const found = explainedCodes.find(({ code }) => code === restOf(uri, root))
    if (found === undefined) return undefined
    return { mimeType: markdown, text: `${[`# ${found.title}`, ...diagnosticPage(found)].join('\n\n')}\n` }
  },
  complete: async (_, typed) => namesLike(codes, typed),
}
