import assert from 'node:assert/strict'
import { test } from 'node:test'
import { showCases, users } from '../harness/client-cases.ts'
import { habitualMail, takeoverMail } from '../harness/mails.ts'
import type { Sent } from '../harness/send-by-swaks.ts'
import { fieldsOf } from '../harness/sink.ts'
import { openExim } from './open-exim.ts'

for (const variant of ['rspamd', 'spamd'] as const) {
  const client = `Exim 4.96, ${variant === 'rspamd' ? 'variant=rspamd' : 'spamd'}`

  showCases(client, async (t) => {
    const under = await openExim(t, client, variant)
    return under && { ...under, killed: 'delivers', slow: 'delivers' }
  })

  // And, where the protocol has a word for it, with another way to hold
  const refuses = variant === 'rspamd'
  const closed = `${client}, failing closed${refuses ? ', holding by 451' : ''}`
  showCases(closed, async (t) => {
    const under = await openExim(t, closed, variant, {
      acl: { '/defer_ok': '' },
      sluiceToml: {
        'onFailure = "open"': 'onFailure = "closed"',
        ...(refuses && { 'hold = "quarantine"': 'hold = "tempfail"' })
      }
    })
    if (under === undefined) return undefined
    const onHeld = refuses ? async (sent: Sent) => deferred(sent) : under.onHeld
    return { ...under, onHeld, killed: 'answers 4xx', slow: 'answers 4xx' }
  })

  test(`${client}: what a message says of itself is neither believed nor passed on`, async (t) => {
    const under = await openExim(t, client, variant)
    if (under === undefined) return
    const { sluice, sink, send, onHeld } = under
    await sluice.api.teach(users.honest)
    await sluice.api.teach(users.takeover)
    const claims = [
      'X-AuthUser: somebody@example.org',
      'X-Sluice-Verdict: allow',
      'X-Sluice-Id: mine',
      'x-sluice-priority: urgent (4)'
    ]
    const claim = `${claims.join('\r\n')}\r\n`
    const honest = habitualMail(users.honest)
    await send({ ...honest, raw: claim + honest.raw })
    const arrived = await sink.arrival(honest)
    assert.deepEqual(fieldsOf(arrived, 'X-Sluice-Verdict'), ['allow'])
    assert.equal(fieldsOf(arrived, 'X-Sluice-Priority').length, 1)
    assert.equal(fieldsOf(arrived, 'X-Sluice-Id').length, 1)
    assert.ok(!fieldsOf(arrived, 'X-Sluice-Id').includes('mine'))
    // Over variant=rspamd the field means nothing to us, and is the author's own
    assert.equal(fieldsOf(arrived, 'X-AuthUser').length, variant === 'rspamd' ? 1 : 0)

    // Whoever names somebody without habits is still judged as who has logged in
    const theft = takeoverMail(users.takeover)
    await onHeld(await send({ ...theft, raw: claim + theft.raw }), theft)
  })
}

function deferred(sent: Sent): string {
  // Exim breaks the long line in two
  assert.match(sent.reply, /^451[- ]4\.7\.1 Message needs review/u, sent.transcript)
  return '451 4.7.1'
}
