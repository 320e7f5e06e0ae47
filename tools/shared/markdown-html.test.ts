import { expect, test } from 'vitest'
import { htmlBlocks, htmlPage } from './markdown-html.ts'

test.each([
  ['# Title', '<h1>Title</h1>'],
  ['a `b` **c**', '<p>a <code>b</code> <strong>c</strong></p>'],
  ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
  ['> note', '<blockquote>note</blockquote>'],
  ['one\ntwo\n\nthree', '<p>one<br>two</p>\n<p>three</p>'],
])('%j becomes %s', (markdown, html) => {
  expect(htmlBlocks(markdown)).toBe(html)
})

test('a table keeps borders that stand in a cell', () => {
  expect(htmlBlocks('| A | B |\n| --- | --- |\n| x \\| y | `z` |')).toBe(
    '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>x | y</td><td><code>z</code></td></tr></tbody></table>',
  )
})

test('nothing of a profile becomes markup', () => {
  const html = htmlPage('<script>', '# </title><img src=x>\n\n| <b> |\n| --- |\n| "&" |')
  expect(html).not.toMatch(/<script>|<img|<b>/)
  expect(html).toContain('&lt;img src=x&gt;')
})
