import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSignedAddresses } from '../../../service/delivery/feedback/signed-address.ts'
import { createReturnPath } from '../../../service/delivery/outgoing/return-path.ts'
import { toRecord } from '../../../service/queue/records/new-message.ts'
import { newMessage, start, type MessageDraft } from '../../queue/messages.ts'

const id = '019ac5a1-3b7e-7c11-9d55-0123456789ab'
const addresses = createSignedAddresses({
  domain: 'bounces.example.org',
  key: Buffer.alloc(32, 7),
  validDays: 12
})
const returnPath = createReturnPath(addresses, () => start)
const to = ['bob@example.net', 'carol@example.net']

function about(
  recipients: readonly string[],
  draft: MessageDraft = {},
  kind: 'mx' | 'smarthost' | 'local' = 'mx'
) {
  const address = returnPath(toRecord(newMessage({ id, to, ...draft }), 'queued', null, start), recipients, {
    kind
  })
  return address === null ? null : addresses.read(address, start)
}

test('a transaction to one recipient names its place, one to several the message alone', () => {
  assert.deepEqual(about(['carol@example.net']), { kind: 'message', messageId: id, recipient: 1 })
  assert.deepEqual(about(to, {}, 'smarthost'), { kind: 'message', messageId: id, recipient: null })
})

test('a null sender stays null, and our own mailboxes see the sender', () => {
  assert.equal(about(to, { from: null }), null)
  assert.equal(about(to, {}, 'local'), null)
})
