import { duration, path } from '../parameters.ts'
import { durationText, inUnit, pathText, processConditions, processFilters, unitParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'dns-latency',
  title: 'Latency of name look-ups',
  question: 'Which names are looked up, and how long does that take?',
  tags: ['network', 'DNS', 'uprobe', 'latency', 'events'],
  parameters: {
    path: path({ description: 'The library that has getaddrinfo', default: 'libc' }),
    threshold: duration({ description: 'Only look-ups that took at least this long', default: '1us' }),
    unit: unitParameter('us'),
    ...processFilters,
  },
  render: ({ path, threshold, unit, ...filters }) => `
begin { printf("%-8s %-16s %10s %s\\n", "PID", "COMM", "${unit}", "NAME"); }
uprobe:${pathText(path)}:getaddrinfo ${where(processConditions(filters))} { @start[tid] = nsecs; @name[tid] = arg0; }
uretprobe:${pathText(path)}:getaddrinfo /@start[tid]/ {
  $took = nsecs - @start[tid];
  if ($took >= ${durationText(threshold)}) {
    printf("%-8d %-16s %10d %s\\n", pid, comm, ${inUnit('$took', unit)}, str(@name[tid]));
  }
  delete(@start, tid);
  delete(@name, tid);
}
end { clear(@start); clear(@name); }`,
})
