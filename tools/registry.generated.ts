// Written by scripts/generate-registry.ts from the folder listing: do not edit.
import tool0 from './bpftrace/validate-program.ts'
import tool1 from './pprof/meta.ts'
import tool2 from './pprof/peek.ts'
import tool3 from './pprof/top.ts'
import tool4 from './pprof/traces-head.ts'
import tool5 from './profiles/capture.ts'
import tool6 from './profiles/delete.ts'
import tool7 from './profiles/import.ts'
import tool8 from './profiles/list.ts'
import tool9 from './profiles/update.ts'
import type { Tool } from './tool.ts'

export const registeredTools: readonly Tool[] = [
  tool0,
  tool1,
  tool2,
  tool3,
  tool4,
  tool5,
  tool6,
  tool7,
  tool8,
  tool9,
]
