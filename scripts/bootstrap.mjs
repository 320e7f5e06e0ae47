/**
 * The door of the house: what every `npm run` script calls first. From a bare clone with any Node ≥ 20 it installs
 * `node_modules` where it is missing or differs from the lock file, then hands over to `scripts/<command>.ts` on the
 * Node 24 that the package `node` brings. It may use Node's built-in modules only, for nothing else is there yet.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const node24 = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const commands = readdirSync(join(root, 'scripts'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -'.ts'.length))

/** Says why `node_modules` cannot be used, or nothing where it holds exactly what the lock file asks for. */
function whyInstall() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return 'nothing is installed yet'
  if (!existsSync(node24)) return 'Node 24 is missing'
  // npm writes this record as the last step of an install, so an interrupted one leaves none or an old one.
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const found = installed[path]
    // Packages of other platforms are optional and rightly absent.
    if (found ? found.integrity !== entry.integrity : !entry.optional) return `${path} differs from the lock file`
  }
  return undefined
}

/** Runs a program with our terminal and resolves with its exit code; a signal to us goes on to it. */
function run(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options })
    const forward = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    // npm killed outright cannot pass a signal on; then our parent changes.
    const parent = process.ppid
    const orphaned = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearInterval(orphaned)
      for (const name of signals) process.off(name, forward)
      resolve(signal ? 1 : code)
    })
  })
}

async function install(why) {
  const total = Object.keys(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages).length
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  console.log(`Installing about ${total} npm packages (${why}); half a minute with a fast connection`)
  const heartbeat = setInterval(() => console.log(`  … still installing npm packages, ${seconds()} s`), 5000)
  // Not through a shell, and with the very npm that called us: PATH may know another.
  const npm = process.env.npm_execpath
  const [file, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  const quiet = ['ci', '--no-progress', '--loglevel=error']
  const code = await run(file, [...args, ...quiet], { shell: file === 'npm' && process.platform === 'win32' })
  clearInterval(heartbeat)
  const stillWrong = code === 0 ? whyInstall() : `npm ci ended with code ${code}`
  if (stillWrong) {
    console.error(`\nThe npm packages could not be installed: ${stillWrong}.`)
    console.error('Is the npm registry reachable from here? `npm ping` tells; then run this command again.')
    process.exit(1)
  }
  console.log(`  npm packages installed in ${seconds()} s`)
}

const [command, ...rest] = process.argv.slice(2)
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Tracewright is developed with Node 20 or newer; this is Node ${process.versions.node}.`)
  process.exit(2)
}
if (!commands.includes(command)) {
  console.error(`usage: node scripts/bootstrap.mjs ${commands.join('|')} [arguments]`)
  process.exit(2)
}
const why = whyInstall()
if (why) await install(why)
process.exit(await run(node24, [join(root, 'scripts', `${command}.ts`), ...rest]))
