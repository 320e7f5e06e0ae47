import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { nodeGuard } from './build.ts'

describe("the guard at the command's first line", () => {
  const startWith = (node: string) => {
    const said: string[] = []
    const ended: number[] = []
    const context = {
      process: { versions: { node }, exit: (code: number) => ended.push(code) },
      console: { error: (text: string) => said.push(text) },
    }
    runInNewContext(nodeGuard.replace(/^#!.*\n/, ''), context)
    return { said, ended }
  }

  test.each(['18.20.8', '20.20.2', '22.13.1'])('refuses Node %s in words', (version) => {
    const { said, ended } = startWith(version)
    expect(said).toEqual([`tracewright needs Node 22.14 or newer; this is Node ${version}.`])
    expect(ended).toEqual([2])
  })

  test.each(['22.14.0', '22.20.1', '23.0.0', '24.21.0'])('lets Node %s pass', (version) => {
    expect(startWith(version)).toEqual({ said: [], ended: [] })
  })

  test('begins with the line that makes it a command', () => {
    expect(nodeGuard).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})
