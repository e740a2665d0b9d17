import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Departing } from '../../../service/authentication/dmarc/forecast-alignment.ts'
import { forecastOfDeparture } from '../../../service/authentication/dmarc/departing-forecast.ts'
import { address } from '../../queue/messages.ts'

async function foretold(feedbackDomain: string | undefined, mailFrom: string | null): Promise<string | null> {
  const asked: Departing[] = []
  const forecast = forecastOfDeparture((message) => {
    asked.push(message)
    return Promise.resolve({ kind: 'unattributable', why: 'a test' })
  }, feedbackDomain)
  const envelope = {
    mailFrom: mailFrom === null ? null : address(mailFrom),
    rcptTo: [address('bob@example.net')]
  }
  await forecast({ envelope, raw: Buffer.from('') })
  return asked[0]?.envelope.mailFrom ?? null
}

test('what is foretold is what receivers will see: the feedback domain in MAIL FROM', async () => {
  assert.equal(await foretold('bounces.example.org', 'alice@example.org'), 'bounces@bounces.example.org')
})

test('without a feedback domain, and of a null sender, nothing changes', async () => {
  assert.equal(await foretold(undefined, 'alice@example.org'), 'alice@example.org')
  assert.equal(await foretold('bounces.example.org', null), null)
})
