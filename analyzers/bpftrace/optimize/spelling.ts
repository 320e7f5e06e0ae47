/** How versions spell what optimizations write. */
import { atLeast, type Version } from '../version.ts'

/** Between `args` and a field. */
export const dot = (version: Version): string => (atLeast(version, '0.20') ? '.' : '->')

/** The direct probes of kernel functions, once called kfunc; undefined where there are none. */
export function directProbe(version: Version, isReturn: boolean): string | undefined {
  if (atLeast(version, '0.20')) return isReturn ? 'fexit' : 'fentry'
  if (atLeast(version, '0.10')) return isReturn ? 'kretfunc' : 'kfunc'
  return undefined
}
