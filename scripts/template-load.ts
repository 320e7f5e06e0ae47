/**
 * Something for templates to see: files, disks, sockets, names, processes, signals, locks, memory and TLS, a little of
 * each all the time, on loopback and in a folder of its own, until it is ended: `template-load.ts`. `run-templates.ts
 * --load` starts it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { pbkdf2 } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns'
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'tracewright-load-'))
const children = new Set<ChildProcess>()

function child(program: string, args: readonly string[]): ChildProcess {
  const started = spawn(program, args, { cwd: folder, stdio: 'ignore' })
  children.add(started)
  started.on('exit', () => children.delete(started))
  // A program that is not installed is one thing less to see.
  started.on('error', () => children.delete(started))
  return started
}

function files(): void {
  const path = join(folder, 'file')
  const file = openSync(path, 'w')
  writeSync(file, Buffer.alloc(256 * 1024, 'x'))
  fsyncSync(file)
  closeSync(file)
  readFileSync(path)
  rmSync(path)
  try {
    openSync(join(folder, 'missing'), 'r')
  } catch {
    // That is what the templates of failed calls are to see.
  }
}

function processes(): void {
  child('/bin/true', [])
  const sleeper = child('sleep', ['5'])
  setTimeout(() => sleeper.kill('SIGUSR1'), 50).unref()
}

/** Threads that wait for each other, and memory that is touched once. */
function busy(): void {
  for (let i = 0; i < 8; i++) pbkdf2('secret', 'salt', 2000, 32, 'sha256', () => undefined)
  Buffer.alloc(8 * 1024 * 1024, 1)
}

function names(): void {
  lookup('localhost', () => undefined)
  lookup('no-such-name.invalid', () => undefined)
}

function sockets(): void {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    setInterval(() => {
      const client = connect(port, '127.0.0.1', () => client.write('x'.repeat(3000)))
      client.once('data', () => client.end())
      client.on('error', () => client.destroy())
    }, 50)
    // Nobody listens there: that connection is refused.
    setInterval(() => connect(1, '127.0.0.1').on('error', () => undefined), 200)
  })
  const receiver = createSocket('udp4')
  receiver.bind(0, '127.0.0.1', () => {
    const sender = createSocket('udp4')
    setInterval(() => sender.send(Buffer.alloc(100), receiver.address().port, '127.0.0.1'), 20)
  })
}

function tls(): void {
  const made = spawnSync(
    'openssl',
    'req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=localhost'.split(' '),
    { cwd: folder, stdio: 'ignore' },
  )
  if (made.status !== 0) return
  child('openssl', 's_server -accept 127.0.0.1:44330 -key key.pem -cert cert.pem -www'.split(' '))
  setInterval(() => child('curl', ['-sk', 'https://127.0.0.1:44330/']), 300)
}

function end(): void {
  for (const each of children) each.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
sockets()
tls()
setInterval(files, 50)
setInterval(processes, 100)
setInterval(busy, 100)
setInterval(names, 100)
