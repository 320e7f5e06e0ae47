// Written by scripts/generate-registry.ts from the folder listing: do not edit.
import tool0 from './profiles/capture.ts'
import tool1 from './profiles/delete.ts'
import tool2 from './profiles/import.ts'
import tool3 from './profiles/list.ts'
import tool4 from './profiles/update.ts'
import type { Tool } from './tool.ts'

export const registeredTools: readonly Tool[] = [
  tool0,
  tool1,
  tool2,
  tool3,
  tool4,
]
