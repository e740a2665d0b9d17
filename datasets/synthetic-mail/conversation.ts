import type { Chance } from './chance.ts'
import { compose, plainStyle, type Composed } from './compose.ts'
import { honestThemes, type HonestTheme } from './language.ts'
import { languageOf } from './languages.ts'
import { mailPrograms } from './mail-programs.ts'
import type { MessagePlan, Quoted } from './mail.ts'
import type { Person } from './people.ts'
import type { Persona } from './persona.ts'
import { createSlots } from './slots.ts'
import { honestLink } from './web-links.ts'

export interface SentMessage {
  readonly plan: MessagePlan
  readonly messageId: string
}

/** Whom a sender writes with, and the conversations that an answer may go to. Grows while history is written. */
export interface Correspondence {
  readonly contacts: Person[]
  readonly threads: SentMessage[]
}

/** A message that somebody sent to the persona, and what an answer needs of it. */
export interface OpenThread {
  readonly subject: string
  readonly theme: HonestTheme | undefined
  readonly other: Person
  readonly parents: readonly string[]
  readonly quoted: Quoted
}

const beginnings: readonly HonestTheme[] = ['quote', 'invoice', 'meeting', 'project', 'document', 'personal', 'technical', 'study', 'travel', 'payment', 'reply'] // prettier-ignore
const openForMs = 21 * 86_400_000

/** Six of ten answers continue a conversation; the others answer a message that somebody began. */
export function openThread(
  persona: Persona,
  at: number,
  { contacts, threads }: Correspondence,
  chance: Chance
): OpenThread {
  const open = threads.filter(({ plan }) => at - plan.at < openForMs)
  const before = open.length > 0 && chance.happens(0.6) ? chance.pick(open) : undefined
  const other =
    contacts.find(({ address }) => address === before?.plan.to[0]?.address) ??
    contactByHabit(contacts, chance)
  return before === undefined
    ? begun(persona, at, other, chance)
    : continued(persona, at, other, before, chance)
}

function begun(persona: Persona, at: number, other: Person, chance: Chance): OpenThread {
  const theme = chance.pick(beginnings)
  const sentAt = arrival(0, at, chance)
  const { subject, text } = incoming(persona, other, theme, sentAt, chance)
  const quoted = { from: other, to: [persona.self], at: sentAt, subject, text }
  return { subject, theme, other, parents: [messageIdOf(other, sentAt, chance)], quoted }
}

function continued(
  persona: Persona,
  at: number,
  other: Person,
  { plan, messageId }: SentMessage,
  chance: Chance
): OpenThread {
  const theme = honestThemes.find((name) => name === plan.theme)
  const sentAt = arrival(plan.at, at, chance)
  const { text } = incoming(persona, other, theme ?? 'reply', sentAt, chance)
  const subject = withoutPrefix(plan.subject)
  const below = chance.happens(0.5) ? '' : `\n\n${marked(plan.text)}`
  const quoted = {
    from: other,
    to: [persona.self],
    at: sentAt,
    subject: `Re: ${subject}`,
    text: text + below
  }
  return {
    subject,
    theme,
    other,
    parents: [...plan.parents, messageId, messageIdOf(other, sentAt, chance)],
    quoted
  }
}

/** Most are answered within hours, some after two days. */
function arrival(earliest: number, at: number, chance: Chance): number {
  return Math.max(earliest, at - Math.ceil(chance.number() ** 3 * 2 * 86_400_000) - 120_000)
}

function messageIdOf({ address }: Person, at: number, chance: Chance): string {
  return `<${chance.pick(mailPrograms).messageId(chance, domainOf(address), at)}>`
}

function incoming(
  { self, zone }: Persona,
  other: Person,
  theme: HonestTheme,
  at: number,
  chance: Chance
): Composed {
  const { lexicon, honest } = languageOf(other.language)
  const company = { name: other.name, domain: domainOf(other.address) }
  const link = (): string => honestLink(chance, company.domain, [])
  const slot = createSlots({ lexicon, chance, writer: other, reader: self, company, zone, at, link })
  const greeting = chance.pick(lexicon.greetings.casual.split('|'))
  const style = { ...plainStyle, taste: other.address }
  return compose({ theme: honest[theme], lexicon, chance, slot, style, greeting, signOff: other.given })
}

/** Contacts are written to by Zipf's law. */
export function contactByHabit(contacts: readonly Person[], chance: Chance): Person {
  const index = chance.weighted(contacts.map((_person, rank) => 1 / (rank + 2)))
  return contacts[index] ?? chance.pick(contacts)
}

/** Without `Re:`, `AW:`, `Odp:` and the like. */
export function withoutPrefix(subject: string): string {
  return subject.replace(/^(?:\p{L}{1,4}: ?)+/u, '')
}

function marked(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
