import { defineDiagnostic } from './define.ts'
import { insert } from './fixes.ts'

export default defineDiagnostic<{ readonly feature: string; readonly key: string }>({
  code: 'feature-unstable',
  severity: 'error',
  title: 'Feature that has to be asked for',
  docs: 'The feature may still change, so a script says in its config block that it wants it all the same.',
  bad: 'begin { print(typeinfo(1)); }',
  good: 'config = { unstable_typeinfo=enable } begin { print(typeinfo(1)); }',
  message: ({ feature, key }) => `${feature} is not enabled; put ${key}=enable into the config block.`,
  fixes: ({ data, source }) => {
    if (/\bconfig\s*=\s*\{/.test(source)) return []
    const at = source.startsWith('#!') ? source.indexOf('\n') + 1 : 0
    return insert(at, `config = { ${data.key}=enable }\n`, `Enable ${data.feature}`)
  },
})
