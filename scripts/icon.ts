/** `node scripts/bootstrap.mjs icon`: draws `media/icon.png`, which the Marketplace wants, from `media/icon.svg`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from './shared/chromium.ts'
import { root } from './shared/paths.ts'
import { main } from './shared/terminal.ts'

await main(async () => {
  const svg = readFileSync(join(root, 'media', 'icon.svg'), 'utf8')
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 256, height: 256 } })
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`)
    await page.screenshot({ path: join(root, 'media', 'icon.png'), omitBackground: true })
  } finally {
    await browser.close()
  }
  return 0
})
