import { intervalParameter, inUnit, results, unitParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'tcp-lifetime',
  title: 'Lifetime of TCP connections',
  question: 'How long do TCP connections live?',
  tags: ['network', 'TCP', 'connections', 'lifetime', 'histogram'],
  parameters: { unit: unitParameter('ms'), interval: intervalParameter() },
  // States: 1 ESTABLISHED, 7 CLOSE. Of the two ports the lower is the service's; the other is new each time.
  render: ({ unit, interval }) => `
tracepoint:sock:inet_sock_set_state /args.protocol == 6 && args.newstate == 1/ { @born[args.skaddr] = nsecs; }
tracepoint:sock:inet_sock_set_state /args.newstate == 7 && @born[args.skaddr]/ {
  $port = args.sport;
  if (args.dport < $port) {
    $port = args.dport;
  }
  @${unit}[$port] = hist(${inUnit('nsecs - @born[args.skaddr]', unit)});
  delete(@born, args.skaddr);
}
${results({ maps: [`@${unit}`], interval, forget: ['@born'] })}`,
})
