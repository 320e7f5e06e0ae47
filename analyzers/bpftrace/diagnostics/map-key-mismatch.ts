import { nodeAt } from '../repair/find.ts'
import { sameKey } from '../repair/maps.ts'
import { asType } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

/** The older compiler writes keys in brackets. */
const plain = (type: string) => type.replace(/^\[(.*)\]$/, '$1')

export default defineDiagnostic<{ readonly name: string; readonly type: string; readonly current: string }>({
  code: 'map-key-mismatch',
  severity: 'error',
  title: 'Key of another type than the map',
  docs: 'All keys of a map have one type and one number of parts.',
  bad: 'begin { @a[1] = 1; @a["x"] = 2; }',
  good: 'begin { @a[1] = 1; @a[2] = 2; }',
  message: ({ name, type, current }) =>
    `Argument mismatch for ${name}: it is accessed with '${type}', but its keys are '${current}'.`,
  fixes: ({ span, data, words: { tree } }) => {
    const keys = nodeAt(tree, span, 'MapAccess')?.keys ?? []
    const [key] = keys
    const converted = key && keys.length === 1 ? asType(tree, key, plain(data.type), plain(data.current)) : []
    return [...converted, ...sameKey(tree, span)]
  },
})
