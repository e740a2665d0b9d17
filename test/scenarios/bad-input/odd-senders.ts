import { createChance } from '../../../datasets/synthetic-mail/chance.ts'
import { generateHistory } from '../../../datasets/synthetic-mail/history.ts'
import type { MessagePlan, SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import { inventPerson } from '../../../datasets/synthetic-mail/people.ts'
import { createPersonas, type Persona } from '../../../datasets/synthetic-mail/persona.ts'
import { renderPlan } from '../../../datasets/synthetic-mail/render-plan.ts'
import { zones } from '../../../datasets/synthetic-mail/zone.ts'

/** A sender whose habits are not those of one person at one desk, and what it submits. */
export interface OddSender {
  readonly persona: Persona
  readonly mail: readonly SyntheticSubmission[]
}

export const firstDay = Date.UTC(2026, 2, 2)

/** One account of three colleagues, each with an own program, line, contacts and way of writing. */
export function sharedMailbox(seed: string, messages: number): OddSender {
  const team = createPersonas({
    seed,
    count: 3,
    languages: ['en'],
    roles: ['secretary', 'accountant', 'owner']
  })
  const [first] = team
  if (first === undefined) throw new Error('nobody is in the team')
  const self = {
    ...first.self,
    name: `Office ${first.company.name}`,
    address: `office@${first.company.domain}`
  }
  const contacts = team.flatMap((one) => one.contacts)
  const persona = { ...first, id: self.address, self, contacts }
  const written = team.flatMap((one) =>
    generateHistory(one, { from: firstDay, days: daysFor(messages, 3 * 6) })
  )
  const mail = written
    .toSorted((one, other) => one.receivedAt - other.receivedAt)
    .map((one) => again(one, { from: { name: self.name, address: self.address } }))
  return { persona, mail: mail.slice(0, messages) }
}

/** Nine of ten messages go to somebody who has never been written to. */
export function ticketSystem(seed: string, messages: number): OddSender {
  return historyOf(personaOf(seed, 'tickets', { newContactShare: 0.9, replyShare: 0.1 }), messages)
}

/** An issue a day to three hundred subscribers, of whom a few come and go. */
export function newsletter(seed: string, messages: number): OddSender {
  const persona = personaOf(seed, 'newsletter', {})
  const chance = createChance(`${seed} subscribers`)
  const subscribe = (): MessagePlan['to'][number] => inventPerson(persona.language, chance)
  let subscribers = Array.from({ length: 300 }, subscribe)
  const { mail } = historyOf(persona, messages)
  const issues = mail.map((one, index) => {
    subscribers = [...subscribers.slice(3), ...Array.from({ length: 4 }, subscribe)]
    const at = firstDay + index * day + 9 * hour + (one.receivedAt % hour)
    return again(one, { at, to: [persona.self], bcc: subscribers })
  })
  return { persona, mail: issues }
}

/** Writes each message in two scripts, Thai without spaces above English. */
export function bilingual(seed: string, messages: number): OddSender {
  const { persona, mail } = historyOf(personaOf(seed, 'engineer', {}), messages)
  const [thai] = createPersonas({ seed, count: 1, languages: ['th'], roles: ['engineer'] })
  const words = thai === undefined ? [] : historyOf(thai, messages).mail.map(({ plan }) => plan.text)
  const both = mail.map((one, index) => again(one, { text: `${words[index] ?? ''}\n\n${one.plan.text}` }))
  return { persona, mail: both }
}

/** Some months, one week in three abroad, in a hotel's network, where the clock of the notebook goes by the place. */
export function traveller(seed: string, messages: number): OddSender {
  const everyFifth = 5
  const all = historyOf(personaOf(seed, 'traveller', { travelShare: 0.33 }), everyFifth * messages)
  const { persona } = all
  const mail = all.mail.filter((_, index) => index % everyFifth === 0)
  return {
    persona,
    mail: mail.map((one) => (isAbroad(one, persona) ? again(one, zoneOfWeek(one, seed)) : one))
  }
}

function isAbroad({ plan }: SyntheticSubmission, { lines }: Persona): boolean {
  return Object.values(lines).every((line) => !plan.ip.startsWith(line.split('.').slice(0, 2).join('.')))
}

function zoneOfWeek({ receivedAt }: SyntheticSubmission, seed: string): Pick<MessagePlan, 'zone'> {
  const chance = createChance(`${seed} week ${Math.floor(receivedAt / week)}`)
  return { zone: chance.pick(Object.values(zones)) }
}

const hour = 3_600_000
const day = 24 * hour
const week = 7 * day

function personaOf(seed: string, name: string, habits: Partial<Persona['role']>): Persona {
  const [persona] = createPersonas({ seed, count: 1, languages: ['en'], roles: [name] })
  if (persona === undefined) throw new Error(`no such role: ${name}`)
  return { ...persona, role: { ...persona.role, ...habits } }
}

function historyOf(persona: Persona, messages: number): OddSender {
  const mail = generateHistory(persona, { from: firstDay, days: daysFor(messages, persona.messagesPerDay) })
  return { persona, mail: mail.slice(0, messages) }
}

function daysFor(messages: number, perDay: number): number {
  return Math.ceil((1.6 * messages) / perDay) + 7
}

function again(
  { plan, family, label, attack }: SyntheticSubmission,
  change: Partial<MessagePlan>
): SyntheticSubmission {
  const changed = { ...plan, ...change }
  return renderPlan(changed, { sender: changed.from.address, family, label, attack })
}
