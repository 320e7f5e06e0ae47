import { migration, rewriteNodes } from '../migration.ts'

const renamed: Readonly<Record<string, string>> = {
  strlen: 'max_strlen',
  map_keys_max: 'max_map_keys',
  cat_bytes_max: 'max_cat_bytes',
  no_cpp_demangle: 'cpp_demangle',
}

export default migration({
  name: 'env-renames',
  changedIn: '0.20',
  up: (context) => ({
    edits: rewriteNodes(context, (node) => {
      if (node.kind !== 'ConfigEntry') return undefined
      const newText = renamed[node.key.text.toLowerCase().replace(/^bpftrace_/, '')]
      return newText === undefined ? undefined : { span: node.key.span, newText }
    }),
  }),
})
