/**
 * What a profile view may send, field by field: a view shows text from files of unknown origin, so the extension checks
 * what comes from it and trusts nothing.
 */
import type { Filters, FromView, GraphQuery } from '../webviews/protocol.ts'
import { anyOf, exactly, isFlag, isNatural, isNumber, isText, oneOf, type Shape } from './shapes.ts'

type Message<Type extends FromView['type']> = Extract<FromView, { type: Type }>

const filters = exactly<Filters>({
  focus: isText,
  ignore: isText,
  hide: isText,
  show: isText,
  tagFocus: isText,
  tagIgnore: isText,
})
const query = exactly<GraphQuery>({ sampleIndex: isNatural, filters, normalize: isFlag })
const isLine: Shape<number> = (value): value is number => isNumber(value) && value >= 0

const isMessage = anyOf<FromView>(
  exactly<Message<'ready'>>({ type: oneOf('ready') }),
  exactly<Message<'graph-wanted'>>({ type: oneOf('graph-wanted'), query }),
  exactly<Message<'export'>>({ type: oneOf('export'), query, inverted: isFlag }),
  exactly<Message<'swap'>>({ type: oneOf('swap') }),
  exactly<Message<'open-source'>>({
    type: oneOf('open-source'),
    name: isText,
    file: isText,
    line: isLine,
    beside: isFlag,
  }),
  exactly<Message<'copy'>>({ type: oneOf('copy'), text: isText }),
  exactly<Message<'cancel'>>({ type: oneOf('cancel') }),
  exactly<Message<'retry'>>({ type: oneOf('retry') }),
  exactly<Message<'open-as-text'>>({ type: oneOf('open-as-text') }),
  exactly<Message<'bug'>>({ type: oneOf('bug'), message: isText }),
)

/** @throws on anything else. */
export function parseFromView(message: unknown): FromView {
  if (isMessage(message)) return message
  throw new Error(`a view sent something that is no message: ${JSON.stringify(message)?.slice(0, 200)}`)
}
