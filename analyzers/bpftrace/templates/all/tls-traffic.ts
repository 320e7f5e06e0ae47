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
  name: 'tls-traffic',
  title: 'Sizes and latency of TLS reads and writes',
  question: 'How much goes over TLS, and how long do its calls take?',
  tags: ['network', 'TLS', 'uprobe', 'latency', 'histogram'],
  parameters: {
    path: path({ description: 'The OpenSSL library', default: 'libssl' }),
    key: keyParameter('comm'),
    unit: unitParameter(),
    ...processFilters,
    interval: intervalParameter(),
  },
  // Lengths and times only: the text itself is nobody's business here.
  render: ({ path, key, unit, interval, ...filters }) => `
uprobe:${pathText(path)}:SSL_write,uprobe:${pathText(path)}:SSL_read ${where(processConditions(filters))} { @start[tid] = nsecs; }
uretprobe:${pathText(path)}:SSL_write /@start[tid]/ {
  $bytes = (int32)retval;
  if ($bytes > 0) { @written_bytes[${keyText(key)}] = hist($bytes); }
  @write_${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  delete(@start, tid);
}
uretprobe:${pathText(path)}:SSL_read /@start[tid]/ {
  $bytes = (int32)retval;
  if ($bytes > 0) { @read_bytes[${keyText(key)}] = hist($bytes); }
  @read_${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  delete(@start, tid);
}
${results({ maps: ['@written_bytes', '@read_bytes', `@write_${unit}`, `@read_${unit}`], interval, forget: ['@start'] })}`,
})
