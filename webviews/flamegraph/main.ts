/** Entry of the profile view inside VS Code: waits for the texts, then hands every message to the view. */
import type { ToView } from '../protocol.ts'
import { connectToEditor } from '../shared/host.ts'
import { ProfileApp } from './app.ts'
import './flamegraph.css'

const host = connectToEditor()
const root = document.querySelector<HTMLElement>('#app')
let app: ProfileApp | undefined

host.listen((message: ToView) => {
  if (message.type === 'texts' && root !== null) app ??= new ProfileApp(root, host, message.locale, message.texts)
  else app?.receive(message)
})
window.addEventListener('error', (event) =>
  host.send({ type: 'bug', message: `${event.message}\n${event.error?.stack ?? ''}` }),
)
host.send({ type: 'ready' })
