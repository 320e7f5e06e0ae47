import { path } from '../parameters.ts'
import {
  intervalParameter,
  inUnit,
  keyParameter,
  keyText,
  pathText,
  processConditions,
  processFilters,
  results,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'tls-handshakes',
  title: 'TLS handshakes',
  question: 'How long do TLS handshakes take, and do they fail?',
  tags: ['network', 'TLS', 'uprobe', 'latency', 'errors'],
  parameters: {
    path: path({ description: 'The OpenSSL library', default: 'libssl' }),
    key: keyParameter('comm'),
    unit: unitParameter(),
    ...processFilters,
    interval: intervalParameter(),
  },
  render: ({ path, key, unit, interval, ...filters }) => `
uprobe:${pathText(path)}:SSL_do_handshake ${where(processConditions(filters))} { @start[tid] = nsecs; }
uretprobe:${pathText(path)}:SSL_do_handshake /@start[tid]/ {
  @${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  if ((int32)retval != 1) { @unfinished[${keyText(key)}] = count(); }
  delete(@start, tid);
}
${results({ maps: [`@${unit}`, '@unfinished'], interval, forget: ['@start'] })}`,
})
