/** The report `disasm`: from a profile over the binaries at hand to annotated instructions. */
import type { Profile } from '../../analyzers/pprof/profile.ts'
import {
  disasmHead,
  disasmReport,
  parseObjdump,
  type Routine,
  routinesWithSamples,
  routineText,
} from '../../analyzers/pprof/report/disasm.ts'
import type { ReportOptions } from '../../analyzers/pprof/report/report.ts'
import { compileRegularExpression } from '../../analyzers/shared/regular-expression.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { disassemble } from '../../services/profiles/disassemble.ts'
import { addressInBinary, findBinary } from '../../services/profiles/symbolize-profile.ts'
import type { ToolContext } from '../context.ts'

interface DisasmInput {
  readonly regex: string
  readonly binary_paths: readonly string[]
  readonly intel_syntax: boolean
  readonly view: ReportOptions
}

/** More functions than this are no longer a report that anyone reads, and each costs a run of objdump. */
const MAX_ROUTINES = 50

export async function disasmText(
  context: ToolContext,
  profile: Profile,
  input: DisasmInput,
  notes: string[],
  signal: AbortSignal,
): Promise<string> {
  const { paths } = context
  const pattern = compileRegularExpression(input.regex)
  const report = disasmReport(profile, input.regex, input.view)
  const folders = input.binary_paths.map((folder) => paths.existing(folder))
  const fileOf = new Map<Routine, string>()
  for (const mapping of report.mappings) {
    const binary = findBinary(mapping, { folders, paths }, notes)
    if (binary === undefined) continue
    for (const { name, address, size } of binary.functions) {
      if (size === 0 || !pattern.test(name)) continue
      const toBinary = (each: bigint) => addressInBinary(binary, mapping, each)
      fileOf.set({ name, start: address, end: address + size, mapping, toBinary }, binary.path)
    }
  }
  const routines = routinesWithSamples(report, [...fileOf.keys()])
  if (routines.length === 0) throw nothingToShow(input.regex, notes)
  if (routines.length > MAX_ROUTINES)
    notes.push(`${routines.length - MAX_ROUTINES} more functions match: narrow \`regex\`.`)
  let text = disasmHead(report)
  for (const routine of routines.slice(0, MAX_ROUTINES)) {
    const file = [...fileOf].find(([each]) => each.start === routine.start && each.mapping === routine.mapping)?.[1]
    if (file === undefined) continue
    const printed = await disassemble(
      { file, start: routine.start, end: routine.end, intel: input.intel_syntax },
      signal,
    )
    text += routineText(report, routine, parseObjdump(printed))
  }
  return text
}

function nothingToShow(regex: string, notes: readonly string[]): UserError {
  return new UserError({
    code: 'NOT_FOUND',
    message: `No function of a binary at hand has samples and matches \`${regex}\`.${notes.map((note) => ` ${note}.`).join('')}`,
    hint: 'Give the folder of the program’s binary as `binary_paths`; the report `list` needs only its source.',
    details: { field: 'regex' },
  })
}
