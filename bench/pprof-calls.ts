/**
 * Calls that read a profile, one for each tool and format of note. `of` gives the input of the n-th call: no two are the
 * same, so that an answer which is merely remembered does not count.
 */
export interface ReadCall {
  readonly name: string
  readonly tool: string
  /** `base`: another profile, to compare with. */
  of(profile: string, n: number, base: string): Readonly<Record<string, unknown>>
}

/** Another least share changes nothing to speak of in the picture, and makes it another question. */
const share = (n: number) => 0.005 + n * 1e-6
const method = (n: number) => `Method${10 + n}$`

function call(
  name: string,
  tool: string,
  more: (n: number, profile: string, base: string) => Record<string, unknown>,
): ReadCall {
  return { name, tool, of: (profile, n, base) => ({ profile, ...more(n, profile, base) }) }
}

export const readCalls: readonly ReadCall[] = [
  call('meta', 'pprof.meta', () => ({})),
  call('top', 'pprof.top', (n) => ({ nodecount: 20 + n })),
  call('top, sorted by cum, all', 'pprof.top', (n) => ({ nodecount: 1000 + n, cum: true })),
  call('top by line', 'pprof.top', (n) => ({ nodecount: 20 + n, granularity: 'line' })),
  call('top by address', 'pprof.top', (n) => ({ nodecount: 20 + n, granularity: 'address' })),
  call('top, focus', 'pprof.top', (n) => ({ focus: `package${n}\\b` })),
  call('top, ignore', 'pprof.top', (n) => ({ ignore: `package${n}\\b` })),
  call('top, hide', 'pprof.top', (n) => ({ hide: `package${n}\\b` })),
  call('top, show', 'pprof.top', (n) => ({ show: `package${n}` })),
  call('top, tag_focus', 'pprof.top', (n) => ({ tag_focus: `tenant_id=tenant-${n}` })),
  call('peek', 'pprof.peek', (n) => ({ regex: `Method1${n}` })),
  call('peek, focus', 'pprof.peek', (n) => ({ regex: method(n), focus: `package${n}\\b` })),
  call('list', 'pprof.list', (n) => ({ function: method(n) })),
  call('traces_head', 'pprof.traces_head', (n) => ({ limit: 10 + n })),
  call('traces_head, focus', 'pprof.traces_head', (n) => ({ focus: `package${n}\\b` })),
  call('focus_paths', 'pprof.focus_paths', (n) => ({ function: method(n) })),
  call('focus_paths, of many', 'pprof.focus_paths', (n) => ({ function: `package${10 + n}` })),
  call('tags', 'pprof.tags', (n) => ({ nodecount: 20 + n })),
  call('tags, focus', 'pprof.tags', (n) => ({ focus: `package${n}\\b` })),
  call('diff_top', 'pprof.diff_top', (n, profile, base) => ({
    profile: undefined,
    before: base,
    after: profile,
    nodecount: 20 + n,
  })),
  call('top, diff_base', 'pprof.top', (n, _profile, base) => ({ diff_base: base, nodecount: 20 + n })),
  call('flamegraph svg', 'pprof.flamegraph', (n) => ({ format: 'svg', title: `${n}` })),
  call('flamegraph svg, focus', 'pprof.flamegraph', (n) => ({ format: 'svg', focus: `package${n}\\b` })),
  call('flamegraph svg, inverted', 'pprof.flamegraph', (n) => ({ format: 'svg', title: `${n}`, inverted: true })),
  call('flamegraph html', 'pprof.flamegraph', (n) => ({ format: 'html', title: `${n}` })),
  call('flamegraph interactive', 'pprof.flamegraph', (n) => ({ format: 'interactive', title: `${n}` })),
  call('flamegraph folded, focus', 'pprof.flamegraph', (n) => ({ format: 'folded', focus: method(n) })),
  call('flamegraph speedscope, focus', 'pprof.flamegraph', (n) => ({ format: 'speedscope', focus: method(n) })),
  call('flamegraph svg, diff_base', 'pprof.flamegraph', (n, _profile, base) => ({
    format: 'svg',
    title: `${n}`,
    diff_base: base,
  })),
  call('callgraph dot', 'pprof.callgraph', (n) => ({ format: 'dot', node_frac: share(n) })),
  call('callgraph svg', 'pprof.callgraph', (n) => ({ format: 'svg', node_frac: share(n) })),
  call('callgraph svg, 20 nodes', 'pprof.callgraph', (n) => ({ format: 'svg', nodecount: 20 + n })),
  call('callgraph svg, 300 nodes', 'pprof.callgraph', (n) => ({
    format: 'svg',
    nodecount: 300,
    edge_frac: 0.001 + n * 1e-6,
    node_frac: 0,
  })),
  call('callgraph svg, focus', 'pprof.callgraph', (n) => ({ format: 'svg', focus: `package${n}\\b` })),
  call('callgraph svg, call_tree', 'pprof.callgraph', (n) => ({ format: 'svg', call_tree: true, node_frac: share(n) })),
  call('callgraph dot, call_tree', 'pprof.callgraph', (n) => ({ format: 'dot', call_tree: true, node_frac: share(n) })),
  call('callgraph svg, diff_base', 'pprof.callgraph', (n, _profile, base) => ({
    format: 'svg',
    diff_base: base,
    node_frac: share(n),
  })),
  ...['top', 'tree', 'dot', 'tags', 'comments'].map((report) =>
    call(`print ${report}`, 'pprof.print', (n) => ({ report, node_frac: share(n) })),
  ),
  call('print top, focus', 'pprof.print', (n) => ({ report: 'top', focus: `package${n}\\b` })),
  call('print tree, focus', 'pprof.print', (n) => ({ report: 'tree', focus: `package${n}\\b` })),
  call('print callgrind', 'pprof.print', (n) => ({ report: 'callgrind', node_frac: share(n) })),
  call('print topproto', 'pprof.print', (n) => ({ report: 'topproto', node_frac: share(n) })),
  ...['peek', 'list', 'weblist'].map((report) =>
    call(`print ${report}`, 'pprof.print', (n) => ({ report, regex: method(n) })),
  ),
  call('print traces, focus', 'pprof.print', (n) => ({ report: 'traces', focus: method(n) })),
  call('print raw, focus', 'pprof.print', (n) => ({ report: 'raw', focus: method(n) })),
  call('export pprof, focus', 'pprof.export', (n) => ({ format: 'pprof', focus: method(n) })),
  call('export folded, focus', 'pprof.export', (n) => ({ format: 'folded', focus: method(n) })),
  call('export speedscope, focus', 'pprof.export', (n) => ({ format: 'speedscope', focus: method(n) })),
  call('export cpuprofile, focus', 'pprof.export', (n) => ({ format: 'cpuprofile', focus: method(n) })),
  call('generate_report', 'pprof.generate_report', (n, profile) => ({
    profile: undefined,
    profiles: [profile],
    nodecount: 10 + n,
  })),
]
