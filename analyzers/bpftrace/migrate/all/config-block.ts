import type { ConfigEntry } from '../../syntax/ast.ts'
import { migration, sourceOf, wholeLine } from '../migration.ts'

const unknownBefore = new Set([
  'missing_probes',
  'license',
  'unstable_import',
  'unstable_map_decl',
  'unstable_tseries',
  'print_maps_on_exit',
  'on_stack_limit',
])

/** Before the block existed the same settings were environment variables only. */
export default migration({
  name: 'config-block',
  changedIn: '0.20',
  down(context) {
    const blocks = context.tree.program.items.filter((item) => item.kind === 'Config')
    const entries = blocks.flatMap((block) =>
      block.entries.filter((entry): entry is ConfigEntry => entry.kind === 'ConfigEntry'),
    )
    // Keys without an older variable are defaults of their time.
    const known = entries.filter((entry) => !unknownBefore.has(entry.key.text.toLowerCase()))
    const variables = known.map((entry) => {
      const name = entry.key.text.toUpperCase().replace(/^BPFTRACE_/, '')
      const older = { MAX_STRLEN: 'STRLEN', MAX_MAP_KEYS: 'MAP_KEYS_MAX', MAX_CAT_BYTES: 'CAT_BYTES_MAX' }[name] ?? name
      return `BPFTRACE_${older}=${sourceOf(context, entry.value)}`
    })
    return {
      edits: blocks.map((block) => ({ span: wholeLine(context.tree.source, block.span), newText: '' })),
      notes:
        variables.length === 0
          ? []
          : [
              `There is no config block: set ${variables.map((each) => `\`${each}\``).join(', ')} in the environment instead.`,
            ],
    }
  },
})
