import { duration } from '../parameters.ts'
import { results } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'tcp-states',
  title: 'TCP state changes',
  question: 'Between which states do TCP connections move, and how often?',
  tags: ['network', 'TCP', 'states', 'counts'],
  parameters: {
    interval: duration({
      description: 'Print and start afresh after every such time',
      default: '1s',
      minimum: '100ms',
    }),
  },
  render: ({ interval }) => `
begin {
  @name[1] = "ESTABLISHED"; @name[2] = "SYN_SENT"; @name[3] = "SYN_RECV"; @name[4] = "FIN_WAIT1";
  @name[5] = "FIN_WAIT2"; @name[6] = "TIME_WAIT"; @name[7] = "CLOSE"; @name[8] = "CLOSE_WAIT";
  @name[9] = "LAST_ACK"; @name[10] = "LISTEN"; @name[11] = "CLOSING"; @name[12] = "NEW_SYN_RECV";
}
tracepoint:sock:inet_sock_set_state /args.protocol == 6/ {
  @changes[@name[args.oldstate], @name[args.newstate]] = count();
}
${results({ maps: ['@changes'], interval, forget: ['@name'] })}`,
})
