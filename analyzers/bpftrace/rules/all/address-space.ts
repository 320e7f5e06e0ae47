import { lazy } from '../../../shared/lazy.ts'
import type { CType } from '../../kernel-facts.ts'
import type { Call, Expression, Probe } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { probesOf, type RuleContext, type RuleFinding, rule, textOf } from '../rule.ts'

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
  byProbe: true,
  *check(context) {
    for (const probe of probesOf(context)) {
      const positions = userPositions(probe, (name) => context.kernel.signature(name)?.params.map((each) => each.type))
      yield* wrongKptr(context, probe)
      if (positions.size === 0) continue
      const found: { call: Call; argument: Expression }[] = []
      const aliases = lazy(() => argumentVariables(probe))
      for (const call of nodesIn(probe).calls) {
        if (call.callee.text !== 'str' && call.callee.text !== 'buf') continue
        const [argument] = call.arguments
        const name =
          argument?.kind === 'Variable'
            ? aliases().get(argument.name)
            : argument?.kind === 'Identifier'
              ? argument.name
              : undefined
        const position = /^arg(\d)$/.exec(name ?? '')?.[1]
        if (argument !== undefined && position !== undefined && positions.has(Number(position)))
          found.push({ call, argument })
      }
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

/** Scratch variables that hold an argument as it is and nothing else. */
function argumentVariables(probe: Probe): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { target, operator, value } of nodesIn(probe).assignments) {
    if (target.kind !== 'Variable') continue
    const isArgument = operator === '=' && value.kind === 'Identifier' && !names.has(target.name)
    names.set(target.name, isArgument && value.kind === 'Identifier' ? value.name : '')
  }
  return names
}

/** Pointers that processes hand over: arguments of their own functions and of system calls. */
function* wrongKptr(context: RuleContext, probe: Probe): Generator<RuleFinding> {
  const texts = probe.attachPoints.map((point) => point.text)
  const isUser = texts.every((text) => /^(u|ur|uprobe|uretprobe|usdt|U):/.test(text))
  const isCall = texts.every((text) => /^(t|tracepoint):syscalls:sys_enter_/.test(text))
  if (!isUser && !isCall) return
  for (const call of nodesIn(probe).calls) {
    if (call.callee.text !== 'kptr') continue
    const [argument] = call.arguments
    const text = argument === undefined ? '' : textOf(context, argument)
    if (!(isUser ? /^(arg\d|retval)$/ : /^args(\.|->)\w+$/).test(text)) continue
    yield {
      span: call.span,
      message: `\`${text}\` points into the memory of the process, not of the kernel: \`uptr(${text})\``,
      fixes: [
        { title: 'Replace `kptr` with `uptr`', edits: [{ span: call.callee.span, newText: 'uptr' }], safe: false },
      ],
    }
  }
}
