/** What composition asks of probes: which of them are events, and which only begin, end or keep time. */
import type { Probe, Program } from '../syntax/ast.ts'

/** Probes that are about the program itself and not about what it watches. */
const OWN = new Set(['begin', 'end', 'self', 'interval', 'i', 'test', 'bench', 'iter', 'it'])

export function probesOf(program: Program): Probe[] {
  return program.items.filter((item) => item.kind === 'Probe')
}

export function isEvent(probe: Probe): boolean {
  return probe.attachPoints.some((point) => !OWN.has((point.parts[0]?.text ?? '').toLowerCase()))
}

/** `begin` and `end` in any spelling, alone. */
export function isSpecial(probe: Probe, name: 'begin' | 'end'): boolean {
  return probe.attachPoints.every((point) => point.parts.length === 1 && point.parts[0]?.text.toLowerCase() === name)
}

export function isTimer(probe: Probe): boolean {
  return probe.attachPoints.some((point) => /^(interval|i)$/i.test(point.parts[0]?.text ?? ''))
}
