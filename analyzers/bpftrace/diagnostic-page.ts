/**
 * The page that explains one code, from the object of its diagnostic or rule. The documents and whoever asks for a code
 * read the same text.
 */
import { codeBlock } from './describe.ts'
import { diagnostics } from './diagnostics/index.ts'
import { rules } from './rules/rules.generated.ts'
import { syntaxPage } from './syntax/page.ts'

export interface ExplainedCode {
  readonly code: string
  readonly title: string
  readonly origin: 'compiler' | 'rule'
  readonly severity: string
  readonly docs: string
  readonly bad: string
  readonly good: string
}

/** Every code there is, in alphabetical order. */
export const explainedCodes: readonly ExplainedCode[] = [
  ...Object.values(diagnostics).map((each) => ({ ...each, origin: each.origin ?? ('compiler' as const) })),
  ...rules.map((rule) => ({ ...rule, origin: 'rule' as const })),
  syntaxPage,
].toSorted((a, b) => (a.code < b.code ? -1 : 1))

/** What the page says below its heading. */
export function diagnosticPage({ code, origin, severity, docs, bad, good }: ExplainedCode): readonly string[] {
  const said =
    origin === 'compiler'
      ? `\`${code}\` · ${severity} · the compiler reports this too`
      : `\`${code}\` · ${severity} · a rule of Tracewright; set its level in \`tracewright.diagnostics.levels\`, or write \`// bt-ignore: ${code}\` above the line`
  return [said, docs.trim(), `Reported:\n\n${codeBlock(bad)}`, `Not reported:\n\n${codeBlock(good)}`]
}
