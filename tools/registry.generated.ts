// Written by scripts/generate-registry.ts from the folder listing: do not edit.
import tool0 from './bpftrace/compose-programs.ts'
import tool1 from './bpftrace/estimate-cost.ts'
import tool2 from './bpftrace/explain-error.ts'
import tool3 from './bpftrace/explain-program.ts'
import tool4 from './bpftrace/fix-program.ts'
import tool5 from './bpftrace/format-program.ts'
import tool6 from './bpftrace/list-templates.ts'
import tool7 from './bpftrace/migrate-program.ts'
import tool8 from './bpftrace/optimize-program.ts'
import tool9 from './bpftrace/render-template.ts'
import tool10 from './bpftrace/search-examples.ts'
import tool11 from './bpftrace/validate-program.ts'
import tool12 from './pprof/callgraph.ts'
import tool13 from './pprof/diff-top.ts'
import tool14 from './pprof/export.ts'
import tool15 from './pprof/flamegraph.ts'
import tool16 from './pprof/focus-paths.ts'
import tool17 from './pprof/generate-report.ts'
import tool18 from './pprof/list.ts'
import tool19 from './pprof/merge.ts'
import tool20 from './pprof/meta.ts'
import tool21 from './pprof/peek.ts'
import tool22 from './pprof/print.ts'
import tool23 from './pprof/symbolize.ts'
import tool24 from './pprof/tags.ts'
import tool25 from './pprof/top.ts'
import tool26 from './pprof/traces-head.ts'
import tool27 from './profiles/baselines.ts'
import tool28 from './profiles/capture.ts'
import tool29 from './profiles/delete.ts'
import tool30 from './profiles/import.ts'
import tool31 from './profiles/list.ts'
import tool32 from './profiles/reset-baseline.ts'
import tool33 from './profiles/update.ts'
import type { Tool } from './tool.ts'

export const registeredTools: readonly Tool[] = [
  tool0,
  tool1,
  tool2,
  tool3,
  tool4,
  tool5,
  tool6,
  tool7,
  tool8,
  tool9,
  tool10,
  tool11,
  tool12,
  tool13,
  tool14,
  tool15,
  tool16,
  tool17,
  tool18,
  tool19,
  tool20,
  tool21,
  tool22,
  tool23,
  tool24,
  tool25,
  tool26,
  tool27,
  tool28,
  tool29,
  tool30,
  tool31,
  tool32,
  tool33,
]
