import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Submission } from '../../../../service/message/submission.ts'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import { createAskCallout } from '../../../../service/doors/callouts/asking/ask-callout.ts'
import type { ClientProfile } from '../../../../service/doors/callouts/clients/client-profile.ts'
import type { ScoreOutcome } from '../../../../service/scoring/scoring-ports.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../../service/telemetry/metrics.ts'
import { verdictOf } from '../../../helpers/fixed-score.ts'
import { question } from './question.ts'

const trusted: ClientProfile = {
  name: 'mx1-milter',
  kind: 'postfix-milter',
  mta: 'mx1',
  trusted: true,
  hold: 'quarantine',
  route: null,
  onFailure: 'open',
  mode: 'enforce',
  labels: true,
  identityHeader: null
}

const scored = (verdict: 'allow' | 'hold' | 'block'): ScoreOutcome => ({
  kind: 'scored',
  verdict: verdictOf(verdict, 'alice@example.org'),
  headline: null
})

function ask(score: (submission: Submission) => Promise<ScoreOutcome>, profile: Partial<ClientProfile> = {}) {
  const seen: Submission[] = []
  const askCallout = createAskCallout({
    score: (submission) => {
      seen.push(submission)
      return score(submission)
    },
    chooseClient: () => ({ ...trusted, ...profile }),
    deadlineMs: 50,
    budget: createByteBudget(100),
    newId: () => 'submission-1',
    clock: () => 1_000,
    log: silentLogger,
    metrics: createMetrics()
  })
  return { askCallout, seen }
}

const answers = [
  ['allow', 'quarantine', 'accept', 250],
  ['hold', 'quarantine', 'quarantine', 250],
  ['hold', 'tempfail', 'tempfail', 451],
  ['hold', 'reject', 'reject', 550],
  ['hold', 'route', 'route', 250],
  ['hold', 'label', 'accept', 250],
  ['block', 'quarantine', 'reject', 550],
  ['block', 'label', 'reject', 550]
] as const

for (const [verdict, hold, disposition, code] of answers)
  test(`${verdict} is told as ${disposition} to a client whose hold is ${hold}`, async () => {
    const { askCallout } = ask(() => Promise.resolve(scored(verdict)), { hold })
    const answer = await askCallout(question())
    assert.equal(answer.disposition, disposition)
    assert.equal(answer.reply.code, code)
    assert.equal(answer.labels[0]?.value, verdict)
  })

test('the question becomes a submission under the queue id of the mail server', async () => {
  const { askCallout, seen } = ask(() => Promise.resolve(scored('allow')))
  await askCallout(question({ rcptTo: ['<bob@example.net>', 'root', 'not an address'] }))
  const [submission] = seen
  assert.equal(submission?.caller, 'mta:mx1')
  assert.equal(submission?.requestId, '4XyZ12')
  assert.equal(submission?.requestKind, 'queue')
  assert.deepEqual(submission?.envelope, {
    mailFrom: 'alice@example.org',
    rcptTo: ['bob@example.net', 'root@localhost']
  })
  assert.deepEqual(submission?.auth, { user: 'alice@example.org', method: 'PLAIN' })
  assert.equal(submission?.learn, 'auto')
})

test('without bytes only the envelope is shown, and a client that nobody trusts teaches nothing', async () => {
  const { askCallout, seen } = ask(() => Promise.resolve(scored('allow')), { trusted: false })
  await askCallout(question({ raw: null, sizeBytes: 123, user: '', mailFrom: '<>' }))
  assert.equal(seen[0]?.shows, 'envelope')
  assert.equal(seen[0]?.sizeBytes, 123)
  assert.equal(seen[0]?.learn, 'never')
  assert.equal(seen[0]?.auth, null)
  assert.equal(seen[0]?.envelope.mailFrom, null)
})

test('where the protocol names nobody, the header field of a trusted mail server does, and is taken out', async () => {
  const raw = Buffer.from('X-AuthUser: bob\r\nX-AuthUser: mallory\r\nSubject: x\r\n\r\ny\r\n')
  const of = async (given: { user: string | null }, profile: Partial<ClientProfile>) => {
    const { askCallout, seen } = ask(() => Promise.resolve(scored('allow')), {
      identityHeader: 'x-authuser',
      ...profile
    })
    await askCallout(question({ raw, ...given }))
    assert.equal(Buffer.from(seen[0]?.raw ?? []).toString(), 'Subject: x\r\n\r\ny\r\n')
    return seen[0]?.sender
  }
  assert.equal(await of({ user: null }, {}), 'bob')
  assert.equal(await of({ user: 'alice' }, {}), null)
  assert.equal(await of({ user: null }, { trusted: false }), null)
})

const failures = [
  ['nobody answers in time', () => new Promise<never>(() => undefined)],
  ['too much is waiting', () => Promise.resolve({ kind: 'overloaded', retryAfterMs: 1 } as const)],
  ['the store fails', () => Promise.reject(new Error('disk'))]
] as const

for (const [what, score] of failures) {
  const told = async (profile: Partial<ClientProfile>) => {
    const { disposition, reply, verdict } = await ask(score, profile).askCallout(question())
    return [disposition, reply.code, verdict]
  }
  test(`when ${what} an open client lets pass, a closed one has its client come again, and shadow mode never stops`, async () => {
    assert.deepEqual(await told({ onFailure: 'open' }), ['accept', 250, null])
    assert.deepEqual(await told({ onFailure: 'closed' }), ['tempfail', 451, null])
    assert.deepEqual(await told({ onFailure: 'closed', mode: 'shadow' }), ['accept', 250, null])
  })
}

for (const [onFailure, disposition] of [
  ['open', 'accept'],
  ['closed', 'tempfail']
] as const)
  test(`bytes that found no room are not judged by their envelope: ${onFailure} makes it ${disposition}`, async () => {
    const { askCallout, seen } = ask(() => Promise.resolve(scored('allow')), { onFailure })
    const answer = await askCallout(question({ raw: null, isUnread: true }))
    assert.deepEqual([answer.disposition, answer.verdict, seen.length], [disposition, null, 0])
  })

test('messages that were answered too late take their room until they are judged', async () => {
  const judged = Promise.withResolvers<ScoreOutcome>()
  const { askCallout, seen } = ask(() => judged.promise, { onFailure: 'closed' })
  const large = question({ raw: Buffer.alloc(60) })
  assert.equal((await askCallout(large)).reply.code, 451)
  assert.equal((await askCallout(large)).reply.code, 451)
  assert.equal(seen.length, 1)

  judged.resolve(scored('allow'))
  await judged.promise
  assert.deepEqual([(await askCallout(large)).disposition, seen.length], ['accept', 2])
})
