/** The documentation page of the code `syntax`, which every syntax error has. */
export const syntaxPage = {
  code: 'syntax',
  title: 'Syntax error',
  origin: 'compiler',
  severity: 'error',
  docs: `The text does not follow the grammar of the target version. Something is missing or stands where it cannot, or a
construct is used that this version does not know yet or no longer; then the message names the version that does.
A compiler stops at the first one and reports nothing else.`,
  bad: 'begin { print(1) print(2); }',
  good: 'begin { print(1); print(2); }',
} as const
