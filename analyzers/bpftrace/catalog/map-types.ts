/** What a map can be declared as at the top level: `let @name = lruhash(1024);`. */
export interface MapTypeEntry {
  readonly name: string
  readonly description: string
}

export const mapTypes: readonly MapTypeEntry[] = [
  { name: 'hash', description: 'One table for all CPUs. When it is full, new keys are lost.' },
  {
    name: 'lruhash',
    description: 'One table for all CPUs. When it is full, the key that was used longest ago gives way.',
  },
  { name: 'percpuhash', description: 'A value on each CPU for every key: no races, and memory for each CPU.' },
  {
    name: 'percpulruhash',
    description: 'A value on each CPU for every key; when it is full, the key that was used longest ago gives way.',
  },
]
