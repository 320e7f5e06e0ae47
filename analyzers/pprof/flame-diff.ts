/**
 * A differential flame graph of two profiles: both sides as they are, laid over each other, so that a picture can show
 * before and after of every path instead of only what is left of them. Knows neither files nor views on a screen.
 */
import { alignSides } from './diff.ts'
import { flameGraph } from './flame-graph.ts'
import type { FlameGraph } from './flame-layout.ts'
import type { Profile } from './profile.ts'
import { resolveSampleIndex } from './sample-index.ts'
import { type View, viewOf } from './view.ts'
import type { ViewOptions } from './view-options.ts'

export interface FlameDiffOptions extends ViewOptions {
  /** Scale `profile` first so that its totals equal those of the base. */
  readonly normalize?: boolean | undefined
  readonly inverted?: boolean | undefined
  readonly minShare?: number | undefined
}

/** Both sides under the same options; `sample_index` counts in `profile`. @throws UserError where they cannot be compared. */
export function viewsOfBoth(
  profile: Profile,
  base: Profile,
  options: FlameDiffOptions,
): { readonly view: View; readonly base: View } {
  const sides = alignSides(profile, base, { normalize: options.normalize })
  // Types that only one of them has are gone now, so numbers may mean something else than before.
  const type = profile.sampleTypes[resolveSampleIndex(profile, options.sample_index)]?.type ?? ''
  const chosen = { ...options, sample_index: type }
  return { view: viewOf(sides.profile, chosen), base: viewOf(sides.base, chosen) }
}

/** `flat`, `cum` are those of `profile`, `baseFlat`, `baseCum` those of `base`; a node is as wide as the larger side. */
export function differentialFlameGraph(profile: Profile, base: Profile, options: FlameDiffOptions = {}): FlameGraph {
  const views = viewsOfBoth(profile, base, options)
  return flameGraph(views.view, { base: views.base, inverted: options.inverted, minShare: options.minShare })
}
