/** `profiles.capture`: from a running program into the library. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { captureProfile } from '../../services/profiles/capture-profile.ts'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import type { ToolContext } from '../context.ts'
import { profileRecord, recordTable, toResult } from '../shared/profile-record.ts'
import { defineTool } from '../tool.ts'

const tls = z.strictObject({
  ca_file: z.string().optional().describe('Authorities to trust, a PEM file'),
  cert_file: z.string().optional().describe('Client certificate, a PEM file'),
  key_file: z.string().optional().describe('Key of the client certificate, a PEM file'),
  server_name: z.string().optional().describe('The name the server’s certificate is for'),
  skip_verify: z.boolean().default(false).describe('Accept any certificate; only for servers of your own'),
})

export default defineTool({
  name: 'profiles.capture',
  title: 'Capture a profile over HTTP',
  description:
    'Takes a profile from a running program’s `/debug/pprof`, or any URL that serves one, and stores it. Private addresses are refused unless the policy allows them.',
  kind: 'write',
  openWorld: true,
  toolset: 'profiles',
  input: z.strictObject({
    url: z.string().min(1).describe('`http://host:port/debug/pprof` with `type`, or the URL of one profile'),
    type: z
      .enum(profileTypes)
      .optional()
      .describe('Which profile of `/debug/pprof` (default cpu), or what the URL serves'),
    seconds: z.number().int().min(1).max(600).optional().describe('How long to measure; default 30 for cpu'),
    headers: z.record(z.string(), z.string()).default({}).describe('HTTP headers, such as an authorization'),
    tls: tls.default({ skip_verify: false }).describe('For https'),
    timeout_s: z.number().int().min(1).max(600).default(30).describe('How long to wait beyond `seconds`'),
    name: z.string().min(1).max(200).optional().describe('Name of the stored profile'),
    service: z.string().min(1).max(200).optional().describe('The service it is taken from'),
    env: z.string().min(1).max(200).optional().describe('The environment it is taken in'),
  }),
  output: z.object({ profiles: z.array(profileRecord).describe('The captured profile') }),
  async run(context, input, { signal, progress }) {
    const services = { library: context.library, read: context.readProfile, networks: context.captureNetworks() }
    const record = await captureProfile(services, {
      ...input,
      tls: {
        ca: await pem(context, input.tls.ca_file),
        cert: await pem(context, input.tls.cert_file),
        key: await pem(context, input.tls.key_file),
        serverName: input.tls.server_name,
        skipVerify: input.tls.skip_verify,
      },
      timeoutSeconds: input.timeout_s,
      signal,
      progress,
    })
    return { profiles: [toResult(record)] }
  },
  text: (result) => recordTable(result.profiles),
})

async function pem(context: ToolContext, file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : readFile(context.paths.existing(file), 'utf8')
}
