import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { z } from 'zod'
import { smtpBoundsSchema } from '../../service/config/smtp-bounds-schema.ts'

const page = new URL('../../docs/operate/submission.md', import.meta.url)

const propertySchema = z.object({ default: z.number(), description: z.string() })

test('docs/operate/submission.md lists every bound with its default', async () => {
  const { properties = {} } = z.toJSONSchema(smtpBoundsSchema, { io: 'input' })
  const text = await readFile(page, 'utf8')
  const rows = text
    .slice(text.indexOf('<!-- bounds'), text.indexOf('<!-- /bounds'))
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', value = '', what = '']) => [
      name.replaceAll('`', ''),
      Number(value.replaceAll(',', '')),
      what
    ])
  const expected = Object.entries(properties).map(([name, property]) => {
    const { default: value, description } = propertySchema.parse(property)
    return [name, value, description]
  })
  assert.deepEqual(rows, expected)
})

test('a bound that makes no sense is a fault with its name', () => {
  const faults = smtpBoundsSchema.safeParse({ maxErrors: 0, banMs: 1.5, mxErrors: 3 }).error?.issues ?? []
  assert.deepEqual(faults.map(({ path, code }) => `${path.join('.')} ${code}`).toSorted(), [
    ' unrecognized_keys',
    'banMs invalid_type',
    'maxErrors too_small'
  ])
})
