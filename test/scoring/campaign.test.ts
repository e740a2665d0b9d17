import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryCampaignMemory } from '../../service/senders/campaigns/memory-campaign-memory.ts'
import type { Verdict } from '../../service/verdict/verdict.ts'
import { policy } from '../verdict/policy.ts'
import { address, codesOf, models, openHouse, start, submission, verdictOf, type Draft } from './house.ts'

const day = 86_400_000

/** Models that find nothing in any of these messages: -6.3 together. What holds is the evidence from outside. */
const calm = {
  takeover: models.takeover && {
    ...models.takeover,
    thresholds: [{ budgetPer10k: 10, hold: 0.045, block: 0.9 }],
    predict: (rows: readonly Float32Array[]) => Promise.resolve(rows.map(() => -7))
  },
  content: models.content && {
    ...models.content,
    predict: (inputs: readonly unknown[]) => Promise.resolve(inputs.map(() => -7))
  }
}

/** An installation that has been watched for ten days. */
async function openInstallation() {
  const campaigns = createMemoryCampaignMemory()
  const { score, senders } = openHouse({ campaigns, models: calm, policy })
  const send = async (user: string, draft: Draft): Promise<Verdict> =>
    verdictOf(await score(submission({ auth: { user, method: 'PLAIN' }, ...draft })))
  await send('first@elsewhere.example', { receivedAt: start - 10 * day })
  return { campaigns, senders, send }
}

/** A sender with a history of ordinary mail, without links. */
async function withHistory(send: Send, user: string): Promise<void> {
  for (let count = 0; count < 21; count += 1) {
    const receivedAt = start - 9 * day + count * 3_600_000
    await send(user, { receivedAt, text: `Hello, number ${count}, as agreed.` })
  }
}

type Send = Awaited<ReturnType<typeof openInstallation>>['send']

const strangers = (of: string) => Array.from({ length: 5 }, (_, n) => `${of}${n}@far.example.com`)

const openings = ['Good morning', 'Hello dear friend', 'Attention', 'To whom it may concern', 'Greetings']
const endings = ['Answer before Friday.', 'Only few places remain.', 'Do not miss this chance!', 'Act today.']

/** The same offer, never quite the same text. */
function offer(place: number, link = 'https://claims.prize-office.example/x'): string {
  return `${openings[place % 5]},

our foundation has selected your mailbox for the annual international charity donation programme. The remaining beneficiary
withdrew last month, therefore our trustees decided to transfer the complete compensation fund towards another honest person who
can distribute this money among local orphanages, hospitals and schools. Please confirm your full legal name, telephone number
and bank institution through our secure claims office: ${link}
Reference ${place * 7919 + 13}. ${endings[place % 4]}`
}

test('a campaign of twenty hijacked senders is recognised at its third message', async () => {
  const { send } = await openInstallation()
  const users = Array.from({ length: 20 }, (_, n) => `victim${n}@company${n}.example`)
  for (const user of users) await withHistory(send, user)

  const verdicts: Verdict[] = []
  for (const [place, user] of users.entries()) {
    const receivedAt = start + place * 600_000
    verdicts.push(await send(user, { receivedAt, to: strangers(`s${place}x`), text: offer(place) }))
  }

  assert.deepEqual(
    verdicts.map(({ verdict }) => verdict),
    [...Array.from({ length: 2 }, () => 'allow'), ...Array.from({ length: 18 }, () => 'hold')]
  )
  const third = verdicts[2]
  assert.ok(third !== undefined)
  assert.deepEqual(codesOf(third).slice(0, 3), ['RISK_ABOVE_HOLD', 'CAMPAIGN_BODY', 'LINK_SUDDENLY_COMMON'])
  assert.match(third.reasons[1]?.message ?? '', /^2 other senders sent nearly the same text lately$/u)
  assert.equal(codesOf(verdicts[10] ?? third)[1], 'CAMPAIGN_BODY_STOPPED')
  for (const { reasons, risk } of verdicts.slice(2)) {
    const total = reasons.reduce((sum, { contribution }) => sum + contribution, 0)
    assert.ok(Math.abs(total - Math.log(risk / (1 - risk))) <= 1e-3)
  }
})

test('a text that an operator confirmed as bad is blocked from then on, and its name is in the record', async () => {
  const { campaigns, senders, send } = await openInstallation()
  const first = await send('victim1@company1.example', { to: strangers('a'), text: offer(1) })
  const fingerprint = senders.verdict(first.id)?.fingerprint ?? ''

  campaigns.mark(fingerprint, 'bad', start)
  const second = await send('victim2@company2.example', { to: strangers('b'), text: offer(2) })

  assert.deepEqual([first.verdict, second.verdict], ['allow', 'block'])
  assert.deepEqual(codesOf(second).slice(0, 3), ['CAMPAIGN_KNOWN', 'RISK_ABOVE_HOLD', 'CAMPAIGN_BODY_KNOWN'])
})

interface LookAlike {
  readonly name: string
  /** Earlier messages that make it a look-alike. */
  readonly before: (send: Send) => Promise<void>
  readonly last: readonly [user: string, draft: Draft]
}

const newsletter = offer(0, 'https://intranet.example.org/news')

/** As Gmail and others write it. */
const forwarded = (text: string) =>
  `FYI\n\n---------- Forwarded message ---------\nFrom: News <news@example.org>\nDate: Sun, Nov 22, 2026\nSubject: News\nTo: staff@example.org\n\n${text}`

async function each(users: readonly string[], act: (user: string, place: number) => Promise<unknown>) {
  for (const [place, user] of users.entries()) await act(user, place)
}

const unrelated = ['ann@one.example', 'bob@two.example', 'cy@three.example', 'dee@four.example']
const colleagues = ['ann@example.org', 'bob@example.org', 'cy@example.org', 'dee@example.org']

const ticket = `Your request has been received and is being reviewed by our support staff. Ticket number 4711 was opened for you.
To add comments reply to this message above the line. Our opening hours are weekdays between nine and five, urgent disturbances
are handled around the clock by telephone. Visit the help centre for answers to frequent questions about billing, delivery,
returns, warranty, passwords and accounts: https://help.example.org/4711`

const outOfOffice = `Thank you for your message. Currently travelling abroad without regular access to my mailbox, therefore
answers will be delayed until returning next Monday. For urgent matters concerning running projects please contact my deputy,
telephone extension 4711, or our secretariat during business hours. Incoming messages are neither forwarded nor deleted.`

const invitation = `You are invited to an online meeting. Join from your computer, mobile application or room device using the
link below, meeting identifier 123 456 789, passcode abcdef. Dial by telephone if your connection is weak; find local numbers,
meeting options, privacy statement and security guidance on the organiser's page: https://meet.example/join/123456789`

/** Before today, as such texts are. */
const usedLastWeek = (text: string) => async (send: Send) => {
  await each(unrelated, (user) =>
    send(user, { to: strangers(user[0] ?? ''), text, receivedAt: start - 8 * day })
  )
  await each(unrelated, (user) => send(user, { to: strangers(user[1] ?? ''), text }))
}

const lookAlikes: readonly LookAlike[] = [
  {
    name: 'an announcement that colleagues send on to strangers',
    before: (send) => each(colleagues, (user, n) => send(user, { to: strangers(`c${n}`), text: newsletter })),
    last: ['eve@example.org', { to: strangers('e'), text: newsletter }]
  },
  {
    name: 'a newsletter that unrelated people forward to new people',
    before: (send) =>
      each(unrelated, (user, n) => send(user, { to: strangers(`c${n}`), text: forwarded(newsletter) })),
    last: ['eve@five.example', { to: strangers('e'), text: forwarded(newsletter) }]
  },
  {
    name: 'the template of a ticket system that its agents send to strangers all day',
    before: (send) => each(colleagues, (user, n) => send(user, { to: strangers(`c${n}`), text: ticket })),
    last: ['helpdesk@example.org', { to: strangers('e'), text: ticket }]
  },
  {
    name: 'the same ticket software at another customer',
    before: usedLastWeek(ticket),
    last: ['help@five.example', { to: strangers('e'), text: ticket }]
  },
  {
    name: 'the out-of-office text that the webmail proposes',
    before: usedLastWeek(outOfOffice),
    last: ['eve@five.example', { to: strangers('e'), text: outOfOffice }]
  },
  {
    name: 'the invitation text of a meeting service',
    before: usedLastWeek(invitation),
    last: ['eve@five.example', { to: strangers('e'), text: invitation }]
  },
  {
    name: 'a short answer that everybody writes',
    before: (send) =>
      each(unrelated, (user, n) =>
        send(user, { to: strangers(`c${n}`), text: 'Ok, thanks, see you on Monday!' })
      ),
    last: ['eve@five.example', { to: strangers('e'), text: 'Ok, thanks, see you on Monday!' }]
  },
  {
    name: 'an empty body',
    before: (send) => each(unrelated, (user, n) => send(user, { to: strangers(`c${n}`), text: '' })),
    last: ['eve@five.example', { to: strangers('e'), text: '' }]
  },
  {
    name: 'a circular to the contacts of each',
    before: (send) =>
      each(unrelated, async (user) => {
        await send(user, { to: ['bob@example.net'], receivedAt: start - day })
        await send(user, { to: ['bob@example.net'], text: newsletter })
      }),
    last: ['first@elsewhere.example', { to: ['bob@example.net'], text: newsletter }]
  }
]

for (const { name, before, last } of lookAlikes) {
  test(`no campaign: ${name}`, async () => {
    const { send } = await openInstallation()
    await before(send)

    const verdict = await send(...last)

    assert.equal(verdict.verdict, 'allow')
    assert.deepEqual(
      codesOf(verdict).filter((code) => /CAMPAIGN|LINK_SUDDENLY/u.test(code)),
      []
    )
  })
}

test('one person with two accounts who writes the same from both is not held', async () => {
  const { send } = await openInstallation()
  await send('ann@work.example', { to: strangers('a'), text: offer(0) })

  const verdict = await send('ann@home.example', { to: strangers('b'), text: offer(0) })

  assert.equal(verdict.verdict, 'allow')
  assert.ok(verdict.reasons.every(({ contribution }) => contribution <= 1))
})

test('whoever forwards a confirmed phishing to the abuse desk is not blocked', async () => {
  const { campaigns, senders, send } = await openInstallation()
  const bad = await send('victim@company.example', { to: strangers('a'), text: offer(1) })
  campaigns.mark(senders.verdict(bad.id)?.fingerprint ?? '', 'bad', start)

  const verdict = await send('ann@example.org', { to: ['abuse@example.org'], text: forwarded(offer(1)) })

  assert.equal(verdict.verdict, 'allow')
})

test('messages that are scored only, or come under a name that only MAIL FROM claims, make no campaign', async () => {
  const { send } = await openInstallation()
  for (let place = 0; place < 6; place += 1) {
    const user = `victim${place}@company${place}.example`
    const draft = { to: strangers(`s${place}x`), text: offer(place) }
    const { envelope } = submission(draft)
    await send(user, { ...draft, learn: 'never' })
    await send(user, { ...draft, auth: null, envelope: { ...envelope, mailFrom: address(user) } })
  }

  const verdict = await send('eve@five.example', { to: strangers('e'), text: offer(7) })

  assert.deepEqual([verdict.verdict, codesOf(verdict).includes('CAMPAIGN_BODY')], ['allow', false])
})

test('on its first day an installation knows no templates, and says nothing of them', async () => {
  const { score } = openHouse({ models: calm })
  for (const [place, user] of unrelated.entries()) {
    await score(submission({ auth: { user, method: null }, to: strangers(`c${place}`), text: ticket }))
  }

  const verdict = verdictOf(await score(submission({ to: strangers('e'), text: ticket })))

  assert.deepEqual([verdict.verdict, codesOf(verdict).includes('CAMPAIGN_BODY')], ['allow', false])
})
