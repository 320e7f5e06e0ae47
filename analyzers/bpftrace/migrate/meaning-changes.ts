/**
 * Changes that leave the text of a program as it is and change what it does: which of them lie between two versions and
 * concern this program. The facts are the catalog's; here is only how to see that a program is concerned.
 */
import { migrations as changes } from '../catalog/index.ts'
import type { ProgramContext } from '../program-context.ts'
import type { Node } from '../syntax/ast.ts'
import { walk } from '../syntax/visit.ts'
import { compareVersions, oldestVersion, parseVersion, type Version } from '../version.ts'

const isIdentifier =
  (...names: readonly string[]) =>
  (node: Node) =>
    node.kind === 'Identifier' && names.includes(node.name)
const isCall =
  (...names: readonly string[]) =>
  (node: Node) =>
    node.kind === 'Call' && names.includes(node.callee.text)

/** By the name of the change in the catalog: whether a node shows that the program is concerned. */
const concerns: Readonly<Record<string, (node: Node) => boolean>> = {
  'exit-terminates': isCall('exit'),
  'nsecs-boot': isIdentifier('nsecs'),
  'kaddr-unknown': isCall('kaddr'),
  'uprobe-cpp': (node) =>
    node.kind === 'AttachPoint' &&
    /^u(ret)?probe$/.test(node.parts[0]?.text ?? '') &&
    node.parts.some((part) => part.quoted),
  'pid-uint32': isIdentifier('pid', 'tid'),
  'strlen-default': (node) => node.kind === 'Call' && node.callee.text === 'str' && node.arguments.length === 1,
  'str-length-nul': (node) => node.kind === 'Call' && node.callee.text === 'str' && node.arguments.length === 2,
  'missing-probes': (node) => node.kind === 'Probe' && node.attachPoints.length > 1,
  'pid-namespace': isIdentifier('pid', 'tid'),
  'bool-results': isCall('strcontains', 'has_key'),
  'exit-in-loop': (node) => (node.kind === 'While' || node.kind === 'For') && contains(node.body, isCall('exit')),
  'tracepoint-btf': (node) => node.kind === 'AttachPoint' && /^(tracepoint|t)$/.test(node.parts[0]?.text ?? ''),
  'watchpoint-func': (node) =>
    node.kind === 'AttachPoint' &&
    /^(watchpoint|w)$/.test(node.parts[0]?.text ?? '') &&
    /[a-z_]\w*\+arg/.test(node.text),
  asyncwatchpoint: (node) => node.kind === 'AttachPoint' && /^(asyncwatchpoint|aw)$/.test(node.parts[0]?.text ?? ''),
  'sub-int64': (node) => node.kind === 'Binary' && node.operator === '-',
  'int8-literals': isCall('print'),
}

function contains(root: Node, matches: (node: Node) => boolean): boolean {
  let found = false
  walk(root, (node) => {
    found ||= matches(node)
  })
  return found
}

export function meaningChanges(
  context: ProgramContext,
  versions: { readonly from?: Version | undefined; readonly to: Version },
): string[] {
  // Without a version to come from nothing can be said of what was.
  if (versions.from === undefined) return []
  const { from, to } = versions
  const [low, high] = compareVersions(from, to) < 0 ? [from, to] : [to, from]
  return changes.flatMap((entry) => {
    const version = parseVersion(entry.changedIn ?? '') ?? oldestVersion
    const matches = Object.hasOwn(concerns, entry.name) ? concerns[entry.name] : undefined
    const lies = compareVersions(version, low) > 0 && compareVersions(version, high) <= 0
    if (matches === undefined || !lies || !contains(context.tree.program, matches)) return []
    const way = compareVersions(from, to) < 0 ? 'Since' : 'Not before'
    return [`${way} ${entry.changedIn}: ${entry.title}. ${entry.description}`]
  })
}
