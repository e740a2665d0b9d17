import { attachmentFor } from './attachments.ts'
import type { Chance } from './chance.ts'
import { compose, composeSentences, plainStyle, tidy, type WritingStyle } from './compose.ts'
import { disguise, drawEvasion } from './evasion.ts'
import type { BadTheme, LanguageCode } from './language.ts'
import { languageOf } from './languages.ts'
import type { Mailbox, MessagePlan } from './mail.ts'
import { inventCompany, inventPerson, type Person } from './people.ts'
import type { Persona } from './persona.ts'
import { signatureBlock } from './connection.ts'
import { createSlots, type Slot } from './slots.ts'
import { expand } from './spintax.ts'
import { badLink, inventedDomain } from './web-links.ts'

const withoutLink: readonly BadTheme[] = ['executive', 'giftcards', 'newbank', 'inheritance', 'sextortion']
const bulkThemes: readonly BadTheme[] = ['bank', 'courier', 'mailbox', 'account', 'tax', 'sharedfile', 'voicemail', 'sextortion', 'inheritance', 'fakeinvoice', 'job', 'crypto', 'pharmacy', 'casino', 'fakeshop', 'loan', 'romance'] // prettier-ignore
const personalThemes: readonly BadTheme[] = ['sharedfile', 'mailbox', 'fakeinvoice', 'bank', 'courier', 'account', 'voicemail', 'tax', 'crypto', 'job'] // prettier-ignore

/** Which stories fit which kind of attack. */
export function themesOf(kind: 'A1' | 'A3' | 'A5'): readonly BadTheme[] {
  return kind === 'A1' ? bulkThemes : kind === 'A3' ? personalThemes : withoutLink
}

export interface AttackTextOptions {
  readonly theme: BadTheme
  readonly language: LanguageCode
  /** The honest message whose shape is borrowed. */
  readonly base: MessagePlan
  readonly victim: Persona
  /** Empty names: the thief does not know them. */
  readonly reader: Person
  readonly knowledge: 'M0' | 'M1' | 'M2'
  readonly chance: Chance
}

/** The honest message's plan with the thief's words in it. Recipients are left to the caller. */
export function attackText(options: AttackTextOptions): MessagePlan {
  const { theme, language, base, victim, knowledge, chance } = options
  const { lexicon, bad } = languageOf(language)
  const slot = badSlots(options)
  const style = thiefStyle(chance)
  const written = compose({
    theme: bad[theme],
    lexicon,
    chance,
    slot,
    style,
    greeting: greetingFor(options),
    signOff: signOffFor(options)
  })
  const evasion = drawEvasion(chance)
  const padding = composeSentences({
    theme: languageOf(language).honest.project,
    lexicon,
    chance,
    slot,
    style,
    greeting: '',
    signOff: ''
  })
  const designed = victim.role.look === 'designed' || (knowledge === 'M0' && chance.happens(0.45))
  const html = htmlFor(base, knowledge, chance)
  const look = evasion === 'image-only' && html !== 'none' ? 'image' : designed ? 'designed' : 'letter'
  const shape = {
    look,
    html: look === 'image' ? 'only' : html,
    quoted: null,
    parents: [],
    kind: 'new'
  } as const
  return {
    ...base, ...shape, language, theme,
    from: fromFor(options), replyTo: replyToFor(options),
    subject: subjectFor(disguise(written.subject, evasion === 'padding' ? 'none' : evasion, chance, ''), chance),
    text: disguise(written.text, evasion, chance, padding) + signatureFor(options),
    linkWords: chance.happens(0.5) ? [expand(lexicon.buttons, { chance, slot })] : [],
    unsubscribeUrl: chance.happens(0.08) ? `https://www.${inventedDomain(chance)}/unsubscribe` : null,
    attachments: attachmentsFor(look, theme, slot, chance)
  } // prettier-ignore
}

function badSlots({ language, base, victim, reader, chance }: AttackTextOptions): Slot {
  const { lexicon } = languageOf(language)
  const writer = inventPerson(language, chance)
  const company = chance.happens(0.3) ? victim.company : inventCompany(lexicon, chance)
  return createSlots({
    lexicon,
    chance,
    writer,
    reader,
    company,
    zone: base.zone,
    at: base.at,
    link: (brand) => badLink(chance, brand)
  })
}

function thiefStyle(chance: Chance): WritingStyle {
  return {
    ...plainStyle,
    taste: chance.text(8, 'abcdefghij'),
    exclaims: chance.happens(0.25) ? 0.3 : 0,
    skipsFinalStop: chance.happens(0.15) ? 0.5 : 0,
    paragraphEvery: chance.int(1, 4)
  }
}

function greetingFor({ language, reader, theme, chance }: AttackTextOptions): string {
  const { greetings } = languageOf(language).lexicon
  if (chance.happens(0.2)) return ''
  const personal = reader.given !== '' && (withoutLink.includes(theme) || chance.happens(0.4))
  const usable = (personal ? `${greetings.casual}|${greetings.formal}` : greetings.generic).split('|')
  return chance.pick(reader.given === '' ? usable.filter((one) => !one.includes('{')) : usable)
}

function signOffFor({ language, victim, theme, chance }: AttackTextOptions): string {
  const { signOffs } = languageOf(language).lexicon
  if (chance.happens(0.25)) return ''
  if (withoutLink.includes(theme))
    return `${chance.pick(`${signOffs.formal}|${signOffs.casual}`.split('|'))}\n${chance.happens(0.6) ? victim.self.name : '{person}'}`
  return chance.pick(`${signOffs.team}|${signOffs.formal}`.split('|'))
}

/** Web mail adds the victim's signature by itself; who copies the victim's ways does too. */
function signatureFor({ victim, knowledge, base, chance }: AttackTextOptions): string {
  const share = { M0: 0.12, M1: 0.45, M2: 0.7 }[knowledge]
  if (!chance.happens(share)) return ''
  return signatureBlock(victim, base.device)
}

/** Bulk senders who know nothing of the victim put the brand's name before the stolen address. */
function fromFor({ victim, knowledge, theme, chance, language }: AttackTextOptions): Mailbox {
  const { address, name } = victim.self
  if (knowledge !== 'M0' || withoutLink.includes(theme) || chance.happens(0.5)) return { name, address }
  const { banks, couriers, services } = languageOf(language).lexicon
  return { name: chance.pick(`${banks}|${couriers}|${services}`.split('|')), address }
}

function replyToFor({ theme, knowledge, victim, chance }: AttackTextOptions): Mailbox | null {
  const wanted = withoutLink.includes(theme) || theme === 'loan' || theme === 'job'
  if (!wanted || knowledge === 'M2' || chance.happens(0.5)) return null
  return {
    name: victim.self.name,
    address: `${chance.text(chance.int(6, 12), 'abcdefghijklmnopqrstuvwxyz')}@freemail.test`
  }
}

function htmlFor(base: MessagePlan, knowledge: string, chance: Chance): MessagePlan['html'] {
  if (knowledge !== 'M0') return base.html
  return chance.pick(['none', 'alternative', 'only'])
}

/** Answers nobody asked for are a common disguise. */
function subjectFor(subject: string, chance: Chance): string {
  return chance.happens(0.2) ? `${chance.pick(['Re', 'RE', 'Fwd', 'FW'])}: ${subject}` : subject
}

const types = ['pdf', 'pdf', 'pdf', 'html', 'html', 'zip', 'docx', 'xlsx', 'jpg', 'png', 'ics', 'txt']

function attachmentsFor(
  look: MessagePlan['look'],
  theme: BadTheme,
  slot: Slot,
  chance: Chance
): MessagePlan['attachments'] {
  const inline = look === 'image' && chance.happens(0.6) ? [{ ...attachmentFor('image001', 'png', chance), inlineId: `${chance.text(10, 'abcdef0123456789')}@img` }] : [] // prettier-ignore
  const usual = ['fakeinvoice', 'voicemail', 'sharedfile', 'tax'].includes(theme) ? 0.25 : 0.04
  if (!chance.happens(usual)) return inline
  return [...inline, attachmentFor(`${slot('file')}${chance.pick([' ', '-', '_'])}${slot('number')}`, chance.pick(types), chance)] // prettier-ignore
}

/** The line slipped into a real thread: alone (`bare`), or with a word before it in the victim's manner (`line`). */
export function threadLine(
  victim: Persona,
  plan: MessagePlan,
  chance: Chance
): { bare: string; line: string; theme: string } {
  const theme = chance.happens(0.5) ? 'threadLink' : 'threadBank'
  const { lexicon, bad, honest } = languageOf(plan.language)
  const reader = inventPerson(plan.language, chance)
  const slot = createSlots({
    lexicon, chance, writer: victim.self, reader: { ...reader, ...(plan.to[0] !== undefined && { given: plan.to[0].name.split(' ')[0] ?? '' }) },
    company: victim.company, zone: plan.zone, at: plan.at, link: (brand) => badLink(chance, brand)
  }) // prettier-ignore
  const bare = tidy(expand(bad[theme], { chance, slot }))
  const style = { ...plainStyle, taste: victim.style.taste }
  const [, first = ''] = honest.reply
  const opening = chance.happens(0.5) ? expand(first, { chance, slot, taste: style.taste }) : ''
  const greeting = chance.happens(0.7)
    ? chance.pick(lexicon.greetings.casual.split('|')).replace('{name}', slot('name'))
    : ''
  const close = chance.happens(0.7)
    ? `${chance.pick(lexicon.signOffs.formal.split('|'))}\n${victim.self.name}`
    : ''
  const body = [opening, bare].filter((part) => part !== '').join(lexicon.sentenceGap)
  const line = [greeting, body, close].filter((part) => part !== '').join('\n\n')
  return { bare, theme, line: chance.happens(0.7) ? line + signatureBlock(victim, plan.device) : line }
}
