import type { CType } from '../../kernel-facts.ts'
import type { Call, Expression, Probe } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { probesOf, rule, textOf } from '../rule.ts'

/**
 * Arguments of kernel functions that point into user memory. BTF says so only where the kernel was compiled with type
 * tags, which GCC before 15 does not write; these are `__user` in the kernel's sources.
 */
const userArguments: Readonly<Record<string, readonly number[]>> = {
  do_sys_open: [1],
  do_sys_openat2: [1],
  do_filp_open: [],
  ksys_read: [1],
  ksys_write: [1],
  vfs_read: [1],
  vfs_write: [1],
  getname: [0],
  getname_flags: [0],
  do_execve: [1, 2],
  strndup_user: [0],
  tty_write: [1],
  user_path_at_empty: [1],
}

export default rule({
  code: 'address-space',
  title: 'String is read from the wrong address space',
  severity: 'warning',
  verdict: null,
  docs: `\`str()\` of a plain number in a kprobe reads kernel memory; this argument points into the memory of the process. The
read fails, or on some architectures returns other memory. Say \`str(uptr(arg1))\`, or use the tracepoint of the system
call, whose arguments bpftrace knows.`,
  bad: 'kprobe:do_sys_openat2 { printf("%s\\n", str(arg1)); }',
  good: 'kprobe:do_sys_openat2 { printf("%s\\n", str(uptr(arg1))); }',
  *check(context) {
    for (const probe of probesOf(context)) {
      const positions = userPositions(probe, (name) => context.kernel.signature(name)?.params.map((each) => each.type))
      if (positions.size === 0) continue
      const found: { call: Call; argument: Expression }[] = []
      walk(probe, (node) => {
        if (node.kind !== 'Call' || (node.callee.text !== 'str' && node.callee.text !== 'buf')) return
        const [argument] = node.arguments
        const position = argument?.kind === 'Identifier' ? /^arg(\d)$/.exec(argument.name)?.[1] : undefined
        if (argument !== undefined && position !== undefined && positions.has(Number(position)))
          found.push({ call: node, argument })
      })
      for (const { call, argument } of found) {
        const text = textOf(context, argument)
        yield {
          span: argument.span,
          message: `\`${text}\` points into user memory: \`${call.callee.text}(uptr(${text}))\``,
          fixes: [
            {
              title: `Replace with \`uptr(${text})\``,
              edits: [{ span: argument.span, newText: `uptr(${text})` }],
              safe: false,
            },
          ],
        }
      }
    }
  },
})

/** Argument positions that are user pointers in every function the probe names. */
function userPositions(probe: Probe, parametersOf: (name: string) => readonly CType[] | undefined): Set<number> {
  const sets = probe.attachPoints.map((point) => {
    const provider = point.parts[0]?.text.toLowerCase()
    if (provider !== 'kprobe' && provider !== 'k') return new Set<number>()
    const name = point.parts.at(-1)?.text ?? ''
    const tagged = (parametersOf(name) ?? []).flatMap((type, i) =>
      type.kind === 'pointer' && type.tags?.includes('user') ? [i] : [],
    )
    return new Set([...tagged, ...(userArguments[name] ?? [])])
  })
  const [first = new Set<number>(), ...rest] = sets
  return new Set([...first].filter((position) => rest.every((each) => each.has(position))))
}
