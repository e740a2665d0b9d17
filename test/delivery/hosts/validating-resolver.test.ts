import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseDnsAnswer, recordTypes, toDnsQuestion } from '../../../service/delivery/hosts/dns-message.ts'
import { createValidatingResolver } from '../../../service/delivery/hosts/validating-resolver.ts'
import { startDnsServer } from '../../helpers/dns-server.ts'
import '../../helpers/fixed-chance.ts'

const tlsa = { usage: 3, selector: 1, mtype: 1, cert: Buffer.alloc(32, 7) }

test('records come with the resolver’s word on whether they are validated', async (t) => {
  const server = await startDnsServer(t, {
    'b.test': { MX: [{ priority: 10, exchange: 'mx.b.test' }], A: ['192.0.2.1'] },
    '_25._tcp.mx.b.test': { TLSA: [tlsa] }
  })
  server.sign('b.test', 'no.b.test')
  const resolve = createValidatingResolver({ server: server.address, timeoutMs: 500, clock: Date.now })
  assert.deepEqual(await resolve('b.test', 'MX'), {
    secure: true,
    records: [{ priority: 10, exchange: 'mx.b.test' }]
  })
  assert.deepEqual(await resolve('b.test', 'A'), { secure: true, records: ['192.0.2.1'] })
  assert.deepEqual(await resolve('_25._tcp.mx.b.test', 'TLSA'), { secure: false, records: [tlsa] })
  assert.deepEqual(await resolve('no.b.test', 'A'), { secure: true, records: [] })
})

test('an answer is kept for as long as its zone says, but at least a minute', async (t) => {
  const server = await startDnsServer(t, { 'b.test': { A: ['192.0.2.1'] } })
  let now = 0
  const resolve = createValidatingResolver({ server: server.address, timeoutMs: 500, clock: () => now })
  for (const at of [0, 59_999, 60_000]) {
    now = at
    await resolve('b.test', 'A')
  }
  assert.equal(server.asked.length, 2)
})

test('what is bogus, and what is silent, is no answer', async (t) => {
  const server = await startDnsServer(t, { 'bogus.test': { A: 'ESERVFAIL' }, 'mute.test': { A: 'ETIMEOUT' } })
  const resolve = createValidatingResolver({ server: server.address, timeoutMs: 30, clock: Date.now })
  await assert.rejects(resolve('bogus.test', 'A'), { code: 'ESERVFAIL' })
  await assert.rejects(resolve('mute.test', 'A'), { code: 'ETIMEOUT' })
  await assert.rejects(resolve('a..test', 'A'), { code: 'EBADNAME' })
})

test('no bytes crash the reader of answers', () => {
  const question = toDnsQuestion(1, 'b.test', 'MX')
  question[2] = 0x81
  const types = fc.constantFrom<'A' | 'AAAA' | 'MX' | 'TLSA'>('A', 'AAAA', 'MX', 'TLSA')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(8), types, (tail, count, type) => {
      question.writeUInt16BE(count, 6)
      const answer = parseDnsAnswer(Buffer.concat([question, tail]), type)
      assert.ok(answer === null || answer.records.length <= count)
      parseDnsAnswer(Buffer.from(tail), type)
    })
  )
  assert.equal(Object.keys(recordTypes).length, 4)
})
