import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { configSchema } from '../../service/config/config-schema.ts'
import { toSubmission, verdictRequestSchema } from '../../service/contracts/verdict-request.ts'
import { createIdentityHeader } from '../../service/message/identity-header.ts'
import { createDirection } from '../../service/senders/direction.ts'
import { createResolveSender, resolveSender } from '../../service/senders/identity.ts'

const caseSchema = z.strictObject({
  about: z.string(),
  trusted: z.boolean().default(true),
  sender: z.string().optional(),
  user: z.string().optional(),
  headers: z.array(z.string()).default([]),
  from: z.string().default('<>'),
  to: z.array(z.string()),
  expect: z.strictObject({ id: z.string(), strength: z.string(), direction: z.string() })
})

const corpus = parse(readFileSync(new URL('../corpora/identity/cases.toml', import.meta.url), 'utf8'))
const { cases: texts, ...settings } = corpus
const { identity, aliases } = configSchema.parse(settings)
const resolve = createResolveSender({ ...identity, aliases })
const directionOf = createDirection(identity.internalDomains)
const identityHeader = createIdentityHeader(identity.header, identity.pattern)

for (const { about, trusted, sender, user, headers, from, to, expect } of z.array(caseSchema).parse(texts)) {
  test(about, () => {
    const raw = Buffer.from([...headers, 'Subject: Hello', '', 'Hello', ''].join('\r\n')).toString('base64')
    const auth = user === undefined ? null : { user }
    const request = verdictRequestSchema.parse({ sender, auth, envelope: { from, to }, raw })
    const submission = toSubmission(request, {
      caller: 'tok_1',
      trusted,
      submissionId: 's1',
      now: 0,
      identityHeader
    })
    const { id, strength } = resolve(submission)
    const direction = directionOf({ id, strength }, submission.envelope.rcptTo)
    assert.deepEqual({ id, strength, direction }, expect)
    assert.doesNotMatch(Buffer.from(submission.raw).toString(), /x-sasl-user/iu)
  })
}

test('without rules a tag of a user name is part of the name, one in MAIL FROM is not', () => {
  const envelope = verdictRequestSchema.shape.envelope.parse({ from: 'carol+bulk@x.org', to: ['d@x.org'] })
  const submitted = { sender: null, auth: null, envelope: { mailFrom: envelope.from, rcptTo: envelope.to } }
  assert.equal(resolveSender(submitted).id, 'carol@x.org')
  const auth = { user: 'carol+bulk@x.org', method: null }
  assert.equal(resolveSender({ ...submitted, auth }).id, 'carol+bulk@x.org')
})
