import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RemoteOutcome } from '../../../service/message/world-report.ts'
import { noParameters } from '../../../service/message/mail-parameters.ts'
import { matchRecipients } from '../../../service/operations/feedback/match-recipients.ts'
import { toRecord } from '../../../service/queue/records/new-message.ts'
import { newMessage, start, type MessageDraft } from '../../queue/messages.ts'

function failed(...addresses: readonly string[]): RemoteOutcome {
  return { addresses, action: 'failed', status: '5.1.1', diagnostic: 'no', host: null }
}

function match(
  remotes: readonly RemoteOutcome[],
  place: number | null,
  draft: MessageDraft = {}
): readonly string[] {
  const message = toRecord(newMessage(draft), 'queued', null, start)
  return matchRecipients(remotes, message, place).map(({ address }) => address)
}

const two = { to: ['bob@example.net', 'carol@example.net'] }

test('a signed place decides, even where the mail was forwarded to somebody else', () => {
  assert.deepEqual(match([failed('other@example.com')], 1, two), ['carol@example.net'])
})

test('a place that the message does not have means nobody', () => {
  assert.deepEqual(match([failed('bob@example.net')], 7, two), [])
})

test('without a place the addresses decide, whatever their case', () => {
  assert.deepEqual(match([failed('CAROL@Example.net')], null, two), ['carol@example.net'])
})

test('an original recipient that the sender named counts as the recipient', () => {
  const recipients = { 'bob@example.net': { notify: null, orcpt: 'rfc822;robert@example.org' } }
  const parameters = { ...noParameters, recipients }
  assert.deepEqual(match([failed('robert@example.org')], null, { ...two, parameters }), ['bob@example.net'])
})

test('whom a report about several does not name it cannot harm', () => {
  assert.deepEqual(match([failed('eve@example.net'), failed()], null, two), [])
})

test('a message to one alone needs no name', () => {
  assert.deepEqual(match([failed()], null), ['bob@example.net'])
})
