import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeyedHash } from '../../service/observation/keyed-hash.ts'
import {
  attributeNames,
  envelopeAttributes,
  structureNames,
  type AttributeName
} from '../../service/observation/observation.ts'
import { observeEnvelope } from '../../service/observation/observe-envelope.ts'
import { withRecipients } from '../../service/observation/with-recipients.ts'
import { observeInProcess } from '../../service/scoring/observing/observe-in-process.ts'
import { address, key, start, submission } from '../scoring/house.ts'

const keyedHash = createKeyedHash(key)
const network = { asn: 'AS64500', asName: 'Example Net', country: 'NL' }
const tls = { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' }
const to = ['bob@example.net', 'carol@example.com']
const one = submission({ to, client: { ip: '203.0.113.7', helo: 'laptop.example.org', port: null, tls } })

test('an envelope shows what the whole message shows of client and recipients, and nothing else', async () => {
  const envelope = observeEnvelope({ ...one, network, keyedHash })
  const whole = await observeInProcess({ ...one, network }, key)

  assert.ok(whole.kind === 'observed')
  const ofEnvelope: ReadonlySet<AttributeName> = new Set(envelopeAttributes)
  for (const name of attributeNames) {
    const shown = ofEnvelope.has(name)
    assert.equal(envelope.attributes[name], shown ? whole.observation.attributes[name] : '', name)
    if (shown) assert.notEqual(envelope.attributes[name], '', name)
  }
  const { recipients, asName, receivedAt } = whole.observation
  assert.deepEqual(
    [envelope.recipients, envelope.asName, envelope.receivedAt],
    [recipients, asName, receivedAt]
  )
  assert.deepEqual([envelope.shows, whole.observation.shows], ['envelope', undefined])
  assert.deepEqual([envelope.links, envelope.content.tokens, envelope.style.words], [[], [], []])
})

test('the size of an envelope is what it states', () => {
  assert.equal(observeEnvelope({ ...one, keyedHash, sizeBytes: 40_000_000 }).sizeBytes, 40_000_000)
})

test('more recipients make the same observation as if all had been named at once', async () => {
  const all = submission({ to: [...to, 'dave@example.org'], raw: one.raw, client: one.client })
  const [few, more] = [await observeInProcess(one, key), await observeInProcess(all, key)]
  assert.ok(few.kind === 'observed' && more.kind === 'observed')

  const { observation } = few
  const united = withRecipients(observation, more.observation.recipients.toReversed())

  const persons = (recipients: typeof united.recipients) => recipients.map(({ person }) => person).toSorted()
  assert.deepEqual(persons(united.recipients), persons(more.observation.recipients))
  const count = structureNames.indexOf('recipientCountLog')
  assert.equal(united.content.structure[count], more.observation.content.structure[count])
  assert.equal(united.attributes.recipientsBucket, more.observation.attributes.recipientsBucket)
  assert.equal(withRecipients(observation, observation.recipients), observation)
})

test('the null sender is a claim of the envelope', () => {
  const envelope = { mailFrom: null, rcptTo: [address('bob@example.net')] }
  assert.deepEqual(observeEnvelope({ ...one, envelope, keyedHash, receivedAt: start }).claims, [
    'null-sender'
  ])
})
