/** Entry of the form of templates: waits for the texts, then hands every message to the form. */
import type { FromTemplates, ToTemplates } from '../protocol/templates.ts'
import { connectToEditor } from '../shared/host.ts'
import { TemplatesApp } from './app.ts'
import './templates.css'

const host = connectToEditor<FromTemplates, ToTemplates>()
const root = document.querySelector<HTMLElement>('#app')
let app: TemplatesApp | undefined

host.listen((message) => {
  if (message.type === 'texts' && root !== null) app ??= new TemplatesApp(root, host, message.locale, message.texts)
  else app?.receive(message)
})
window.addEventListener('error', (event) =>
  host.send({ type: 'bug', message: `${event.message}\n${event.error?.stack ?? ''}` }),
)
host.send({ type: 'ready' })
