/** `pprof.symbolize`: names for frames that are bare addresses. */
import { z } from 'zod'
import { symbolizeProfile } from '../../services/profiles/symbolize-profile.ts'
import { pprofBytes } from '../../services/profiles/write-profile.ts'
import { code, table } from '../shared/markdown.ts'
import { openProfile, profileArgument } from '../shared/profile-argument.ts'
import { defineTool } from '../tool.ts'

const NAMED_ALREADY = 'Every frame has a name already.'
const NO_NAMES =
  'None of the bare addresses got a name: give the folders of the very binaries that ran, with their symbol tables, as `folders`.'

export default defineTool({
  name: 'pprof.symbolize',
  title: 'Name bare addresses',
  description:
    'Names frames that are bare addresses from the symbol tables of the ELF files at hand, and stores the result under a new handle.',
  kind: 'write',
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    folders: z
      .array(z.string().min(1))
      .max(50)
      .default([])
      .describe('Folders with binaries, searched by base name first'),
  }),
  output: z.object({
    handle: z
      .string()
      .nullable()
      .describe('The profile with names, `handle:<16 hex>`; null when there was nothing to name'),
    named: z.int().describe('Addresses that got a name'),
    unnamed: z.int().describe('Addresses that are still bare'),
    binaries: z
      .array(
        z.object({
          mapping: z.string().describe('File as the profile names it'),
          path: z.string().describe('File that was read'),
        }),
      )
      .describe('The ELF files used'),
    notes: z.array(z.string()).describe('Binaries that could not be used, and why; why nothing was named'),
  }),
  async run(context, input, options) {
    const { profile, type, label } = await openProfile(context, input, options)
    const {
      profile: symbolized,
      named,
      unnamed,
      binaries,
      notes,
    } = symbolizeProfile(profile, {
      folders: input.folders,
      paths: context.paths,
    })
    const [record] =
      named === 0
        ? []
        : await context.library.add([
            { content: { bytes: pprofBytes(symbolized) }, type, name: `${label} with names`, origin: 'symbolize' },
          ])
    const nothing = named > 0 ? [] : unnamed === 0 ? [NAMED_ALREADY] : [NO_NAMES]
    return { handle: record?.handle ?? null, named, unnamed, binaries: [...binaries], notes: [...notes, ...nothing] }
  },
  text(result) {
    const head =
      result.handle === null
        ? result.unnamed === 0
          ? 'Nothing to do.'
          : `None of ${result.unnamed} addresses could be named.`
        : `${result.named} addresses named, ${result.unnamed} left: ${code(result.handle)}.`
    const used = result.binaries.map((each) => [code(each.mapping), code(each.path)])
    return [
      head,
      ...(used.length > 0 ? [table(['Mapping', 'File'], used)] : []),
      ...(result.notes.length > 0 ? [result.notes.map((note) => `- ${note}`).join('\n')] : []),
    ].join('\n\n')
  },
})
