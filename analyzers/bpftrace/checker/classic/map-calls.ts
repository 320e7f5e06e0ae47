/** Functions of maps: aggregates, deleting, and printing, which takes values too. */
import type * as Ast from '../../syntax/ast.ts'
import { formatClassicType } from '../../types/format.ts'
import { aggregate, isSigned, none, type Type, unknown } from '../../types/type.ts'
import { type Caller, type CallRule, mapOfCall } from './caller.ts'
import { visit } from './expressions.ts'
import { checkKeys } from './maps.ts'
import { bare, report, reportLast, since } from './state.ts'

export const mapRules: Readonly<Record<string, CallRule>> = {
  count(call) {
    call.use('map')
    call.count(0)
    return aggregate('count', true)
  },
  sum: aggregated('sum'),
  min: aggregated('min'),
  max: aggregated('max'),
  avg: aggregated('avg'),
  stats: aggregated('stats'),
  hist(call) {
    call.use('map')
    if (since(call.state, '0.18')) call.count(1, 2)
    else call.count(1)
    call.argument(0, 'integer')
    return aggregate('hist')
  },
  lhist(call) {
    call.use('map')
    if (!call.count(4)) return aggregate('lhist')
    call.argument(0, 'integer')
    for (const index of [1, 2, 3]) call.argument(index, 'integer', true)
    if (call.state.final) {
      linearBounds(call)
      sameBounds(call)
    }
    return aggregate('lhist')
  },
  delete(call) {
    const many = since(call.state, '0.18')
    if (!since(call.state, '0.22')) call.use('nowhere')
    if (many ? call.count(1, 128) : call.count(1)) {
      const [argument] = call.args
      const inner = argument && bare(argument)
      if (inner?.kind !== 'MapReference' && inner?.kind !== 'MapAccess') {
        report(call.state, 'map-argument-expected', call.node.span, { name: call.name })
      } else if (inner.kind === 'MapAccess') checkKeys(call.state, inner)
      else if (!many) visit(call.state, inner)
    }
    return since(call.state, '0.22') ? unknown : none
  },
  clear: mapFunction,
  zero: mapFunction,
  print: print,
}

function aggregated(name: 'sum' | 'min' | 'max' | 'avg' | 'stats') {
  return (call: Caller): Type => {
    call.use('map')
    if (call.count(1)) call.argument(0, 'integer')
    const signed = name === 'avg' || name === 'stats' ? true : isSigned(call.type(0))
    return aggregate(name, signed)
  }
}

function mapFunction(call: Caller): Type {
  call.use('nowhere')
  if (!call.count(1)) return none
  const [argument] = call.args
  const inner = argument && bare(argument)
  if (inner?.kind === 'MapAccess') report(call.state, 'map-key-on-whole', call.node.span, { name: call.name })
  else if (inner?.kind !== 'MapReference')
    report(call.state, 'map-argument-expected', call.node.span, { name: call.name })
  return none
}

function linearBounds(call: Caller): void {
  const [min, max, step] = [call.literal(1), call.literal(2), call.literal(3)]
  if (min === undefined || max === undefined || step === undefined) return
  if (step <= 0n) call.problem(`step must be >= 1 (${step} given)`)
  else if ((max - min) / step > 1000n) call.problem(`too many buckets: ${(max - min) / step} of at most 1000`)
  if (min < 0n) call.problem(`min must not be negative (${min} given)`)
  if (min > max) call.problem(`min ${min} must be less than max ${max}`)
  if (max - min < step) call.problem(`step ${step} is too large for the range ${max - min}`)
}

/** The right sides for one map have one shape. */
function sameBounds(call: Caller): void {
  const map = mapOfCall(call.node)
  if (map === undefined) return
  const bounds = [1, 2, 3].map((index) => String(call.literal(index))).join(' ')
  const known = call.state.bounds.get(map)
  if (known === undefined) call.state.bounds.set(map, bounds)
  else if (known !== bounds) report(call.state, 'histogram-shape', call.node.span, { name: call.name, map })
}

function print(call: Caller): Type {
  const { state, node } = call
  if (!since(state, '0.18')) call.use('nowhere')
  if (state.loops > 0 && call.args[0] && isMap(call.args[0])) reportLast(state, 'print-in-loop', node.span, {})
  else if (state.loops > 0 && !since(state, '0.18')) reportLast(state, 'print-in-loop', node.span, {})
  if (!call.count(1, 3)) return none
  const [argument] = call.args
  const inner = argument && bare(argument)
  if (inner?.kind === 'MapReference' || (inner?.kind === 'MapAccess' && !since(state, '0.18'))) {
    if (inner.kind === 'MapAccess') report(state, 'map-key-on-whole', node.span, { name: 'print' })
    if (!state.final) return none
    if (call.args.length > 1) call.argument(1, 'integer', true)
    if (call.args.length > 2) call.argument(2, 'integer', true)
    const type = call.type(0)
    if (type.kind === 'aggregate' && type.aggregate === 'stats' && call.args.length > 1)
      report(state, 'print-stats', node.span, {})
    return none
  }
  const type = call.type(0)
  if (type.kind === 'unknown') return none
  const unprintable = type.kind === 'none' || (type.kind === 'pointer' && !since(state, '0.18'))
  if (unprintable || (type.context && !type.arguments)) {
    reportLast(state, 'print-invalid', node.span, { problem: `${formatClassicType(type)} is not printable` })
  } else if (call.args.length !== 1)
    report(state, 'print-invalid', node.span, { problem: 'what is not a map is printed alone' })
  return none
}

function isMap(node: Ast.Expression): boolean {
  const inner = bare(node)
  return inner.kind === 'MapReference'
}
