import { expect, test } from 'vitest'
import { documentLinks } from './document-links.ts'
import { parse } from './syntax/parse.ts'

test('imports and includes, with the path alone as the place', () => {
  const source = '#include <linux/sched.h>\n#include "own.h"\nimport "lib/more.bt";\nBEGIN { }'
  expect(documentLinks(parse(source)).map(({ kind, span }) => [kind, source.slice(span.start, span.end)])).toEqual([
    ['system-include', 'linux/sched.h'],
    ['include', 'own.h'],
    ['import', 'lib/more.bt'],
  ])
})
