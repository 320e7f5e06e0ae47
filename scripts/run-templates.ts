/**
 * Runs every template on this machine's kernel with the real bpftrace of a Debian tree, some seconds each, and says
 * which ran, which need what this kernel lacks, and which fail: `run-templates.ts [--suite sid] [--seconds 2] [--output]
 * [--load] [NAME…]`. Compiling is tested in test/oracle; only running shows what the kernel's verifier and the output
 * look like. As root; `--load` gives them something to see.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { renderTemplate } from '../analyzers/bpftrace/templates/render.ts'
import type { Template } from '../analyzers/bpftrace/templates/template.ts'
import { templates } from '../analyzers/bpftrace/templates/templates.generated.ts'
import { atLeast, requireVersion } from '../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'
import { ensureTrees } from './shared/debian-trees.ts'
import { cacheFolder } from './shared/paths.ts'
import { main } from './shared/terminal.ts'

const GRACE_MS = 15_000
const loadScript = fileURLToPath(new URL('./template-load.ts', import.meta.url))
const libraries = ['libssl.so.3', 'libc.so.6'].map((name) => `/usr/lib/x86_64-linux-gnu/${name}`)

interface Run {
  readonly code: number | string | null
  readonly output: string
  readonly errors: string
}

function run(tree: string, program: string, seconds: number): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn('chroot', [tree, 'bpftrace', '-'], { stdio: ['pipe', 'pipe', 'pipe'] })
    const parts = { output: '', errors: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      parts.output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      parts.errors += text
    })
    const limit = setTimeout(() => child.kill('SIGKILL'), seconds * 1000 + GRACE_MS)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      resolve({ code: code ?? signal, ...parts })
    })
    child.stdin.on('error', () => child.stdin.destroy())
    child.stdin.end(program)
  })
}

/** The libraries are those that programs outside the tree run with. */
function parametersFor(template: Template): Record<string, unknown> {
  if (!('path' in template.parameters)) return {}
  const [ssl, libc] = libraries.map((path) => (existsSync(path) ? `/proc/${process.pid}/root${path}` : undefined))
  return { path: template.name.startsWith('tls-') ? (ssl ?? 'libssl') : (libc ?? 'libc') }
}

/** What this kernel or this tree may lack: probes of kernel functions, OpenSSL. */
const demanding = /^(k(ret)?(probe|func)|f(entry|exit)):|libssl/m

function verdict(program: string, { code, output, errors }: Run): { readonly word: string; readonly failed: boolean } {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^Attach/.test(line)).length
  if (code === 0) return { word: `ran, ${lines} lines`, failed: false }
  if (code === 'SIGKILL') return { word: 'was still printing after its time', failed: false }
  const [error = 'no message'] = errors.split('\n').filter((line) => /ERROR/.test(line) && !/RLIMIT/.test(line))
  return demanding.test(program)
    ? { word: `cannot run here: ${error}`, failed: false }
    : { word: `FAILED: ${error}`, failed: true }
}

await main(async () => {
  const { values, positionals } = parseArgs({
    options: {
      suite: { type: 'string', default: 'sid' },
      seconds: { type: 'string', default: '2' },
      output: { type: 'boolean', default: false },
      load: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  await ensureTrees()
  const tree = join(cacheFolder(), 'debian', values.suite)
  const bpftrace = requireVersion(readFileSync(join(tree, '.tracewright-tree'), 'utf8').trim().split(' ')[1] ?? '')
  const kernel = await createKernelFacts({ source: 'live' })
  const load = values.load ? spawn(process.execPath, [loadScript], { stdio: 'ignore' }) : undefined
  let failed = 0
  for (const template of templates) {
    if (positionals.length > 0 && !positionals.includes(template.name)) continue
    if (!atLeast(bpftrace, template.since)) {
      console.log(`${template.name}: needs bpftrace ${template.since}`)
      continue
    }
    const given = { ...parametersFor(template), duration: `${values.seconds}s` }
    const { program } = renderTemplate(template, given, { bpftrace, kernel })
    const ended = await run(tree, program, Number(values.seconds))
    const { word, failed: isFailed } = verdict(program, ended)
    failed += isFailed ? 1 : 0
    console.log(`${template.name}: ${word}`)
    if (values.output || isFailed) console.log(`${program}\n${ended.output}\n${isFailed ? ended.errors : ''}`)
  }
  load?.kill()
  console.log(failed === 0 ? 'No template failed.' : `${failed} failed.`)
  return failed === 0 ? 0 : 1
})
