import { template } from '../template.ts'

export default template({
  name: 'oom-kills',
  title: 'Out-of-memory kills',
  question: 'Whom does the kernel kill for memory, and who asked for the memory?',
  tags: ['memory', 'OOM', 'events'],
  parameters: {},
  render: () => `
begin { printf("Waiting for the kernel to run out of memory.\\n"); }
tracepoint:oom:mark_victim {
  time("%H:%M:%S ");
  printf("process %d is killed; %s (%d) asked for memory\\n", args.pid, comm, pid);
  print(kstack(10));
}`,
})
