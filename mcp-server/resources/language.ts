/** `bpftrace://reference` and `bpftrace://reference/<name>`: the language, from the catalog. */
import { referenceNames, referenceOverview, referencePage } from '../../analyzers/bpftrace/reference.ts'
import { newestVersion } from '../../analyzers/bpftrace/version.ts'
import { markdown, namesLike, type ResourceKind, restOf } from './resource-kind.ts'

const root = 'bpftrace://reference'

export const language: ResourceKind = {
  toolset: 'bpftrace',
  template: {
    uriTemplate: `${root}/{name}`,
    name: 'bpftrace-reference-entry',
    title: 'bpftrace: one name of the language',
    description: 'A probe type, builtin, function, setting or construct: what it does, since when, with an example',
    mimeType: markdown,
  },
  list: async () => [
    {
      uri: root,
      name: 'bpftrace-reference',
      title: 'bpftrace: the language',
      description: 'Every probe type, builtin, function and construct in a line, with the versions that have it',
      mimeType: markdown,
      annotations: { audience: ['user', 'assistant'], priority: 0.7 },
    },
  ],
  read: async (uri) => {
    const name = restOf(uri, `${root}/`)
    const text = uri === root ? referenceOverview(newestVersion) : name && referencePage(name, newestVersion)
    return text ? { mimeType: markdown, text } : undefined
  },
  complete: async (_, typed) => namesLike(referenceNames, typed),
}
