import { loadHistories } from '../../datasets/histories/load-histories.ts'
import type { SentMail } from '../../datasets/labelled-mail.ts'
import { toLabelled } from '../../datasets/synthetic-mail/labelled.ts'
import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import { createPersonas } from '../../datasets/synthetic-mail/persona.ts'
import type { Observation } from '../../service/observation/observation.ts'
import { observeMail } from '../../training/observe-mail.ts'

/** One message as history is to hold it. */
export interface ReplicatedMail {
  readonly id: string
  readonly sender: string
  /** Of its sender's, from 0. */
  readonly place: number
  readonly isBad: boolean
  readonly observation: Observation
}

/** Of so many messages of a sender one is bad, and somebody said so. */
const badEvery = 50
const inventedBad = 200
const invented = { people: 220, each: 80 }
const dayMs = 86_400_000
/** An installation keeps 400 days. */
const keptDays = 380

/**
 * Without end: the senders of `histories.jsonl.gz` in that directory, else invented ones, and again as other people, with other ids,
 * correspondents and threads. Years of mail are pressed into the `keptDays` before `until` (epoch ms): days move closer, hours stay.
 */
export async function* replicatedMail(data: string | null, until: number): AsyncGenerator<ReplicatedMail> {
  const originals = await observeAll(data === null ? inventedMail() : (await loadHistories(data)).mail)
  const bad = await observeBad()
  for (let copy = 0; ; copy += 1)
    for (const [sender, own] of originals) {
      const dayOf = pressed(own, until)
      for (const [place, observation] of own.entries()) {
        const isBad = place % badEvery === badEvery - 1
        const text = isBad ? (bad[(place + copy) % bad.length] ?? observation) : observation
        const shown = { ...text, receivedAt: dayOf(observation.receivedAt) }
        const id = `${copy}-${place}-${sender}`
        yield { id, sender: `c${copy}-${sender}`, place, isBad, observation: shifted(shown, copy) }
      }
    }
}

/** All distinct observations are held: some 10 kB each. */
async function observeAll(mail: readonly SentMail[]): Promise<ReadonlyMap<string, readonly Observation[]>> {
  const bySender = new Map<string, Observation[]>()
  for (const { raw, sender, receivedAt, client, recipients } of mail) {
    const observation = await observeMail(raw, { sender, receivedAt, client, recipients })
    if (observation === null) continue
    const own = bySender.get(sender)
    if (own === undefined) bySender.set(sender, [observation])
    else own.push(observation)
  }
  return bySender
}

function inventedMail(): readonly SentMail[] {
  return createPersonas({ seed: 'bench train', count: invented.people }).flatMap((persona) =>
    generateHistory(persona, {
      from: Date.UTC(2023, 0, 2),
      days: Math.ceil((1.7 * invented.each) / persona.messagesPerDay)
    })
      .slice(0, invented.each)
      .map(({ raw, sender, receivedAt, client, envelope }, place) => {
        const text = Buffer.from(raw).toString('latin1')
        return {
          id: `${sender} ${place}`,
          sender,
          receivedAt,
          client,
          recipients: envelope.rcptTo,
          raw: text
        }
      })
  )
}

async function observeBad(): Promise<readonly Observation[]> {
  const observed: Observation[] = []
  for (const { raw, submission } of toLabelled({ seed: 'bench train', count: inventedBad, spamShare: 1 })) {
    const { client, receivedAt } = submission
    const one = await observeMail(Buffer.from(raw).toString('latin1'), { client, receivedAt })
    if (one !== null) observed.push(one)
  }
  return observed
}

/** Where a moment of these messages comes to lie. */
function pressed(own: readonly Observation[], until: number): (at: number) => number {
  const times = own.map(({ receivedAt }) => receivedAt)
  const first = Math.min(...times)
  const days = Math.max(1, Math.ceil((Math.max(...times) - first) / dayMs))
  const scale = Math.min(1, keptDays / days)
  const start = until - (keptDays + 1) * dayMs
  return (at) => start + Math.floor((scale * (at - first)) / dayMs) * dayMs + (at % dayMs)
}

function shifted(observation: Observation, copy: number): Observation {
  const { recipients, thread } = observation
  const another = (name: string): string => name && `${name}-${copy}`
  return {
    ...observation,
    recipients: recipients.map(({ person, domain }) => ({ person: another(person), domain })),
    thread: { ...thread, messageId: another(thread.messageId), parents: thread.parents.map(another) }
  }
}
