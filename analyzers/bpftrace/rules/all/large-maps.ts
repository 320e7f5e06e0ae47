import { rule } from '../rule.ts'

const LARGE = 64 * 1024 * 1024
const MEGABYTE = 1024 * 1024

export default rule({
  code: 'large-maps',
  title: 'Map takes much kernel memory',
  severity: 'warning',
  verdict: 'caution',
  docs: `The kernel allocates a map at its maximum before the program starts, on every CPU for aggregates, and it cannot be
swapped out. Lower \`max_map_keys\`, shorten string keys, or use a key that takes fewer bytes.`,
  bad: 'config = { max_map_keys = 1000000 } tracepoint:syscalls:sys_enter_openat { @[str(args.filename)] = count(); }',
  good: 'tracepoint:syscalls:sys_enter_openat { @[comm] = count(); }',
  *check(context) {
    for (const { name, bytes, shape } of context.estimate.maps) {
      if (bytes < LARGE || !name.startsWith('@')) continue
      const symbol = context.symbols.all.find((each) => each.name === name)
      const span = symbol?.occurrences[0]?.span
      if (span === undefined) continue
      yield {
        span,
        message: `\`${name}\` takes ${Math.round(bytes / MEGABYTE)} MB of kernel memory for ${shape.maxEntries.toLocaleString('en')} entries: lower \`max_map_keys\` or use a smaller key`,
      }
    }
  },
})
