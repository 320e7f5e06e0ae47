/** Every feature of the server: what is in this list is declared to clients and answered. */
import type { Feature } from '../feature.ts'
import { completion, completionResolve } from './completion.ts'
import { diagnostics } from './diagnostics.ts'
import { documentSymbols } from './document-symbols.ts'
import { hover } from './hover.ts'

export const features: readonly Feature[] = [diagnostics, documentSymbols, hover, completion, completionResolve]
