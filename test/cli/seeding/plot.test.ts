import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChance } from '../../../datasets/synthetic-mail/chance.ts'
import { opinionsOf, type Opinion } from '../../../service/cli/seeding/opinions.ts'
import { inventPlot } from '../../../service/cli/seeding/plot.ts'

const dayMs = 86_400_000
const from = Date.UTC(2026, 8, 28)
const options = { seed: 'test', from, weeks: 4, senders: 9 }
const plot = inventPlot(options)
const bad = plot.mail.filter(({ label }) => label === 'spam')

test('the same options invent the same mail, byte for byte, in order of time', () => {
  const again = inventPlot(options)
  assert.deepEqual(
    again.mail.map(({ receivedAt, raw }) => [receivedAt, raw.length]),
    plot.mail.map(({ receivedAt, raw }) => [receivedAt, raw.length])
  )
  const times = plot.mail.map(({ receivedAt }) => receivedAt)
  assert.deepEqual(
    times,
    times.toSorted((one, other) => one - other)
  )
  assert.ok(plot.mail.length > 500)
})

test('senders are taken over only once they have habits, and each in another way', () => {
  const victims = new Map(bad.map((one) => [one.sender, one]))
  assert.ok(victims.size >= 4)
  assert.equal(new Set(Array.from(victims.values(), ({ attack }) => attack)).size, victims.size)
  for (const [sender, first] of victims) {
    const earlier = plot.mail.filter((one) => one.sender === sender && one.receivedAt < first.receivedAt)
    assert.ok(earlier.filter(({ label }) => label === 'ham').length >= 25, sender)
  }
})

test('some senders write from another program and network from one day on, others go on as they did', () => {
  const moved = (sender: string): boolean =>
    plot.mail
      .filter((one) => one.sender === sender && one.label === 'ham' && one.receivedAt > plot.webmailMovesAt)
      .every(({ client }) => client.helo === 'webmail.provider.example')
  const senders = [...new Set(plot.mail.map(({ sender }) => sender))]
  const count = senders.filter(moved).length
  assert.ok(count > 0 && count < senders.length, String(count))
  const before = plot.mail.filter(({ receivedAt }) => receivedAt < plot.webmailMovesAt)
  assert.ok(before.every(({ client }) => client.helo !== 'webmail.provider.example'))
  assert.equal(plot.until, from + 28 * dayMs)
})

function opinions(label: 'ham' | 'spam', fate: 'held' | 'allowed') {
  const mail = plot.mail.find((one) => one.label === label) ?? assert.fail()
  return Array.from({ length: 400 }, (_, index) => opinionsOf(mail, fate, createChance(`opinion ${index}`)))
}

function decided(label: 'ham' | 'spam', decision: 'released' | 'rejected'): number {
  const isSo = (one: Opinion): boolean => one.kind === 'decide' && one.decision === decision
  return opinions(label, 'held').filter((said) => said.some(isSo)).length
}

test('what people say is mostly right, and sometimes wrong', () => {
  assert.ok(decided('ham', 'released') > 280 && decided('ham', 'rejected') > 5)
  assert.ok(decided('spam', 'rejected') > 280 && decided('spam', 'released') > 5)
  const silent = opinions('ham', 'allowed').filter((said) => said.length === 0)
  assert.ok(silent.length > 380 && silent.length < 400)
})
