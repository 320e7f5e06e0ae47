// Written by scripts/generate-listings.ts from the folder listing: do not edit.
import argsStruct from './all/args-struct.ts'
import arrowToDot from './all/arrow-to-dot.ts'
import bareConditions from './all/bare-conditions.ts'
import beginLower from './all/begin-lower.ts'
import blockScope from './all/block-scope.ts'
import commonFields from './all/common-fields.ts'
import configBlock from './all/config-block.ts'
import configKeys from './all/config-keys.ts'
import configRemoved from './all/config-removed.ts'
import dataLoc from './all/data-loc.ts'
import deleteApi from './all/delete-api.ts'
import deleteResult from './all/delete-result.ts'
import discard from './all/discard.ts'
import durations from './all/durations.ts'
import fentry from './all/fentry.ts'
import hasKey from './all/has-key.ts'
import leaderComm from './all/leader-comm.ts'
import license from './all/license.ts'
import mapDeclarations from './all/map-declarations.ts'
import missingProbes from './all/missing-probes.ts'
import numbers from './all/numbers.ts'
import rangeLoops from './all/range-loops.ts'
import sizeofLiteral from './all/sizeof-literal.ts'
import stackArguments from './all/stack-arguments.ts'
import stackToKstack from './all/stack-to-kstack.ts'
import structKeyword from './all/struct-keyword.ts'
import symToKsym from './all/sym-to-ksym.ts'
import timerDurations from './all/timer-durations.ts'
import tupleKeys from './all/tuple-keys.ts'
import type { Migration } from './migration.ts'

export const migrations: readonly Migration[] = [
  argsStruct,
  arrowToDot,
  bareConditions,
  beginLower,
  blockScope,
  commonFields,
  configBlock,
  configKeys,
  configRemoved,
  dataLoc,
  deleteApi,
  deleteResult,
  discard,
  durations,
  fentry,
  hasKey,
  leaderComm,
  license,
  mapDeclarations,
  missingProbes,
  numbers,
  rangeLoops,
  sizeofLiteral,
  stackArguments,
  stackToKstack,
  structKeyword,
  symToKsym,
  timerDurations,
  tupleKeys,
]
