/**
 * Which addresses a download may go to. Public ones and this machine's loopback always; private and link-local ones
 * (where cloud machines serve their credentials) only where the policy names their network. Names are judged by the
 * addresses they resolve to, at the moment of connecting.
 */
import { BlockList, isIP } from 'node:net'
import { UserError } from '../../analyzers/shared/user-error.ts'

export interface NetworkPolicy {
  isAllowed(address: string): boolean
}

const restricted: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/128',
  '64:ff9b::/96',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]

export function createNetworkPolicy(allowed: readonly string[]): NetworkPolicy {
  const denyList = listOf(restricted)
  const allowList = listOf(allowed)
  return {
    isAllowed(address) {
      const plain = mappedIpv4(address)
      const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
      return isIP(plain) !== 0 && (allowList.check(plain, family) || !denyList.check(plain, family))
    },
  }
}

/** `::ffff:10.0.0.1` reaches 10.0.0.1, however it is spelt. */
function mappedIpv4(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  if (isIP(bare) !== 6) return bare
  const normal = new URL(`http://[${bare}]/`).hostname.slice(1, -1)
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(normal)
  if (match === null) return bare
  const [high, low] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const version = isIP(address)
    const longest = version === 6 ? 128 : 32
    const prefix = bits === undefined ? longest : Number(bits)
    if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > longest) {
      throw new UserError({
        code: 'BAD_POLICY',
        message: `\`${network}\` is not a network`,
        hint: 'Networks look like `10.0.0.0/8`, `192.168.1.7` or `fd00::/8`.',
      })
    }
    list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
