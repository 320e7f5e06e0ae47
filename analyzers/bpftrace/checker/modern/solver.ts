/**
 * Type inference as the modern compiler does it: every expression, variable, map key and map value is a cell; rules say
 * how one cell follows from others; a worklist runs the rules until nothing changes. It knows nothing of the language.
 */
import { equalTypes } from '../../types/relations.ts'
import { isFlexible, none, type Type } from '../../types/type.ts'

export interface Cell {
  type: Type
  readonly dependents: Rule[]
}

interface Rule {
  readonly output: Cell
  readonly inputs: readonly Cell[]
  readonly resolve: (types: readonly Type[]) => Type
  queued: boolean
  runs: number
}

export interface Solver {
  readonly cell: () => Cell
  /** Gives a cell its type from the outside; `none` is ignored. */
  readonly seed: (cell: Cell, type: Type) => void
  readonly rule: (output: Cell, inputs: readonly Cell[], resolve: (types: readonly Type[]) => Type) => void
  readonly same: (source: Cell, target: Cell) => void
  readonly solve: () => void
}

/** A rule that keeps changing its mind is cut off: the compiler would not stop, an editor must. */
const maxRunsPerRule = 64

export function createSolver(): Solver {
  const seeded: Cell[] = []
  const queue: Rule[] = []
  let next = 0

  const enqueue = (cell: Cell) => {
    for (const rule of cell.dependents) {
      if (rule.queued) continue
      rule.queued = true
      queue.push(rule)
    }
  }

  const rule: Solver['rule'] = (output, inputs, resolve) => {
    const made: Rule = { output, inputs, resolve, queued: false, runs: 0 }
    for (const input of inputs) {
      // An input named twice still runs its rule once.
      if (input.dependents[input.dependents.length - 1] !== made) input.dependents.push(made)
    }
  }

  const run = (rule: Rule) => {
    const types: Type[] = []
    for (const input of rule.inputs) {
      if (input.type.kind === 'none') return
      types.push(input.type)
    }
    if (++rule.runs > maxRunsPerRule) return
    const result = rule.resolve(types)
    if (result.kind === 'none' || !changes(rule.output.type, result)) return
    rule.output.type = result
    enqueue(rule.output)
  }

  return {
    cell: () => ({ type: none, dependents: [] }),
    seed(cell, type) {
      if (type.kind === 'none') return
      cell.type = type
      seeded.push(cell)
    },
    rule,
    same: (source, target) => rule(target, [source], ([type = none]) => type),
    solve() {
      for (const cell of seeded) enqueue(cell)
      for (; next < queue.length; next++) {
        const rule = queue[next]
        if (!rule) break
        rule.queued = false
        run(rule)
      }
    },
  }
}

/** Equality, plus what a type may only lose (its flexible sign) or gain (an address space, being context). */
function changes(current: Type, next: Type): boolean {
  if (current.kind === 'unknown') return next.kind !== 'unknown' && false
  if (next.kind === 'unknown') return true
  if (!equalTypes(current, next) || current.kind !== next.kind) return true
  if (isFlexible(current) && !isFlexible(next)) return true
  if (current.space !== next.space && current.space === undefined) return true
  return Boolean(current.context) !== Boolean(next.context)
}
