/** All functions, by area. */
import type { FunctionEntry } from '../entry.ts'
import { actionFunctions } from './action.ts'
import { aggregateFunctions } from './aggregates.ts'
import { builtinCalls } from './builtin-calls.ts'
import { conversionFunctions } from './conversion.ts'
import { mapFunctions } from './map.ts'
import { metaFunctions } from './meta.ts'
import { outputFunctions } from './output.ts'
import { stackFunctions } from './stack.ts'
import { stringFunctions } from './string.ts'
import { symbolFunctions } from './symbol.ts'
import { taskFunctions } from './task.ts'
import { timeFunctions } from './time.ts'

export const functions: readonly FunctionEntry[] = [
  ...aggregateFunctions,
  ...mapFunctions,
  ...outputFunctions,
  ...actionFunctions,
  ...stringFunctions,
  ...conversionFunctions,
  ...symbolFunctions,
  ...stackFunctions,
  ...timeFunctions,
  ...taskFunctions,
  ...metaFunctions,
  ...builtinCalls,
]
