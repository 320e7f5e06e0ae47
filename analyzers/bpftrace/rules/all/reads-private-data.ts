import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { estimatesOf, probesOf, rule, textOf } from '../rule.ts'

/** Where people's data passes in the clear, by attach point. */
const sources: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /^u(ret)?probe:.*:(readline\w*|rl_\w+|zleread)$/, what: 'every line typed into a shell' },
  {
    pattern: /^u(ret)?probe:.*:(SSL|gnutls_record|PR)_?(read|write|send|recv)\w*$/i,
    what: 'what TLS connections carry, before encryption',
  },
  { pattern: /^u(ret)?probe:.*:(pam_get_authtok|crypt|getpass)\w*$/, what: 'passwords' },
  {
    pattern:
      /^(tracepoint:syscalls:sys_(enter|exit)_(p?write|writev|p?read|sendto|sendmsg|recvfrom|recvmsg)\w*|(k(ret)?probe|fentry|fexit):(\w+:)?(vfs_(read|write)|ksys_(read|write)|tty_write|tty_read|n_tty_(read|write)|(tcp|udp|sock|unix_\w+)_(send|recv)msg|unix_(stream|dgram)_read_actor|skb_copy_datagram_iter))$/,
    what: 'the contents of files, terminals and connections',
  },
]
const copying = new Set(['str', 'buf', 'join'])
/** What points to contents; names of files and the like do not. */
const contents = /\b(retval|arg\d|args(\.|->)(buf|ubuf|message|buff))\b|@\w+|\$[a-z_]\w*/

export default rule({
  code: 'reads-private-data',
  title: "Records people's data",
  severity: 'info',
  verdict: 'caution',
  docs: `The contents that pass here belong to the users of the machine: typed commands, passwords, decrypted traffic, file
contents. They end up in the output and wherever that is stored. Record sizes, counts or latencies where they are
enough, and ask for permission where they are not.`,
  bad: 'uretprobe:/bin/bash:readline { printf("%s\\n", str(retval)); }',
  good: 'uretprobe:/bin/bash:readline { @lines[pid] = count(); }',
  byProbe: true,
  *check(context) {
    for (const probe of probesOf(context)) {
      const source = estimatesOf(context, probe)
        .map(({ load }) => ({ load, match: sources.find(({ pattern }) => pattern.test(load.full)) }))
        .find(({ match }) => match !== undefined)
      if (source?.match === undefined) continue
      const call = nodesIn(probe).calls.find((each) => {
        if (!copying.has(each.callee.text) || each.span.start < probe.body.span.start) return false
        const text = textOf(context, each)
        return each.callee.text === 'buf' || (contents.test(text) && !/name/.test(text))
      })
      if (call !== undefined)
        yield {
          span: call.span,
          message: `This records ${source.match.what}: record sizes or counts where they are enough`,
        }
    }
  },
})
