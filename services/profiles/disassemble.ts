/** Asks the system's `objdump` for the instructions of a range of a binary. It knows nothing of profiles. */
import { spawn } from 'node:child_process'
import { UserError } from '../../analyzers/shared/user-error.ts'

export interface Range {
  /** A path that has been through the path policy. */
  readonly file: string
  readonly start: number
  readonly end: number
  /** Intel's notation instead of AT&T's, for x86. */
  readonly intel: boolean
}

const TIMEOUT_MS = 30_000
/** A function of a hundred thousand instructions. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024

/** What it prints. @throws UserError when there is no objdump, or it cannot read the file. */
export function disassemble({ file, start, end, intel }: Range, signal: AbortSignal): Promise<string> {
  const hex = (address: number) => `0x${address.toString(16)}`
  const args = [
    '--disassemble',
    '--demangle',
    '--no-show-raw-insn',
    '--line-numbers',
    `--start-address=${hex(start)}`,
    `--stop-address=${hex(end)}`,
    ...(intel ? ['-M', 'intel'] : []),
    '--',
    file,
  ]
  return new Promise((resolve, reject) => {
    const child = spawn('objdump', args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
      timeout: TIMEOUT_MS,
      signal,
    })
    const output: Buffer[] = []
    let bytes = 0
    let complaint = ''
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > MAX_OUTPUT_BYTES) child.kill()
      else output.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < 1000) complaint += chunk.toString()
    })
    child.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? notInstalled(error) : error))
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString())
      else if (bytes > MAX_OUTPUT_BYTES) reject(failed(file, 'the function is too long to be shown'))
      else reject(failed(file, complaint.trim().slice(0, 300) || 'objdump did not answer in time'))
    })
  })
}

function notInstalled(cause: Error): UserError {
  return new UserError(
    {
      code: 'PROGRAM_NOT_FOUND',
      message: 'Machine instructions are read with `objdump`, which is not installed.',
      hint: 'It is in the package `binutils` (Debian, Ubuntu: `apt install binutils`; Fedora: `dnf install binutils`; macOS: `brew install binutils`).',
    },
    { cause },
  )
}

function failed(file: string, why: string): UserError {
  return new UserError({
    code: 'DISASSEMBLY_FAILED',
    message: `\`${file}\` cannot be disassembled: ${why}.`,
    hint: 'The report `list` shows the same values by source line.',
  })
}
