import { describe, expect, test } from 'vitest'
import { changeSteps } from '../../analyzers/pprof/flame-change.ts'
import { changeColor } from '../../analyzers/pprof/flame-color.ts'
import { fixtureThemes, themeOf } from '../../test/fixture-themes.ts'
import type { Rgb } from '../shared/theme-colors.ts'
import { contrast, type Fill, leastDistance, legibleOn, makePalette, PACKAGE_COLORS } from './palette.ts'

const parse = (hex: string): Rgb => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return [red, green, blue]
}
const ratio = ({ fill, text }: Fill) => contrast(parse(fill), parse(text))

describe.each(fixtureThemes)('in the theme %s', (name) => {
  const theme = themeOf(name)
  const palette = makePalette(theme)

  test('every label is legible on its fill', () => {
    const needed = palette.isHighContrast ? 7 : 4.5
    for (const fill of [...palette.packages, palette.match, palette.root, ...palette.more, ...palette.less]) {
      expect(ratio(fill)).toBeGreaterThanOrEqual(
        fill === palette.match || !palette.isHighContrast ? 4.5 : Math.min(needed, 4.5),
      )
    }
    if (palette.isHighContrast) for (const fill of palette.packages) expect(ratio(fill)).toBeGreaterThanOrEqual(7)
  })

  test('faded labels can still be read', () => {
    for (const fill of palette.faded) expect(ratio(fill)).toBeGreaterThanOrEqual(2.5)
  })
})

test.each(['dark', 'light'] as const)(
  'packages can be told apart in the %s theme, also by colour-blind eyes',
  (name) => {
    const theme = themeOf(name)
    const fills = makePalette(theme)
      .packages.slice(0, PACKAGE_COLORS)
      .map(({ fill }) => parse(fill))
    expect(new Set(fills.map(String)).size).toBe(PACKAGE_COLORS)
    for (const [index, fill] of fills.entries()) {
      expect(leastDistance(fill, theme.background)).toBeGreaterThan(9)
      for (const other of fills.slice(index + 1)) expect(leastDistance(fill, other)).toBeGreaterThan(7)
    }
  },
)

describe('what grew and what shrank can be told apart by colour-blind eyes', () => {
  const hex = (direction: 'more' | 'less') => changeSteps.map((_, step) => changeColor({ direction, step }))
  const picture = { more: hex('more'), less: hex('less'), unchanged: changeColor(null) }
  const inTheme = (name: 'dark' | 'light') => {
    const { more, less, root } = makePalette(themeOf(name))
    return { more: more.map(({ fill }) => fill), less: less.map(({ fill }) => fill), unchanged: root.fill }
  }

  test.each([
    ['in exported pictures', picture],
    ['in the dark theme', inTheme('dark')],
    ['in the light theme', inTheme('light')],
  ] as const)('%s', (_, { more, less, unchanged }) => {
    for (const [step, fill] of more.entries()) {
      expect(leastDistance(parse(fill), parse(less[step] ?? ''))).toBeGreaterThan(15)
      expect(leastDistance(parse(fill), parse(unchanged))).toBeGreaterThan(7)
    }
  })

  test('black is legible on the colours of pictures', () => {
    for (const fill of [...picture.more, ...picture.less]) {
      expect(contrast(parse(fill), [0, 0, 0])).toBeGreaterThanOrEqual(4.5)
    }
  })
})

test('a theme without chart colours still gives a palette', () => {
  const palette = makePalette({ ...themeOf('light'), hues: [] })
  expect(palette.packages).toHaveLength(PACKAGE_COLORS + 2)
})

test.each([
  [[0, 0, 0], [255, 255, 255], 21],
  [[255, 255, 255], [255, 255, 255], 1],
  [[118, 118, 118], [255, 255, 255], 4.54],
] as const)('the contrast of %j and %j is %d', (a, b, expected) => {
  expect(contrast(a, b)).toBeCloseTo(expected, 2)
})

test('text on a middling fill goes to the extreme it needs', () => {
  const text = legibleOn([128, 128, 128], { foreground: [150, 150, 150], background: [100, 100, 100] })
  expect(contrast([128, 128, 128], text)).toBeGreaterThanOrEqual(4.5)
})
