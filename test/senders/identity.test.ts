import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAddress } from '../../service/message/address.ts'
import type { Submission } from '../../service/message/submission.ts'
import { resolveSender } from '../../service/senders/identity.ts'

interface Claims {
  readonly sender?: string
  readonly user?: string
  readonly mailFrom?: string
}

function submission({ sender, user, mailFrom }: Claims): Submission {
  return {
    id: 's1',
    requestId: null,
    caller: 'smtp',
    receivedAt: 0,
    sender: sender ?? null,
    client: { ip: null, helo: null, port: null, tls: null },
    auth: user === undefined ? null : { user, method: 'PLAIN' },
    envelope: { mailFrom: parseAddress(mailFrom ?? '') ?? null, rcptTo: [] },
    raw: new Uint8Array(0),
    sizeBytes: 0,
    learn: 'auto',
    explain: false
  }
}

const cases: readonly (readonly [string, Claims, string, string])[] = [
  [
    'an explicit sender goes before all',
    { sender: 'A@x.org', user: 'b', mailFrom: 'c@x.org' },
    'a@x.org',
    'asserted'
  ],
  [
    'the authenticated user goes before MAIL FROM',
    { user: 'Bob', mailFrom: 'c@x.org' },
    'bob',
    'authenticated'
  ],
  ['MAIL FROM alone is the weakest name', { mailFrom: 'Carol@X.org' }, 'carol@x.org', 'envelope'],
  ['a tag in MAIL FROM makes no other person', { mailFrom: 'carol+bulk@x.org' }, 'carol@x.org', 'envelope'],
  [
    'a tag in a user name is part of the name',
    { user: 'carol+bulk@x.org' },
    'carol+bulk@x.org',
    'authenticated'
  ],
  ['a blank name names nobody', { sender: ' ', user: '', mailFrom: 'c@x.org' }, 'c@x.org', 'envelope'],
  ['composed and decomposed letters are one name', { user: 'Ame\u0301lie' }, 'am\u00e9lie', 'authenticated'],
  ['the null sender is nobody', {}, '<>', 'none']
]

for (const [behaviour, claims, id, strength] of cases) {
  test(behaviour, () => {
    assert.deepEqual(resolveSender(submission(claims)), { id, strength })
  })
}
