import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noAttributes, type Observation } from '../../service/observation/observation.ts'
import { tlsFamily } from '../../service/observation/tls-family.ts'
import { observeInProcess, type Observable } from '../../service/scoring/observing/observe-in-process.ts'
import { packObservation, unpackObservation } from '../../service/senders/habits/packed-observation.ts'
import { buildMessage, buildSubmission } from '../helpers/build-message.ts'

const network = { asn: 'AS14061', asName: 'DigitalOcean, LLC', country: 'NL' }

async function observed(changes: Partial<Observable> = {}, html?: string): Promise<Observation> {
  const raw = buildMessage(html === undefined ? {} : { html })
  const outcome = await observeInProcess({ ...buildSubmission(raw), ...changes }, new Uint8Array(32))
  return outcome.kind === 'observed' ? outcome.observation : assert.fail(outcome.detail)
}

test('the origin of the network stands in the observation as public facts; without a look-up it is absent', async () => {
  const { attributes, asName } = await observed({ network })
  assert.deepEqual([attributes.asn, attributes.country, asName], ['AS14061', 'NL', 'DigitalOcean, LLC'])
  const without = await observed()
  assert.deepEqual([without.attributes.asn, without.attributes.country, without.asName], ['', '', ''])
})

const ciphers: readonly (readonly [version: string, cipher: string | null, family: string])[] = [
  ['TLSv1.3', 'TLS_AES_256_GCM_SHA384', 'TLSv1.3 aes256-gcm'],
  ['TLSv1.2', 'ECDHE-RSA-AES128-GCM-SHA256', 'TLSv1.2 aes128-gcm'],
  ['TLS 1.3', 'TLS_CHACHA20_POLY1305_SHA256', 'TLSv1.3 chacha20'],
  ['TLSv1', 'DES-CBC3-SHA', 'TLSv1 outdated'],
  ['TLSv1.2', 'AES256-SHA', 'TLSv1.2 aes256-cbc'],
  ['TLSv1.3', 'GOST', 'TLSv1.3 other'],
  ['TLSv1.3', null, 'TLSv1.3'],
  ['anything', 'AES128-SHA', '']
]
for (const [version, cipher, family] of ciphers) {
  test(`TLS "${version}" with ${cipher} is "${family}"`, () =>
    assert.equal(tlsFamily({ version, cipher }), family))
}

test('a boundary shows the program that made it, not the message that it parts', async () => {
  const { attributes } = await observed({}, '<p>Hello</p>')
  assert.equal(attributes.boundaryShape, 'a')
  assert.equal((await observed()).attributes.boundaryShape, '')
})

test('a packed observation comes back with its claims; an older one shows nothing of what was not observed then', async () => {
  const whole = await observed({ network, envelope: { mailFrom: null, rcptTo: [] } })
  const { content: _, ...habits } = whole
  assert.deepEqual(unpackObservation(packObservation(whole)), habits)
  assert.deepEqual(whole.claims, ['null-sender'])

  const { asName: __, claims: ___, attributes, ...older } = packObservation(whole)
  const { asn: ____, ...fewer } = attributes
  const read = unpackObservation({ ...older, attributes: fewer })
  assert.deepEqual([read.asName, read.claims, read.attributes.asn], ['', [], noAttributes.asn])
})
