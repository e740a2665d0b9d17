import { createChance, type Chance } from './chance.ts'
import type { WritingStyle } from './compose.ts'
import { languageCodes, type LanguageCode } from './language.ts'
import { languageOf } from './languages.ts'
import { mailProgram } from './mail-programs.ts'
import type { Device } from './mail.ts'
import { addressIn, prefixesOf, serverAddress } from './networks.ts'
import { inventCompany, inventPerson, type Company, type Person } from './people.ts'
import { roles, type Role } from './roles.ts'
import { ownAccount } from './slots.ts'
import { expand } from './spintax.ts'
import { inventedDomain } from './web-links.ts'
import type { Zone } from './zone.ts'

/** A person (or a shop, or a ticket system) with habits. */
export interface Persona {
  /** The authenticated user: the address. */
  readonly id: string
  readonly seed: string
  readonly self: Person
  readonly language: LanguageCode
  readonly role: Role
  readonly company: Company
  readonly zone: Zone
  readonly devices: readonly { readonly device: Device; readonly weight: number }[]
  /** Fixed address, changing line, phone network, server. */
  readonly lines: Readonly<Record<Device['place'], string>>
  readonly contacts: readonly Person[]
  readonly style: WritingStyle
  readonly greetings: readonly string[]
  readonly signOffs: readonly string[]
  /** Block under the sign-off; '' for none. */
  readonly signature: string
  readonly linkWords: readonly string[]
  readonly favouriteSites: readonly string[]
  readonly account: string
  readonly messagesPerDay: number
}

export interface PersonaOptions {
  readonly seed: string
  readonly count: number
  readonly languages?: readonly LanguageCode[]
  readonly roles?: readonly string[]
}

/** `count` senders; language and role turn so that small numbers are varied too. */
export function createPersonas({
  seed,
  count,
  languages = languageCodes,
  roles: names
}: PersonaOptions): Persona[] {
  const usable = roles.filter((role) => names?.includes(role.name) ?? true)
  return Array.from({ length: count }, (_unused, index) => {
    const chance = createChance(`${seed} persona ${index}`)
    const language = languages[index % languages.length]
    if (language === undefined) throw new Error('createPersonas: no languages given')
    return createPersona(`${seed} persona ${index}`, language, chance.pick(usable), chance)
  })
}

function createPersona(seed: string, language: LanguageCode, role: Role, chance: Chance): Persona {
  const { lexicon } = languageOf(language)
  const company = inventCompany(lexicon, chance)
  const self = writerOf(role, language, company, chance)
  const lines = linesOf(lexicon.country, chance)
  const style = styleOf(seed, role, chance)
  const how = { chance, slot: (name: string) => `{${name}}` }
  const several = (list: string, size: number): string[] =>
    Array.from({ length: size }, () => expand(list, how))
  const tone = role.greets
  const persona = {
    id: self.address,
    seed,
    self,
    language,
    role,
    company,
    zone: chance.pick(lexicon.zones),
    devices: devicesOf(role, company, chance),
    lines,
    contacts: contactsOf(language, role, company, chance),
    style,
    greetings: chance.happens(tone === 'casual' ? 0.2 : 0.04)
      ? ['']
      : several(lexicon.greetings[tone], chance.int(1, 2)),
    signOffs: chance.happens(0.08)
      ? ['']
      : several(lexicon.signOffs[tone === 'generic' ? 'team' : tone], chance.int(1, 2)),
    linkWords: role.look === 'designed' || chance.happens(0.3) ? several(lexicon.buttons, 3) : [],
    favouriteSites: Array.from({ length: chance.int(2, 8) }, () => inventedDomain(chance)),
    account: ownAccount(chance, language),
    messagesPerDay: role.messagesPerDay * (0.5 + chance.number())
  }
  return { ...persona, signature: signatureOf(persona, chance) }
}

function writerOf(role: Role, language: LanguageCode, company: Company, chance: Chance): Person {
  if (!role.company) return inventPerson(language, chance)
  const person = inventPerson(language, chance, company.domain)
  if (role.greets !== 'generic') return person
  const local = chance.pick(['info', 'shop', 'service', 'news', 'support', 'hello', 'noreply', 'office'])
  return { ...person, name: company.name, address: `${local}@${company.domain}` }
}

function linesOf(country: string, chance: Chance): Persona['lines'] {
  const { home, mobile } = prefixesOf(country)
  return {
    office: addressIn(chance.pick(home), chance),
    home: chance.pick(home),
    mobile: addressIn(chance.pick(mobile), chance).split('.').slice(0, 2).join('.'),
    server: serverAddress(chance)
  }
}

function devicesOf(role: Role, company: Company, chance: Chance): Persona['devices'] {
  return chance.pick(role.programs).map((name, index) => {
    const program = mailProgram(name)
    const place = chance.pick(program.places)
    const userAgent = chance.pick(program.agents)
    return {
      device: { program: name, userAgent, helo: program.helo(chance, company.domain), place },
      weight: index === 0 ? 3 : 1
    }
  })
}

function contactsOf(language: LanguageCode, role: Role, company: Company, chance: Chance): Person[] {
  const size = Math.max(5, Math.round(role.contacts * (0.4 + 1.2 * chance.number())))
  return Array.from({ length: size }, () => {
    const foreign = chance.happens(0.06)
    return inventPerson(
      foreign ? chance.pick(languageCodes) : language,
      chance,
      role.company && chance.happens(0.2) ? company.domain : undefined
    )
  })
}

function styleOf(taste: string, role: Role, chance: Chance): WritingStyle {
  const machine = role.greets === 'generic'
  const habit = (share: number, strength: number): number =>
    !machine && chance.happens(share) ? strength * chance.number() : 0
  return {
    taste,
    lowerCase: !machine && role.greets === 'casual' && chance.happens(0.2),
    exclaims: habit(0.4, 0.5),
    ellipsis: habit(0.2, 0.4),
    smiles: habit(0.25, 0.35),
    skipsFinalStop: habit(0.2, 0.7),
    paragraphEvery: chance.int(1, 4)
  }
}

function signatureOf(
  { self, role, company, language }: Pick<Persona, 'self' | 'role' | 'company' | 'language'>,
  chance: Chance
): string {
  const { lexicon } = languageOf(language)
  if (role.greets === 'generic') return `${company.name}\nwww.${company.domain}`
  if (!role.company) return chance.happens(0.7) ? '' : self.name
  const phone = chance.pick(lexicon.phone.split('|')).replaceAll('#', () => String(chance.int(0, 9)))
  const title = chance.pick(lexicon.jobTitles.split('|'))
  return [self.name, title, company.name, phone, chance.happens(0.5) ? `https://www.${company.domain}` : ''].filter((line) => line !== '').join('\n') // prettier-ignore
}
