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
  // Without blocking a handshake takes several calls, of which the last returns 1: they are one, from the first on.
  render: ({ path, key, unit, interval, ...filters }) => `
uprobe:${pathText(path)}:SSL_do_handshake ${where(processConditions(filters))} {
  @session[tid] = arg0;
  if (!@start[pid, arg0]) { @start[pid, arg0] = nsecs; }
}
uretprobe:${pathText(path)}:SSL_do_handshake /@session[tid]/ {
  if ((int32)retval == 1) {
    $took = nsecs - @start[pid, @session[tid]];
    @${unit}[${keyText(key)}] = hist(${inUnit('$took', unit)});
    delete(@start, (pid, @session[tid]));
  } else {
    @unfinished[${keyText(key)}] = count();
  }
  delete(@session, tid);
}
uprobe:${pathText(path)}:SSL_free { delete(@start, (pid, arg0)); }
${results({ maps: [`@${unit}`, '@unfinished'], interval, forget: ['@start', '@session'] })}`,
})
