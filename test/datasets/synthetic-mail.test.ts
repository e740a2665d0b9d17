import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simpleParser } from 'mailparser'
import { attackKinds, generateAttack, type Knowledge } from '../../datasets/synthetic-mail/attack.ts'
import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import { languageCodes } from '../../datasets/synthetic-mail/language.ts'
import type { SyntheticSubmission } from '../../datasets/synthetic-mail/mail.ts'
import { createPersonas, type Persona } from '../../datasets/synthetic-mail/persona.ts'

const from = Date.UTC(2026, 8, 1)
const personas = createPersonas({ seed: 'test', count: languageCodes.length })
const histories = personas.map((persona) => ({ persona, mail: generateHistory(persona, { from, days: 30 }) }))
const talkative = histories.filter(({ mail }) => mail.some(({ plan }) => plan.quoted !== null))

test('the same seed gives the same bytes, another seed other ones', () => {
  const [again, other] = ['test', 'another'].map((seed) => {
    const [persona] = createPersonas({ seed, count: 1 })
    assert.ok(persona)
    return generateHistory(persona, { from, days: 10 }).map(({ raw }) => Buffer.from(raw).toString('base64'))
  })
  const first = histories[0]?.mail.filter(({ receivedAt }) => receivedAt < from + 9 * 86_400_000) ?? []
  const bytes = first.map(({ raw }) => Buffer.from(raw).toString('base64'))
  assert.deepEqual(again?.slice(0, bytes.length), bytes)
  assert.notDeepEqual(other?.slice(0, 3), bytes.slice(0, 3))
})

test('there is a sender for every language, and each writes in order of time', () => {
  assert.deepEqual(new Set(personas.map(({ language }) => language)), new Set(languageCodes))
  for (const { persona, mail } of histories) {
    assert.ok(mail.length > 5, `${persona.id} wrote ${mail.length}`)
    const times = mail.map(({ receivedAt }) => receivedAt)
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other)
    )
  }
})

test('every message is one that another parser reads as planned', async () => {
  for (const { mail } of histories) for (const message of mail.slice(0, 12)) await assertReadable(message)
})

const squeezed = (text: string): string => text.replaceAll(/[\s>]+/gu, '')

async function assertReadable(message: SyntheticSubmission): Promise<void> {
  const { raw, plan, messageId, envelope, receivedAt } = message
  const read = await simpleParser(Buffer.from(raw))
  assert.equal(read.subject, plan.subject)
  assert.equal(read.from?.value[0]?.address, plan.from.address)
  assert.equal(read.from?.value[0]?.name, plan.from.name)
  assert.equal(read.messageId, messageId)
  assert.equal(read.inReplyTo, plan.parents.at(-1))
  assert.ok(Math.abs((read.date?.getTime() ?? 0) - receivedAt) < 30_000)
  assert.ok(envelope.rcptTo.includes(plan.to[0]?.address ?? ''))
  assert.equal(read.attachments.length, plan.attachments.length)
  if (plan.html !== 'only') assert.ok(squeezed(read.text ?? '').includes(squeezed(plan.text)), plan.text)
  assert.doesNotMatch(Buffer.from(raw).toString('latin1'), /[^\r]\n|\r[^\n]/u)
}

test('answers stand in real threads: parents, prefix and quotation belong together', () => {
  const replies = talkative.flatMap(({ mail }) => mail.filter(({ plan }) => plan.kind === 'reply'))
  assert.ok(replies.length > 100)
  for (const { plan, raw } of replies) {
    assert.ok(plan.parents.length > 0 && plan.quoted !== null)
    assert.match(plan.subject, /^\p{L}{1,4}: /u)
    assert.equal(plan.quoted.from.address, plan.to[0]?.address)
    assert.match(Buffer.from(raw).toString('latin1'), /^In-Reply-To: </imu)
  }
  const ownMessages = new Set(talkative.flatMap(({ mail }) => mail.map(({ messageId }) => messageId)))
  assert.ok(replies.some(({ plan }) => plan.parents.some((parent) => ownMessages.has(parent))))
})

test('honest people do new things too: strangers, networks and hours never seen before', () => {
  const later = histories.flatMap(({ mail }) => noveltyAfterWarmUp(mail))
  const share = (name: 'stranger' | 'network'): number =>
    later.filter((one) => one[name]).length / later.length
  assert.ok(share('stranger') > 0.02, `strangers ${share('stranger')}`)
  assert.ok(share('network') > 0.002, `networks ${share('network')}`)
})

function noveltyAfterWarmUp(mail: readonly SyntheticSubmission[]): { stranger: boolean; network: boolean }[] {
  const people = new Set<string>()
  const networks = new Set<string>()
  const seen = mail.map(({ envelope, client }) => {
    const network = client.ip.split('.').slice(0, 2).join('.')
    const news = {
      stranger: envelope.rcptTo.every((one) => !people.has(one)),
      network: !networks.has(network)
    }
    for (const one of envelope.rcptTo) people.add(one)
    networks.add(network)
    return news
  })
  return seen.slice(20)
}

const cells = attackKinds.flatMap((kind) =>
  (['M0', 'M1', 'M2'] as const).map((knowledge) => ({ kind, knowledge }))
)
for (const { kind, knowledge } of cells)
  test(`${kind}/${knowledge} is a readable submission of the victim with the traits of its cell`, async () => {
    for (const { persona, mail } of talkative.slice(0, 4)) await assertAttack(persona, mail, kind, knowledge)
  })

async function assertAttack(
  victim: Persona,
  mail: readonly SyntheticSubmission[],
  kind: (typeof attackKinds)[number],
  knowledge: Knowledge
): Promise<void> {
  const cut = Math.floor(mail.length * 0.7)
  const [history, next] = [mail.slice(0, cut), mail[cut]]
  const impostor = personas.find(({ id }) => id !== victim.id)
  assert.ok(next && impostor)
  const options = { victim, knowledge, seed: 'attack', at: next.receivedAt, history, next, impostor }
  const [first] = generateAttack(kind, options)
  assert.ok(first)
  await assertReadable(first)
  assert.equal(first.sender, victim.id)
  assert.equal(first.plan.from.address, victim.id)
  assert.equal(first.attack, `${kind}/${knowledge}`)
  assert.equal(first.client.ip === next.client.ip, knowledge === 'M2')
  if (knowledge !== 'M0') assert.equal(first.client.helo, next.client.helo)
  if (kind === 'A1') assert.ok(first.envelope.rcptTo.length >= 20)
  if (kind === 'A4') assert.ok(history.some(({ messageId }) => first.plan.parents.includes(messageId)))
  if (kind === 'A4L') assert.ok(first.plan.text.length > next.plan.text.length)
  if (kind === 'A5') assert.doesNotMatch(first.plan.text, /https?:/u)
}
