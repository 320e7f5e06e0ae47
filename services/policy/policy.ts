/**
 * What the owner of the machine allows: `TRACEWRIGHT_POLICY`, else `policy.json` in the store's folder. A file that is
 * there but cannot be understood is an error, never a silent default: someone meant to restrict something.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { isErrno } from '../paths/path-policy.ts'

const capture = z.strictObject({
  /** Networks beside the public ones and this machine: `10.0.0.0/8`, `fd00::/8`, `192.168.1.7`. */
  allow: z.array(z.string()).default([]),
})

const decision = z.enum(['allow', 'ask', 'deny'])

/** What may run, by how careful one must be with it. */
const run = z.strictObject({
  safe: decision.default('ask'),
  caution: decision.default('ask'),
  dangerous: decision.default('deny'),
  /** Applies beside the others to what bpftrace runs only with `--unsafe`. */
  unsafe: decision.default('deny'),
})

/** Other services read their own part of the same file. */
const schema = z.looseObject({
  capture: capture.default({ allow: [] }),
  run: run.default({ safe: 'ask', caution: 'ask', dangerous: 'deny', unsafe: 'deny' }),
  max_duration_s: z.number().positive().default(60),
})

export type RunDecision = z.output<typeof decision>

export type Policy = z.output<typeof schema>

export function policyFile(home: string, environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment.TRACEWRIGHT_POLICY
  return named === undefined || named === '' ? path.join(home, 'policy.json') : path.resolve(named)
}

/** What the policy says of a program; of two rows that apply the stricter one. */
export function decideRun(
  { run: rows }: Policy,
  safety: { readonly verdict: 'safe' | 'caution' | 'dangerous'; readonly needsUnsafe: boolean },
): RunDecision {
  const applying = [rows[safety.verdict], ...(safety.needsUnsafe ? [rows.unsafe] : [])]
  return applying.includes('deny') ? 'deny' : applying.includes('ask') ? 'ask' : 'allow'
}

/** @throws UserError `BAD_POLICY` */
export function readPolicy(file: string): Policy {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return schema.parse({})
    throw badPolicy(file, error instanceof Error ? error.message : String(error))
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw badPolicy(file, error instanceof z.ZodError ? z.prettifyError(error) : String(error))
  }
}

function badPolicy(file: string, reason: string): UserError {
  return new UserError({
    code: 'BAD_POLICY',
    message: `The policy \`${file}\` cannot be used`,
    hint: 'Correct the file, or remove it to get the defaults.',
    details: { reason },
  })
}
