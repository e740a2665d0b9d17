import { attachmentFor } from './attachments.ts'
import { createChance, type Chance } from './chance.ts'
import { compose, type Composed } from './compose.ts'
import { connection, signatureBlock } from './connection.ts'
import {
  contactByHabit,
  openThread,
  withoutPrefix,
  type Correspondence,
  type OpenThread
} from './conversation.ts'
import { honestThemes, type HonestTheme } from './language.ts'
import { languageOf } from './languages.ts'
import { mailProgram } from './mail-programs.ts'
import type { Device, MailAttachment, MessagePlan } from './mail.ts'
import type { Person } from './people.ts'
import type { Persona } from './persona.ts'
import { createSlots, type Slot } from './slots.ts'
import { honestLink } from './web-links.ts'

export interface PlanMessageOptions {
  readonly persona: Persona
  readonly at: number
  readonly seed: string
  readonly correspondence: Correspondence
  /** Somebody never written to before. */
  readonly meet: () => Person
}

/** What this sender sends next. */
export function planMessage({ persona, at, seed, correspondence, meet }: PlanMessageOptions): MessagePlan {
  const chance = createChance(seed)
  const thread = chance.happens(persona.role.replyShare)
    ? openThread(persona, at, correspondence, chance)
    : undefined
  const [reader, ...others] =
    thread === undefined ? recipients(persona, correspondence, chance, meet) : [thread.other]
  const theme = themeFor(persona, thread, chance)
  const { device, ip } = connection(persona, at, chance)
  const slot = slotsFor(persona, reader, at, chance)
  const { subject, text } = write({ persona, theme, slot, chance, device, reader })
  const look = persona.role.look === 'designed' && chance.happens(0.06) ? 'image' : persona.role.look
  const { name, address } = persona.self
  const isGroup = others.length >= groupSize
  return {
    seed,
    at,
    device,
    ip,
    theme,
    text,
    look,
    zone: persona.zone,
    language: reader.language,
    from: { name, address },
    replyTo: replyToFor(persona, chance),
    to: [reader],
    cc: isGroup ? [] : others,
    bcc: isGroup ? others : [],
    ...inThread(thread, subject, reader, device),
    html: htmlFor(persona, device, chance),
    linkWords: persona.linkWords,
    attachments: attachmentsFor(persona, theme, slot, chance, look),
    unsubscribeUrl: theme === 'newsletter' ? unsubscribeUrl(persona, chance) : null
  }
}

/** From so many recipients on, people use Bcc. */
const groupSize = 7

type ThreadFields = Pick<MessagePlan, 'kind' | 'subject' | 'parents' | 'quoted'>

function inThread(
  thread: OpenThread | undefined,
  subject: string,
  reader: Person,
  device: Device
): ThreadFields {
  if (thread === undefined) return { kind: 'new', subject, parents: [], quoted: null }
  const prefix = device.program.startsWith('outlook') ? languageOf(reader.language).lexicon.replyPrefix : 'Re'
  const answer = `${prefix}: ${withoutPrefix(thread.subject)}`
  return { kind: 'reply', subject: answer, parents: thread.parents, quoted: thread.quoted }
}

/** Now and then somebody new; rarely a whole group. */
function recipients(
  persona: Persona,
  { contacts }: Correspondence,
  chance: Chance,
  meet: () => Person
): [Person, ...Person[]] {
  if (chance.happens(persona.role.newContactShare)) {
    const stranger = meet()
    contacts.push(stranger)
    return [stranger]
  }
  const first = contactByHabit(contacts, chance)
  if (persona.role.greets === 'generic') return [first]
  const usual = chance.weighted([82, 10, 4, 2, 1])
  const more = chance.happens(0.01) ? chance.int(groupSize, 30) : usual
  const others = new Set(Array.from({ length: more }, () => contactByHabit(contacts, chance)))
  others.delete(first)
  return [first, ...others]
}

function themeFor({ role }: Persona, thread: OpenThread | undefined, chance: Chance): HonestTheme {
  if (thread?.theme !== undefined && role.greets !== 'generic')
    return chance.happens(0.6) ? 'reply' : thread.theme
  return honestThemes[chance.weighted(honestThemes.map((theme) => role.themes[theme] ?? 0))] ?? 'reply'
}

function slotsFor(
  { self, company, zone, account, favouriteSites }: Persona,
  reader: Person,
  at: number,
  chance: Chance
): Slot {
  const { lexicon } = languageOf(reader.language)
  const link = (): string => honestLink(chance, company.domain, favouriteSites)
  return createSlots({ lexicon, chance, writer: self, reader, company, zone, at, iban: account, link })
}

interface WriteOptions {
  readonly persona: Persona
  readonly theme: HonestTheme
  readonly slot: Slot
  readonly chance: Chance
  readonly device: Device
  readonly reader: Person
}

function write({ persona, theme, slot, chance, device, reader }: WriteOptions): Composed {
  const { lexicon, honest } = languageOf(reader.language)
  const { role, self, style } = persona
  const isOwnLanguage = reader.language === persona.language
  const farewells = lexicon.signOffs[role.greets === 'generic' ? 'team' : role.greets].split('|')
  const greeting = chance.pick(isOwnLanguage ? persona.greetings : lexicon.greetings[role.greets].split('|'))
  const farewell = chance.pick(isOwnLanguage ? persona.signOffs : farewells)
  const name = role.greets === 'casual' ? self.given : self.name
  const signOff = role.greets === 'generic' || farewell === '' ? farewell : `${farewell}\n${name}`
  const { subject, text } = compose({ theme: honest[theme], lexicon, chance, slot, style, greeting, signOff })
  return { subject, text: chance.happens(0.85) ? text + signatureBlock(persona, device) : text }
}

function replyToFor({ role, company }: Persona, chance: Chance): MessagePlan['replyTo'] {
  const other = role.greets === 'generic' && chance.happens(0.2)
  return other ? { name: '', address: `office@${company.domain}` } : null
}

function unsubscribeUrl({ company }: Persona, chance: Chance): string {
  return `https://www.${company.domain}/unsubscribe?u=${chance.text(12, 'abcdef0123456789')}`
}

const types = ['pdf', 'pdf', 'pdf', 'pdf', 'docx', 'xlsx', 'jpg', 'png', 'zip', 'ics', 'txt', 'html']

function attachmentsFor(
  { role }: Persona,
  theme: HonestTheme,
  slot: Slot,
  chance: Chance,
  look: MessagePlan['look']
): MailAttachment[] {
  const inlineId = `${chance.text(10, 'abcdef0123456789')}@img`
  const inline =
    look === 'image' && chance.happens(0.6) ? [{ ...attachmentFor('offer', 'png', chance), inlineId }] : []
  const isPaper = theme === 'invoice' || theme === 'document' || theme === 'quote'
  if (!chance.happens(role.attachmentShare * (isPaper ? 2 : 0.4))) return inline
  const name = `${slot('file')}${chance.pick([' ', '-', '_'])}${slot('number')}`
  return [...inline, attachmentFor(name, chance.pick(types), chance)]
}

/** A sender's program writes HTML or it does not; now and then it is the other way. */
function htmlFor({ seed, role }: Persona, { program }: Device, chance: Chance): MessagePlan['html'] {
  if (!mailProgram(program).canHtml) return 'none'
  const usual = createChance(`${seed} ${program} html`).happens(role.htmlShare)
  const now = chance.happens(0.04) ? !usual : usual
  if (!now) return 'none'
  const withoutPlain = createChance(`${seed} html only`).happens(role.look === 'designed' ? 0.35 : 0.08)
  return withoutPlain ? 'only' : 'alternative'
}
