import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createByteGate } from '../../../service/delivery/dispatch/byte-gate.ts'

test('messages that are large together go one after the other', async () => {
  const gate = createByteGate(100)
  const order: string[] = []
  const first = Promise.withResolvers<null>()
  const work =
    (name: string, until: Promise<null> = Promise.resolve(null)) =>
    async (): Promise<void> => {
      order.push(`${name} in`)
      await until
      order.push(`${name} out`)
    }
  const all = [
    gate.through(60, work('one', first.promise)),
    gate.through(500, work('huge')),
    gate.through(10, work('small'))
  ]
  first.resolve(null)
  await Promise.all(all)
  assert.deepEqual(order, ['one in', 'one out', 'huge in', 'huge out', 'small in', 'small out'])
})
