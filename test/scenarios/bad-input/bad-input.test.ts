import assert from 'node:assert/strict'
import { before, test, type TestContext } from 'node:test'
import { generateAttack, type AttackKind } from '../../../datasets/synthetic-mail/attack.ts'
import { generateHistory } from '../../../datasets/synthetic-mail/history.ts'
import type { SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import { createPersonas } from '../../../datasets/synthetic-mail/persona.ts'
import type { Limits } from '../../../service/verdict/limits.ts'
import type { Verdict } from '../../../service/verdict/verdict.ts'
import { openMailroom } from './mailroom.ts'
import { oddMessages } from './odd-messages.ts'
import { bilingual, firstDay, newsletter, sharedMailbox, ticketSystem, traveller, type OddSender } from './odd-senders.ts' // prettier-ignore
import { inOneLine } from './well-formed.ts'

/*
 * Honest mail that looks bad, through all that ships: parser, observation, profile, features, both models, policy. The people are
 * invented, of other seeds than those that the models were trained on but by the same generator: what fails here fails in life too;
 * what passes here may not. The figures in comments were measured on ten times as many messages.
 */

/** Whose habits are known by forty messages, and what each of them sends next. */
const writers = createPersonas({
  seed: 'odd messages',
  count: 4,
  languages: ['en', 'de', 'ar', 'th'],
  roles: ['owner', 'secretary', 'engineer', 'student', 'private']
}).map((writer) => generateHistory(writer, { from: firstDay, days: 60 }).slice(0, 43))
const known = openMailroom()
before(async () => {
  for (const mail of writers) for (const one of mail.slice(0, 40)) await known.send(one)
})

for (const [what, makeOdd] of Object.entries(oddMessages)) {
  // Once, of 132 messages each: a foreign zone holds 3, eight scripts at once 5, each of the others at most 1
  test(`${what}, once or always, holds hardly any mail of a known sender`, async (t) => {
    const once = writers.flatMap((mail) => mail.slice(40)).map(makeOdd)
    assertAllowed(t, await inOrder(once, known.probe), 11 / 12)
    const always = openMailroom()
    const habit = (writers[0] ?? []).slice(0, 30).map(makeOdd)
    assertAllowed(t, (await inOrder(habit, always.send)).slice(20), 9 / 10)
  })
}

test('forged and repeated headers clear nobody: the first hijacked message is held all the same', async (t) => {
  const [victim] = createPersonas({ seed: 'odd messages', count: 1, languages: ['en'], roles: ['owner'] })
  assert.ok(victim)
  const history = generateHistory(victim, { from: firstDay, days: 30 }).slice(0, 40)
  const room = openMailroom()
  await inOrder(history, room.send)
  const bad = attacks({ persona: victim, mail: history }, ['A1', 'A3', 'A5'])
  for (const name of ['forged trace and verdict headers', 'every header twice']) {
    const verdicts = await inOrder(bad.map(oddMessages[name] ?? assert.fail(name)), room.probe)
    show(t, verdicts)
    for (const { verdict, sender } of verdicts) assert.deepEqual([verdict, sender.id], ['hold', victim.id])
  }
})

test('a sender with one message: it is let through, whatever the language and the trade', async (t) => {
  const strangers = createPersonas({ seed: 'strangers', count: 26 })
  const first = strangers.flatMap((one) => generateHistory(one, { from: firstDay, days: 4 }).slice(0, 1))
  const room = openMailroom()
  const verdicts = await inOrder(first, room.probe)
  assert.ok(verdicts.length >= 20)
  assert.ok(verdicts.every(({ sender }) => sender.messagesSeen === 0))
  assertAllowed(t, verdicts, 0.97)
})

for (const language of ['ar', 'th'] as const) {
  test(`right-to-left text and text without spaces are as good as any: ${language}`, async (t) => {
    const room = openMailroom()
    const people = createPersonas({
      seed: 'scripts',
      count: 2,
      languages: [language],
      roles: ['owner', 'engineer']
    })
    const histories = people.map((one) => generateHistory(one, { from: firstDay, days: 40 }))
    const learned = await inOrder(
      histories.flatMap((mail) => mail.slice(0, 40)),
      room.send
    )
    const settled = learned.filter(({ sender }) => sender.messagesSeen >= 20)
    assertAllowed(t, settled, 0.95)
    const next = histories.flatMap((mail) => mail.slice(40, 43))
    assertAllowed(t, await inOrder(next, room.probe), 1)
  })
}

test('two hundred envelopes without content: the whole messages that follow are let through, and a thief’s are not', async (t) => {
  const [persona] = createPersonas({ seed: 'envelopes', count: 1, languages: ['en'], roles: ['secretary'] })
  assert.ok(persona)
  const mail = generateHistory(persona, { from: firstDay, days: 400 }).slice(0, 220)
  const past = mail.slice(0, 200)
  const room = openMailroom()
  assertAllowed(t, await inOrder(past, room.sendEnvelope), 0.99)

  const stolen = await inOrder(attacks({ persona, mail: past }, ['A1', 'A3', 'A5']), room.probe)
  const next = await inOrder(mail.slice(200), room.send)

  show(t, stolen)
  assert.ok(past.length === 200 && next.length > 10)
  for (const { verdict } of stolen) assert.equal(verdict, 'hold')
  assertAllowed(t, next, 1)
})

test('ten thousand recipients are held by the limits; where the operator lifts them, by nothing else', async (t) => {
  const rcptTo = Array.from({ length: 10_000 }, (_, index) => `reader${index}@d${index % 700}.example`)
  const toAll = (mail: SyntheticSubmission) => ({ ...mail, envelope: { ...mail.envelope, rcptTo } })
  const mail = writers[0] ?? []
  const limited = await known.probe(toAll(mail[40] ?? assert.fail()))
  show(t, [limited])
  assert.equal(limited.verdict, 'hold')
  assert.ok(limited.reasons.some(({ code }) => code === 'LIMIT_NEW_RECIPIENTS_PER_DAY'))

  const room = openMailroom(lifted)
  assertAllowed(t, await inOrder(mail.slice(0, 4).map(toAll), room.send), 1)
  assertAllowed(t, await inOrder(mail.slice(40, 41).map(toAll), room.probe), 1)
})

const lifted = { recipientsPerHour: 1e6, recipientsPerDay: 1e6, newRecipientsPerDay: 1e6 }
const length = 60

/**
 * Measured on eight senders of each kind, 80 messages and 10 hijacks each (half of them with the owner's own mail program): the share of
 * honest mail that is let through after twenty messages, and the hijacks held.
 */
const oddSenders: readonly (readonly [what: string, sender: OddSender, limits: Partial<Limits>])[] = [
  // 99.6 %; 77 of 80. Where nobody releases what is held, 95 %: one colleague in twenty-four then never becomes a habit.
  ['a mailbox that three people share', sharedMailbox('bad input 1', length), {}],
  // 100 %; 80 of 80
  ['a ticket system that writes to strangers all day', ticketSystem('bad input 1', length), {}],
  // 99.8 %; 80 of 80. Three hundred new recipients are above the limits: an operator has to lift them for this sender first.
  ['a newsletter', newsletter('bad input 1', length), lifted],
  // 99.4 %; 80 of 80
  ['a user who travels', traveller('bad input 1', length), {}],
  // 100 %; 80 of 80
  ['a user of two scripts at once', bilingual('bad input 1', length), {}]
]

for (const [what, sender, limits] of oddSenders) {
  test(`${what} is let through once known, and held at the first hijacked message`, async (t) => {
    const room = openMailroom(limits)
    const verdicts = await inOrder(sender.mail, room.send)
    assert.equal(verdicts.length, length)
    assertAllowed(t, verdicts.slice(20), 0.95)

    const hijacked = await inOrder(attacks(sender, ['A1', 'A2', 'A3', 'A4', 'A5']), room.probe)
    show(t, hijacked)
    assert.ok(hijacked.every(({ verdict }) => verdict !== 'allow'))
  })
}

/** The first message of each kind of takeover, from the thief's own machine. */
function attacks({ persona, mail }: OddSender, kinds: readonly AttackKind[]): SyntheticSubmission[] {
  const at = (mail.at(-1)?.receivedAt ?? firstDay) + 5 * 3_600_000
  const history = mail.slice(-40)
  return kinds.flatMap((kind) =>
    generateAttack(kind, { victim: persona, knowledge: 'M0', seed: `hijack ${kind}`, at, history }).slice(
      0,
      1
    )
  )
}

async function inOrder<T>(list: readonly T[], act: (one: T) => Promise<Verdict>): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const one of list) verdicts.push(await act(one))
  return verdicts
}

/** Shows what was not let through, and what came nearest to it. */
function assertAllowed(t: TestContext, verdicts: readonly Verdict[], share: number): void {
  const allowed = verdicts.filter(({ verdict }) => verdict === 'allow')
  show(
    t,
    verdicts.toSorted((one, other) => other.risk - one.risk).slice(0, 1 + verdicts.length - allowed.length)
  )
  const line = `${allowed.length} of ${verdicts.length} allowed`
  t.diagnostic(line)
  assert.ok(allowed.length >= share * verdicts.length, line)
}

function show(t: TestContext, verdicts: readonly Verdict[]): void {
  for (const verdict of verdicts) t.diagnostic(inOneLine(verdict))
}
