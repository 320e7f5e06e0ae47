/** The long text about a completion item, written only for the one that is looked at. */
import { codeBlock, describeBuiltin, describeConfig, describeFunction, describeProbe } from '../describe.ts'
import { describeEnumerator, describeTracepoint, fieldMeaning } from '../describe-kernel.ts'
import type { ProgramContext } from '../program-context.ts'
import { parametersOf } from '../templates/render.ts'
import { templates } from '../templates/templates.generated.ts'
import { formatCDeclaration } from '../types/c-format.ts'
import type { Topic } from './item.ts'

export function documentation(context: ProgramContext, { about, name }: Topic): string | undefined {
  const { catalog } = context
  switch (about) {
    case 'builtin': {
      const entry = catalog.builtin(name)
      return entry && describeBuiltin(entry, catalog.version)
    }
    case 'function': {
      const entry = catalog.function(name)
      return entry && describeFunction(entry, catalog.version)
    }
    case 'probe': {
      const entry = catalog.probeType(name)
      return entry && describeProbe(entry, catalog.version)
    }
    case 'config': {
      const entry = catalog.configKey(name)
      return entry && describeConfig(entry, catalog.version)
    }
    case 'template':
      return describeTemplate(name)
    case 'argument': {
      const [, tracepoint = '', field = ''] = /^(.*):(\w+)$/.exec(name) ?? []
      return fieldMeaning(context, tracepoint, field)
    }
    case 'kernel-function': {
      const signature = context.kernel.signature(name)
      return signature && codeBlock(`${formatCDeclaration(signature, name)};`, 'c')
    }
    case 'enumerator':
      return describeEnumerator(context, name)
    case 'tracepoint': {
      const [category = '', event = ''] = name.split(':')
      return describeTracepoint(context, category, event)
    }
    default:
      return undefined
  }
}

function describeTemplate(name: string): string | undefined {
  const template = templates.find((each) => each.name === name)
  if (!template) return undefined
  const rows = Object.entries(parametersOf(template)).map(
    ([parameter, { description }]) => `- \`${parameter}\`: ${description}`,
  )
  return [template.question, 'Parameters:', rows.join('\n')].join('\n\n')
}
