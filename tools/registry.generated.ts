// Written by scripts/generate-registry.ts from the folder listing: do not edit.
import type { Tool } from './tool.ts'

export const registeredTools: readonly Tool[] = [
]
