import { createChance, type Chance } from './chance.ts'
import { attackText, themesOf, threadLine } from './attack-text.ts'
import { foreignClient } from './foreign-client.ts'
import { generateHistory } from './history.ts'
import type { BadTheme, LanguageCode } from './language.ts'
import type { Mailbox, MessagePlan, SyntheticSubmission } from './mail.ts'
import { inventPerson, type Person } from './people.ts'
import type { Persona } from './persona.ts'
import { withoutPrefix } from './conversation.ts'
import { renderPlan } from './render-plan.ts'

/**
 * What the first message of a takeover is. A1: bulk to strangers. A2: the same to known contacts. A3: one phishing mail to one
 * contact. A4: an answer in a real thread with a link or bank line. A4L: the sender's own next message with one bad line added.
 * A5: plain text without links (fraud, begging, blackmail). A6: another person's harmless mail under this name.
 */
export const attackKinds = ['A1', 'A2', 'A3', 'A4', 'A4L', 'A5', 'A6'] as const
export type AttackKind = (typeof attackKinds)[number]

/** M0: the thief's own client, zone and network. M1: client, zone and structure copied, foreign network. M2: everything copied. */
export type Knowledge = 'M0' | 'M1' | 'M2'

export interface AttackOptions {
  readonly victim: Persona
  readonly knowledge: Knowledge
  readonly seed: string
  /** Epoch ms; M2 takes the moment of the message whose headers it copies. */
  readonly at: number
  /** The victim's mail before `at`: contacts and threads that the thief can read in the mailbox. */
  readonly history: readonly SyntheticSubmission[]
  /** The victim's next honest message: its headers, client and moment are what M2 copies. Default: made from the persona's habits. */
  readonly next?: SyntheticSubmission
  readonly theme?: BadTheme
  /** Default: the victim's language, sometimes English. */
  readonly language?: LanguageCode
  /** A6 only: whose mail it is. */
  readonly impostor?: Persona
}

/** Bad submissions from a hijacked mailbox, the first one first. Only A1 and A2 give more than one. */
export function generateAttack(kind: AttackKind, options: AttackOptions): SyntheticSubmission[] {
  const chance = createChance(`${options.seed} ${kind} ${options.knowledge} ${options.victim.id}`)
  const base = options.next?.plan ?? nextHonest(options)
  const plans = plansOf(kind, options, base, chance)
  return plans.map(({ plan, theme }, index) =>
    renderPlan(
      {
        ...withConnection(plan, base, options, chance),
        seed: `${options.seed} ${kind} ${options.knowledge} ${index}`
      },
      {
        sender: options.victim.id,
        label: 'spam',
        family: `bad/${theme}`,
        attack: `${kind}/${options.knowledge}`
      }
    )
  )
}

interface Bad {
  readonly plan: MessagePlan
  readonly theme: string
}

function plansOf(kind: AttackKind, options: AttackOptions, base: MessagePlan, chance: Chance): Bad[] {
  switch (kind) {
    case 'A1': return bulk(options, base, chance, strangers)
    case 'A2': return bulk(options, base, chance, knownContacts)
    case 'A3':
    case 'A5': return [single(kind, options, base, chance)]
    case 'A4': return [inThread(options, base, chance)]
    case 'A4L': return [withLine(options, base, chance)]
    case 'A6': return [swapped(options, base)]
  } // prettier-ignore
}

function nextHonest({ victim, at }: AttackOptions): MessagePlan {
  const found = generateHistory(victim, { from: at, days: 30 })[0]
  if (found === undefined) throw new Error(`generateAttack: ${victim.id} sends nothing within 30 days`)
  return found.plan
}

/** The first mail goes to one visible address or none, the others in Bcc; thieves send several such rounds. */
function bulk(
  options: AttackOptions,
  base: MessagePlan,
  chance: Chance,
  audience: (options: AttackOptions, size: number, chance: Chance) => Person[]
): Bad[] {
  const rounds = chance.int(1, 4)
  const theme = options.theme ?? chance.pick(themesOf('A1'))
  const language = languageFor(options, chance)
  return Array.from({ length: rounds }, () => {
    const people = audience(options, chance.int(20, 100), chance)
    const [first = options.victim.self] = people
    const open = chance.happens(0.3)
    const plan = attackText({ theme, language, base, victim: options.victim, reader: open ? first : { ...first, given: '', family: '' }, knowledge: options.knowledge, chance })
    return { theme, plan: { ...plan, to: open ? people : people.slice(0, 1), cc: [], bcc: open ? [] : people.slice(1) } }
  }) // prettier-ignore
}

function strangers({ victim }: AttackOptions, size: number, chance: Chance): Person[] {
  return Array.from({ length: size }, () => inventPerson(victim.language, chance))
}

function knownContacts(options: AttackOptions, size: number, chance: Chance): Person[] {
  const all = [...new Map(contactsIn(options).map((person) => [person.address, person])).values()]
  const start = chance.int(0, Math.max(0, all.length - 6))
  return all.slice(start, start + Math.min(50, Math.max(5, size % 50)))
}

function single(kind: 'A3' | 'A5', options: AttackOptions, base: MessagePlan, chance: Chance): Bad {
  const theme = options.theme ?? chance.pick(themesOf(kind))
  const stranger = kind === 'A5' && chance.happens(0.3)
  const reader = stranger ? inventPerson(options.victim.language, chance) : chance.pick(contactsIn(options))
  const language = languageFor(options, chance)
  const plan = attackText({
    theme,
    language,
    base,
    victim: options.victim,
    reader,
    knowledge: options.knowledge,
    chance
  })
  const html = kind === 'A5' ? 'none' : plan.html
  return { theme, plan: { ...plan, html, to: [reader], cc: [], bcc: [] } }
}

/** Answers the latest thread of the mailbox, with the right quotation, and slips in one line. */
function inThread(options: AttackOptions, base: MessagePlan, chance: Chance): Bad {
  const threads = options.history.toReversed().filter(({ plan }) => plan.quoted !== null).slice(0, 12) // prettier-ignore
  const thread = threads.length > 0 ? chance.pick(threads) : undefined
  if (thread?.plan.quoted == null) return single('A3', options, base, chance)
  const { line, theme } = threadLine(options.victim, thread.plan, chance)
  const { quoted } = thread.plan
  return {
    theme,
    plan: {
      ...base, language: thread.plan.language, kind: 'reply', to: [quoted.from], cc: [], bcc: [], attachments: [], unsubscribeUrl: null,
      subject: `Re: ${withoutPrefix(thread.plan.subject)}`, parents: [...thread.plan.parents, thread.messageId], quoted,
      look: 'letter', html: base.html === 'only' ? 'alternative' : base.html, text: line
    }
  } // prettier-ignore
}

/** Adds the line after the first paragraph, or after the second, of what the sender really wrote. */
function withLine({ victim }: AttackOptions, base: MessagePlan, chance: Chance): Bad {
  const { bare, theme } = threadLine(victim, base, chance)
  const paragraphs = base.text.split('\n\n')
  paragraphs.splice(Math.min(paragraphs.length, chance.int(1, 2)), 0, bare)
  return {
    theme,
    plan: { ...base, text: paragraphs.join('\n\n'), look: base.look === 'image' ? 'letter' : base.look }
  }
}

function swapped({ impostor, at, victim }: AttackOptions, base: MessagePlan): Bad {
  if (impostor === undefined) throw new Error('generateAttack: A6 needs an impostor')
  const theirs = generateHistory(impostor, { from: at, days: 30 })[0]?.plan ?? base
  return {
    theme: 'swap',
    plan: { ...theirs, from: { name: victim.self.name, address: victim.self.address } }
  }
}

function withConnection(
  plan: MessagePlan,
  base: MessagePlan,
  { knowledge, victim, at }: AttackOptions,
  chance: Chance
): MessagePlan {
  if (knowledge === 'M2') return { ...plan, device: base.device, ip: base.ip, at: base.at, zone: base.zone }
  const foreign = foreignClient(victim, chance)
  if (knowledge === 'M1') return { ...plan, device: base.device, zone: base.zone, ip: foreign.ip, at }
  return { ...plan, device: foreign.device, zone: foreign.zone, ip: foreign.ip, at }
}

function languageFor({ language, victim }: AttackOptions, chance: Chance): LanguageCode {
  return language ?? (chance.happens(0.1) ? 'en' : victim.language)
}

/** The people whom the mailbox shows: those written to, else the address book. */
function contactsIn({ history, victim }: AttackOptions): readonly Person[] {
  const written = new Set(
    history.flatMap(({ plan }) => [...plan.to, ...plan.cc]).map((one: Mailbox) => one.address)
  )
  const known = victim.contacts.filter((person) => written.has(person.address))
  return known.length > 0 ? known : victim.contacts
}
