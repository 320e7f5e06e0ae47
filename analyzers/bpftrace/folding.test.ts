import { expect, test } from 'vitest'
import { folds } from './folding.ts'
import { parse } from './syntax/parse.ts'

/** First and last line of each fold, 1-based, with its kind. */
function lines(source: string): string[] {
  const line = (offset: number) => source.slice(0, offset).split('\n').length
  return folds(parse(source))
    .map(({ span, kind }) => `${line(span.start)}-${line(span.end)}${kind ? ` ${kind}` : ''}`)
    .toSorted()
}

test.each([
  ['a probe keeps its last line in sight', 'BEGIN {\n  exit();\n}\n', ['1-2']],
  ['inner blocks fold too', 'BEGIN {\n  if (1) {\n    exit();\n  }\n}\n', ['1-4', '2-3']],
  ['nothing on one line', 'BEGIN { exit(); } // one', []],
  ['a struct and the config', 'struct a {\n  int x;\n};\nconfig = {\n  log_size = 1\n}\nBEGIN { }', ['1-2', '4-5']],
  ['a block comment', '/* one\n   two */\nBEGIN { }', ['1-2 comment']],
  ['line comments that follow each other', '// one\n// two\n\n// three\nBEGIN { }', ['1-2 comment']],
  ['comments behind code are no paragraph', 'BEGIN { // one\n} // two\n', []],
  ['includes at the top', '#include <a.h>\n#include <b.h>\nBEGIN { }', ['1-2 imports']],
  ['a marked region', '// region setup\nBEGIN { }\n// endregion\n', ['1-3 region']],
])('%s', (_, source, expected) => {
  expect(lines(source)).toEqual(expected)
})
