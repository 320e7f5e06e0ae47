/** What was on the screen when a test failed, as `artifacts/e2e/failed-<test>.png`: a report of a time-out says too little. */
import { afterEach } from 'vitest'
import { openEditors } from './driver.ts'

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const editor of openEditors) await editor.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-').slice(0, 80)}`)
})
