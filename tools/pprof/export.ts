/** `pprof.export`: a profile in another format. */
import { z } from 'zod'
import { divideValues } from '../../analyzers/pprof/edit-profile.ts'
import { encodeCpuProfile } from '../../analyzers/pprof/formats/cpuprofile.ts'
import { encodeFolded } from '../../analyzers/pprof/formats/folded.ts'
import { encodePprof } from '../../analyzers/pprof/formats/pprof.ts'
import { encodeSpeedscope } from '../../analyzers/pprof/formats/speedscope.ts'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { selectedProfile, viewOf } from '../../analyzers/pprof/view.ts'
import { viewNotes } from '../../analyzers/pprof/view-notes.ts'
import { type ViewOptions, viewFields } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { deliver, type Export, exportResult, exportText, outputPathField } from '../shared/export-output.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { defineTool } from '../tool.ts'

const formats = ['pprof', 'folded', 'speedscope', 'cpuprofile'] as const
type Format = (typeof formats)[number]

export default defineTool({
  name: 'pprof.export',
  title: 'Export a profile',
  description:
    'Writes a profile, filtered or as a difference where asked, as pprof, folded stacks, speedscope JSON or V8 `.cpuprofile`; the first and third keep every sample type.',
  kind: 'write',
  writesOnlyWith: 'output_path',
  destructive: true,
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    format: z.enum(formats).default('pprof').describe('Format to write'),
    output_path: outputPathField,
    ...viewFields,
    ...diffBaseArgument,
  }),
  output: z.object(exportResult),
  async run(context, input, options) {
    const { shown, opened } = await openShown(context, input, options)
    return deliver(context, input.output_path, encode(shown, opened.label, input.format, input), options)
  },
  text: exportText,
})

function encode(profile: Profile, name: string, format: Format, options: ViewOptions): Export {
  const view = viewOf(profile, options)
  const notes = viewNotes(view)
  if (format === 'pprof') {
    const selected = divideValues(selectedProfile(profile, options), options.divide_by ?? 1)
    return { format, pieces: encodePprof(selected), isBinary: true, notes }
  }
  if (format === 'folded') return { format, pieces: encodeFolded(view), notes }
  if (format === 'cpuprofile') return { format, pieces: encodeCpuProfile(view), notes }
  const views = profile.sampleTypes.map((_, index) => viewOf(profile, { ...options, sample_index: index }))
  return { format, pieces: encodeSpeedscope(views, name, { active: view.sampleIndex }), notes }
}
