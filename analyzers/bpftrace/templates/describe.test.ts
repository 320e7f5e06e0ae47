import { expect, test } from 'vitest'
import { categories, categoryOf } from './categories.ts'
import { describeTemplate } from './describe.ts'
import { rankByWords } from './rank-by-words.ts'
import { parameterProblems, requireTemplate } from './render.ts'
import { templates } from './templates.generated.ts'

test('every template has a category, and every category has templates', () => {
  expect(templates.filter((each) => categoryOf(each) === undefined).map(({ name }) => name)).toEqual([])
  expect(categories.filter((category) => !templates.some((each) => categoryOf(each) === category))).toEqual([])
})

test('a description can cross a wire and says what a form has to know', () => {
  for (const each of templates) {
    const described = describeTemplate(each)
    expect(structuredClone(described)).toEqual(described)
    for (const { description, choices, type } of described.parameters) {
      expect(description).toMatch(/^[A-Z].*[^.]$/)
      expect(choices !== undefined).toBe(type === 'choice')
    }
  }
})

test('every wrong value has its own message', () => {
  const problems = parameterProblems(requireTemplate('off-cpu'), { tid: 'x', threshold: 'soon', unit: 'us', top: '' })
  expect(problems.map(({ parameter }) => parameter)).toEqual(['tid', 'threshold'])
  expect(problems[0]?.message).toBe('`tid` must be a whole number from 1 to 4194304.')
})

test.each([
  ['tc', 'tcp-accepts'],
  ['sched', 'run-queue'],
  ['who opens fil', 'file-opens'],
])('while typing "%s" something is found', (query, name) => {
  const found = rankByWords(templates, query, true).map(({ item }) => item.name)
  expect(found.some((each) => each.startsWith(name))).toBe(true)
})
