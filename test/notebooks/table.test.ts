import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawSvg } from '../../notebooks/picture.ts'
import { show } from '../../notebooks/show.ts'
import { table, tableText } from '../../notebooks/table.ts'
import { drawDays } from '../../notebooks/tour-pictures.ts'

test('rows become a table; long ones are cut, and say so', () => {
  assert.equal(
    tableText([{ name: 'a|b', count: 3, share: 0.12345, none: null }]),
    '| name | count | share | none |\n| --- | ---: | ---: | ---: |\n| a\\|b | 3 | 0.123 |  |'
  )
  const many = tableText(
    Array.from({ length: 5 }, (_, number) => ({ number })),
    { most: 2 }
  )
  assert.match(many, /\| 1 \|\n\n3 more rows\.$/u)
  assert.equal(tableText([]), 'Nothing was found.')
})

test('a picture is the same bytes every time', async () => {
  const days = [
    { day: '2026-11-02', judged: 'allow', messages: 10 },
    { day: '2026-11-03', judged: 'hold', messages: 1 }
  ]
  const svg = await drawSvg(drawDays(days))
  assert.match(svg, /^<svg[\s\S]*Messages a day/u)
  assert.equal(await drawSvg(drawDays(days)), svg)
})

test('outside of a notebook nothing can be shown, and that is said', async () => {
  await assert.rejects(show(table([{ a: 1 }])), /Deno/u)
})
