import { migration, sourceOf, wholeLine } from '../migration.ts'

export default migration({
  name: 'map-declarations',
  changedIn: '0.23',
  down(context) {
    const declarations = context.tree.program.items.filter((item) => item.kind === 'MapDeclaration')
    const { source } = context.tree
    return {
      edits: declarations.map((item) => {
        const semicolon = source[item.span.end] === ';' ? 1 : 0
        return { span: wholeLine(source, { start: item.span.start, end: item.span.end + semicolon }), newText: '' }
      }),
      notes: declarations.map(
        (item) =>
          `\`${sourceOf(context, item)}\` has no older form: the map becomes an ordinary hash, which does not drop its oldest entries.`,
      ),
    }
  },
})
