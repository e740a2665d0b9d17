import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFindForeign, identitiesThatMatter } from '../../service/scoring/foreign-identities.ts'
import { createMayWriteAs } from '../../service/senders/own-addresses.ts'
import type { Policy } from '../../service/verdict/policy.ts'
import { policy } from '../verdict/policy.ts'
import { address, codesOf, openHouse, submission, verdictOf, type Draft } from './house.ts'

const rules = { aliases: [], domainAliases: {}, ignoreTags: false }
const findForeign = createFindForeign(createMayWriteAs(rules, []))

function raw(...fields: readonly string[]): Uint8Array {
  return Buffer.from(
    [...fields, 'To: bob@example.net', 'Subject: Monday', '', 'See you on Monday.', ''].join('\r\n')
  )
}

async function judge(draft: Draft, more: Partial<Policy> = {}) {
  const { score, senders } = openHouse({ findForeign, policy: { ...policy, ...more } })
  const verdict = verdictOf(await score(submission(draft)))
  return { verdict, usage: senders.usage(senders.keyOf('alice@example.org'), submission().receivedAt) }
}

const own = 'From: Alice <alice@example.org>'
const cases: readonly (readonly [name: string, draft: Draft, expected: readonly string[]])[] = [
  ['her own name', { raw: raw(own) }, []],
  ['her name with a tag', { raw: raw('From: alice+news@example.org') }, []],
  ['no From at all: nobody is named', { raw: raw() }, []],
  ['somebody else', { raw: raw('From: bob@example.org') }, ['FROM_NOT_OWNED']],
  ['somebody else under her name', { raw: raw('From: "alice@example.org" <bob@example.org>') }, ['FROM_NOT_OWNED']],
  ['herself under the name of somebody else', { raw: raw('From: "The Chief" <alice@example.org>') }, []],
  ['herself and somebody else', { raw: raw('From: alice@example.org, bob@example.org') }, ['FROM_NOT_OWNED']],
  ['two From fields', { raw: raw(own, own) }, ['FROM_NOT_OWNED']],
  ['a From that is hidden in an old spelling', { raw: raw(own, 'FROM : bob@example.org') }, ['FROM_NOT_OWNED']],
  ['a folded From', { raw: raw('From:', ' Bob', '\t<bob@example.org>') }, ['FROM_NOT_OWNED']],
  ['a From behind a bare carriage return', { raw: raw(`${own}\rFrom: bob@example.org`) }, ['FROM_NOT_OWNED']],
  ['a From behind one in another field', { raw: raw(own, 'X-A: b\rFrom: bob@example.org') }, ['FROM_NOT_OWNED']],
  ['letters of another script', { raw: raw('From: \u0430lice@example.org') }, ['FROM_NOT_OWNED']],
  ['bytes that are no UTF-8', { raw: Buffer.from('From: al\xefce@example.org\r\n\r\nx\r\n', 'latin1') }, ['FROM_NOT_OWNED']],
  ['somebody else as Sender', { raw: raw(own, 'Sender: bob@example.org') }, ['FROM_NOT_OWNED']],
  ['somebody else as Resent-From', { raw: raw(own, 'Resent-From: bob@example.org') }, ['FROM_NOT_OWNED']],
  ['somebody else as Resent-Sender', { raw: raw(own, 'Resent-From: alice@example.org', 'Resent-Sender: bob@example.org') }, ['FROM_NOT_OWNED']],
  ['a Reply-To, which is free', { raw: raw(own, 'Reply-To: bob@example.org') }, []],
  ['somebody else in MAIL FROM', { envelope: { mailFrom: address('bob@example.org'), rcptTo: [address('bob@example.net')] } }, ['ENVELOPE_NOT_OWNED']],
  ['a null sender of no report', { envelope: { mailFrom: null, rcptTo: [address('bob@example.net')] } }, ['ENVELOPE_NOT_OWNED']],
  ['a null sender of an automatic answer', { raw: raw(own, 'Auto-Submitted: auto-replied'), envelope: { mailFrom: null, rcptTo: [address('bob@example.net')] } }, []],
  ['what a back-end grants', { raw: raw('From: x@sales.example.org'), auth: { user: 'alice@example.org', method: null, identities: ['*@sales.example.org'] } }, []],
  ['an identity that nobody proved', { raw: raw('From: bob@example.org'), auth: null }, []],
  ['an identity that a trusted client names', { raw: raw('From: bob@example.org'), auth: null, sender: 'alice@example.org' }, ['FROM_NOT_OWNED']]
] // prettier-ignore

for (const [name, draft, expected] of cases) {
  test(`${expected.length === 0 ? 'Alice may write' : 'Alice may not write'}: ${name}`, async () => {
    const { verdict } = await judge(draft)
    assert.deepEqual(codesOf(verdict).filter((code) => code.endsWith('NOT_OWNED')), expected) // prettier-ignore
    assert.equal(verdict.verdict, 'allow')
  })
}

for (const [onForeignIdentity, verdict, charged] of [
  ['allow', 'allow', 1],
  ['hold', 'hold', 1],
  ['reject', 'block', 0]
] as const) {
  test(`policy.onForeignIdentity = "${onForeignIdentity}" gives ${verdict}, with the address as evidence`, async () => {
    const judged = await judge({ raw: raw('From: bob@example.org') }, { onForeignIdentity })
    const reason = judged.verdict.reasons.find(({ code }) => code === 'FROM_NOT_OWNED')
    assert.equal(judged.verdict.verdict, verdict)
    assert.equal(reason?.message, 'From names bob@example.org, whom the sender may not write as')
    assert.equal(judged.usage.messagesLastDay, charged)
  })
}

test('of a thousand patterns of a back-end only those are kept that a message needs', () => {
  const granted = [
    ...Array.from({ length: 1_000 }, (_, index) => `u${index}@example.org`),
    '*@sales.example.org'
  ]
  const mail = submission({ raw: raw('From: x@sales.example.org'), envelope: { mailFrom: address('u7@example.org'), rcptTo: [] } }) // prettier-ignore
  assert.deepEqual(identitiesThatMatter(mail, granted), ['u7@example.org', '*@sales.example.org'])
})
