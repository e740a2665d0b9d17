import { loadEnronStaff } from '../../../datasets/enron/load-enron.ts'
import { loadHistories } from '../../../datasets/histories/load-histories.ts'
import type { Provenance, SentMail } from '../../../datasets/labelled-mail.ts'
import { splitMessage } from '../../../datasets/submission-view.ts'

/** What the mail belongs to in every corpus that it is part of: a sender, or a topic of an archive. */
export interface OriginMail extends SentMail {
  readonly origin: string
}

/** One sender's mail in order of time, and where it came from. */
export interface SenderMail {
  readonly sender: string
  readonly mail: readonly OriginMail[]
}

export interface SenderSet {
  readonly provenance: Provenance
  readonly senders: readonly SenderMail[]
}

export interface SenderLimits {
  readonly senders: number
  readonly messages: number
}

/** Histories of senders, the first `messages` of each. */
export async function loadHistorySenders(
  data: string,
  { senders, messages }: SenderLimits
): Promise<SenderSet> {
  const { provenance, mail } = await loadHistories(data)
  const grouped = bySender(mail.map((one) => ({ ...one, origin: one.sender }))).slice(0, senders)
  return {
    provenance,
    senders: grouped.map(({ sender, mail: own }) => ({ sender, mail: own.slice(0, messages) }))
  }
}

const minEnronMessages = 40

/** Business senders read off an archive of inboxes: copies of one message are dropped. */
export async function loadEnronSenders(
  data: string,
  { senders, messages }: SenderLimits
): Promise<SenderSet> {
  const { provenance, mail } = await loadEnronStaff(data)
  const seen = new Set<string>()
  const sent = mail.flatMap(({ id, group, raw }): OriginMail[] => {
    const { fields } = splitMessage(raw)
    const field = (name: string) => fields.find((one) => one.name === name)?.value ?? ''
    const sender = addressesIn(field('from'))[0] ?? ''
    const recipients = [...addressesIn(field('to')), ...addressesIn(field('cc'))]
    const receivedAt = Date.parse(field('date').replace(/\(.*\)/u, ''))
    const key = `${sender}\n${field('date')}\n${field('subject')}`
    if (sender === '' || recipients.length === 0 || !Number.isFinite(receivedAt) || seen.has(key)) return []
    seen.add(key)
    const client = { ip: null, helo: null }
    return [{ id, origin: group || id, sender, receivedAt, client, recipients, raw }]
  })
  const frequent = bySender(sent).filter(({ mail: own }) => own.length >= minEnronMessages)
  const chosen = frequent
    .toSorted((a, b) => b.mail.length - a.mail.length || (a.sender < b.sender ? -1 : 1))
    .slice(0, senders)
  return {
    provenance,
    senders: chosen.map(({ sender, mail: own }) => ({
      sender,
      mail: own.toSorted((a, b) => a.receivedAt - b.receivedAt).slice(0, messages)
    }))
  }
}

function bySender(mail: readonly OriginMail[]): readonly SenderMail[] {
  const groups = new Map<string, OriginMail[]>()
  for (const message of mail) {
    const own = groups.get(message.sender)
    if (own === undefined) groups.set(message.sender, [message])
    else own.push(message)
  }
  return Array.from(groups, ([sender, own]) => ({ sender, mail: own }))
}

function addressesIn(value: string): readonly string[] {
  return Array.from(value.matchAll(/[\w.+'-]+@[\w-]+(?:\.[\w-]+)+/gu), ([address]) => address.toLowerCase())
}
