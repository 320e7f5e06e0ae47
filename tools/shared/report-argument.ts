/** The fields that say how much of a graph a report or a picture shows, under the names `go tool pprof` has for them. */
import { z } from 'zod'

export const trimFields = {
  node_frac: z.number().min(0).max(1).default(0.005).describe('Leave out functions below this share of the total'),
  edge_frac: z.number().min(0).max(1).default(0.001).describe('Leave out calls below this share of the total'),
  trim: z.boolean().default(true).describe('false: show everything'),
  call_tree: z.boolean().default(false).describe('In graphs, one box for each call path'),
} as const

interface TrimInput {
  readonly node_frac: number
  readonly edge_frac: number
}

/** The same under the names that the analyses have. */
export function trimOptions<Input extends TrimInput>({ node_frac, edge_frac, ...rest }: Input) {
  return { ...rest, node_fraction: node_frac, edge_fraction: edge_frac }
}
