// Written by scripts/generate-listings.ts from the folder listing: do not edit.
import addressSpace from './all/address-space.ts'
import asyncOrder from './all/async-order.ts'
import bigLoop from './all/big-loop.ts'
import costlyInHotPath from './all/costly-in-hot-path.ts'
import frequentTimer from './all/frequent-timer.ts'
import hotProbe from './all/hot-probe.ts'
import instructionLimit from './all/instruction-limit.ts'
import kernelConfig from './all/kernel-config.ts'
import kernelPortability from './all/kernel-portability.ts'
import kernelTooOld from './all/kernel-too-old.ts'
import largeMaps from './all/large-maps.ts'
import mapNeverFilled from './all/map-never-filled.ts'
import missingDelete from './all/missing-delete.ts'
import printfFlood from './all/printf-flood.ts'
import probeUnknown from './all/probe-unknown.ts'
import readsPrivateData from './all/reads-private-data.ts'
import stackLimit from './all/stack-limit.ts'
import syscallWrapperArguments from './all/syscall-wrapper-arguments.ts'
import tracepointInstead from './all/tracepoint-instead.ts'
import tracesItself from './all/traces-itself.ts'
import unboundedKeys from './all/unbounded-keys.ts'
import unsafeCall from './all/unsafe-call.ts'
import uretprobeOnGo from './all/uretprobe-on-go.ts'
import watchpointLimit from './all/watchpoint-limit.ts'
import wideWildcard from './all/wide-wildcard.ts'
import type { Rule } from './rule.ts'

export const rules: readonly Rule[] = [
  addressSpace,
  asyncOrder,
  bigLoop,
  costlyInHotPath,
  frequentTimer,
  hotProbe,
  instructionLimit,
  kernelConfig,
  kernelPortability,
  kernelTooOld,
  largeMaps,
  mapNeverFilled,
  missingDelete,
  printfFlood,
  probeUnknown,
  readsPrivateData,
  stackLimit,
  syscallWrapperArguments,
  tracepointInstead,
  tracesItself,
  unboundedKeys,
  unsafeCall,
  uretprobeOnGo,
  watchpointLimit,
  wideWildcard,
]
