/** Histograms and series of one map have one shape. */
import type { Environment } from '../environment.ts'
import type { CallExpr, ProgramIr } from './ir.ts'
import { everyExpr } from './walk.ts'

export function checkResources(program: ProgramIr, environment: Environment): void {
  const shapes = new Map<string, string>()
  for (const root of [...program.subprograms, ...program.probes]) {
    everyExpr(root.body, (expression) => {
      if (expression.kind !== 'call' || !['hist', 'lhist', 'tseries'].includes(expression.name)) return undefined
      const [map] = expression.args
      if (map?.kind !== 'map' || expression.args.some((argument) => argument.kind === 'unknown')) return undefined
      const shape = shapeOf(expression)
      const known = shapes.get(map.name)
      if (known === undefined) shapes.set(map.name, shape)
      else if (known !== shape) {
        environment.findings.report('histogram-shape', expression.span, { name: expression.name, map: map.name })
      }
      return undefined
    })
  }
}

function shapeOf(call: CallExpr): string {
  const values = call.args.slice(3).map((argument) => ('value' in argument ? String(argument.value) : ''))
  if (call.name === 'hist' && values.length === 0) values.push('0')
  return [call.name, ...values].join(' ')
}
