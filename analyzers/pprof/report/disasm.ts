/**
 * The report `disasm`: the instructions of functions with the values of each, as `go tool pprof -disasm` prints it. The
 * instructions come from whoever can disassemble; here they meet the samples.
 */
import { compileRegularExpression } from '../../shared/regular-expression.ts'
import { baseName } from '../paths.ts'
import type { Mapping, Profile } from '../profile.ts'
import { percentage } from './measure.ts'
import { compareBytes } from './node-order.ts'
import { type FormatValue, makeReport, type Report, type ReportOptions, valueFormat } from './report.ts'
import { allNodes, cumOf, flatOf, type ReportNode } from './report-graph.ts'

export interface Instruction {
  readonly address: number
  readonly text: string
  /** Function, file and line that the debug information gives, or ''/0. */
  readonly functionName: string
  readonly file: string
  readonly line: number
}

/** A function of a binary. */
export interface Routine {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly mapping: Mapping
  /** The address in the binary of one in the process. */
  readonly toBinary: (address: bigint) => number | undefined
}

export interface AnnotatedRoutine extends Routine {
  readonly nodes: readonly ReportNode[]
}

export interface DisasmReport {
  readonly report: Report
  /** Binaries of samples that match, to look for routines in. */
  readonly mappings: readonly Mapping[]
  readonly nodes: readonly ReportNode[]
}

/** Inlined functions are not told apart: an instruction has one place. */
export function disasmReport(profile: Profile, regex: string, options: ReportOptions): DisasmReport {
  const pattern = compileRegularExpression(regex)
  const report = makeReport(profile, { ...options, granularity: 'address', inlines: false, binaries: true })
  const nodes = allNodes(report.view)
  const objects = new Set(nodes.filter(({ frame }) => pattern.test(frame.name)).map(({ frame }) => frame.object))
  const mappings = report.view.whole.mappings.filter(({ file }) => file !== '' && objects.has(file))
  return { report, mappings, nodes }
}

/** The routines that have samples, each with its own, by name. */
export function routinesWithSamples(report: DisasmReport, routines: readonly Routine[]): AnnotatedRoutine[] {
  return routines
    .map((routine) => ({
      ...routine,
      nodes: report.nodes.filter(({ frame }) => {
        const address = frame.object === routine.mapping.file ? routine.toBinary(frame.address) : undefined
        return address !== undefined && address >= routine.start && address < routine.end
      }),
    }))
    .filter(({ nodes }) => nodes.length > 0)
    .sort((left, right) => compareBytes(left.name, right.name) || left.start - right.start)
}

export function disasmHead({ report }: DisasmReport): string {
  return `Total: ${formatOf(report)(report.total)}\n`
}

const formatOf = (report: Report): FormatValue => valueFormat(report, report.view.unit ?? 'minimum')

/** From here on an instruction is too long to have its place on the same line. */
const WIDTH = 40

export function routineText(
  { report }: DisasmReport,
  routine: AnnotatedRoutine,
  instructions: readonly Instruction[],
): string {
  const format = formatOf(report)
  const cell = (value: bigint) => (value === 0n ? '.' : format(value)).padStart(10)
  const sum = (nodes: readonly ReportNode[], of: (node: ReportNode) => bigint) =>
    nodes.reduce((total, node) => BigInt.asIntN(64, total + of(node)), 0n)
  const cum = sum(routine.nodes, (node) => node.cum)
  const flat = sum(routine.nodes, (node) => node.flat)
  const share = percentage(cum, report.total)
  let text = `ROUTINE ======================== ${routine.name}\n`
  text += `${format(flat).padStart(10)} ${format(cum).padStart(10)} (flat, cum) ${share} of Total\n`
  let last = ''
  for (const { instruction, nodes } of samplesByInstruction(routine, instructions)) {
    const values = `${cell(sum(nodes, flatOf))} ${cell(sum(nodes, cumOf))}`
    const code = `${instruction.address.toString(16).padStart(10)}: ${instruction.text}`
    const place = placeOf(instruction, nodes)
    if (place === last || place === '') text += `${values} ${code}\n`
    else if (instruction.text.length < WIDTH) text += `${values} ${code.padEnd(12 + WIDTH)};${place}\n`
    else text += `${' '.repeat(74)};${place}\n${values} ${code}\n`
    last = place
  }
  return text
}

/** A sample in the middle of an instruction belongs to it. */
function samplesByInstruction(routine: AnnotatedRoutine, instructions: readonly Instruction[]) {
  const samples = routine.nodes
    .map((node) => ({ node, address: routine.toBinary(node.frame.address) ?? 0 }))
    .sort((left, right) => left.address - right.address)
  let next = 0
  return instructions.map((instruction, index) => {
    const end = instructions[index + 1]?.address ?? Number.POSITIVE_INFINITY
    const nodes: ReportNode[] = []
    for (let sample = samples[next]; sample !== undefined && sample.address < end; sample = samples[next]) {
      nodes.push(sample.node)
      next++
    }
    return { instruction, nodes }
  })
}

function placeOf(instruction: Instruction, nodes: readonly ReportNode[]): string {
  const frames = nodes.map((node) => node.frame)
  const name = instruction.functionName || (frames.find((frame) => frame.functionName !== '')?.functionName ?? '')
  const path = instruction.file || (frames.find((frame) => frame.file !== '')?.file ?? '')
  const line = instruction.line || (frames.find((frame) => frame.line !== 0)?.line ?? 0)
  const file = path === '' ? '' : `${baseName(path)}${line === 0 ? '' : `:${line}`}`
  return name === '' ? file : `${name} ${file}`
}

const INSTRUCTION = /^\s+([0-9a-f]+):\s+(.*)$/
const FUNCTION = /^(\S.*)\(\):$/
const PLACE = /^(\S.*):(\d+)(?: \(discriminator \d+\))?$/

/** What `objdump --disassemble --no-show-raw-insn --line-numbers` prints. */
export function parseObjdump(printed: string): Instruction[] {
  const instructions: Instruction[] = []
  let functionName = ''
  let file = ''
  let line = 0
  for (const row of printed.split('\n')) {
    const instruction = INSTRUCTION.exec(row)
    if (instruction !== null) {
      const text = (instruction[2] ?? '').trimEnd().replaceAll('\t', ' ')
      instructions.push({ address: Number.parseInt(instruction[1] ?? '0', 16), text, functionName, file, line })
      continue
    }
    const name = FUNCTION.exec(row)
    if (name !== null) functionName = name[1] ?? ''
    const place = PLACE.exec(row)
    if (place === null) continue
    file = place[1] ?? ''
    line = Number(place[2])
  }
  return instructions
}
