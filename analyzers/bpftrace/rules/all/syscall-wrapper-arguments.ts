import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { estimatesOf, probesOf, rule } from '../rule.ts'

/** `__x64_sys_openat` and its kin on other architectures. */
const wrapper = /^__(x64|arm64|ia32|s390x|riscv)_sys_([a-z0-9_]+)$/

export default rule({
  code: 'syscall-wrapper-arguments',
  title: 'Arguments of a system call’s wrapper',
  severity: 'warning',
  verdict: null,
  docs: `Since Linux 4.17 the function of a system call takes one argument, the registers of the process
(\`struct pt_regs *\`); \`arg1\` and the others are whatever happened to lie in the registers. The tracepoint of the system
call has its arguments, by name.`,
  bad: 'kprobe:__x64_sys_openat { printf("%s\\n", str(arg1)); }',
  good: 'tracepoint:syscalls:sys_enter_openat { printf("%s\\n", str(args.filename)); }',
  byProbe: true,
  *check(context) {
    for (const probe of probesOf(context)) {
      const { load } = estimatesOf(context, probe)[0] ?? {}
      const name = load?.provider === 'kprobe' ? (load.attachPoint.parts.at(-1)?.text ?? '') : ''
      const call = wrapper.exec(name)?.[2]
      if (call === undefined) continue
      const used = nodesIn(probe).identifiers.find((each) => /^arg[1-9]$/.test(each.name))
      if (used === undefined) continue
      yield {
        span: used.span,
        message: `\`${name}\` has one argument, the registers of the process: \`${used.name}\` is none of \`${call}\`; use \`tracepoint:syscalls:sys_enter_${call}\``,
      }
    }
  },
})
