import { alphanumeric, type Chance } from './chance.ts'
import type { Lexicon } from './language.ts'
import { languageOf } from './languages.ts'
import type { Company, Person } from './people.ts'
import { inventCompany, inventPerson } from './people.ts'
import { fillWords } from './spintax.ts'
import { localTime, type Zone } from './zone.ts'

export interface SlotContext {
  readonly lexicon: Lexicon
  readonly chance: Chance
  /** `{me}`: who signs. */
  readonly writer: { readonly name: string; readonly given: string }
  readonly reader: Person
  readonly company: Company
  readonly zone: Zone
  readonly at: number
  /** `{link}`: honest or bad, that is all the difference there is. */
  readonly link: (brand: string) => string
  readonly iban?: string
}

export type Slot = (name: string) => string

const digits = '0123456789'

/** Words for `{slot}`: the same through one message, but for things that come in numbers (goods, links, small numbers). */
export function createSlots(context: SlotContext): Slot {
  const known = new Map<string, string>()
  const fresh = new Set(['link', 'good', 'small', 'small2'])
  const makers = {
    ...peopleSlots(context),
    ...moneySlots(context),
    ...timeSlots(context),
    ...thingSlots(context, (name) => slot(name))
  }
  function slot(name: string): string {
    const before = known.get(name)
    if (before !== undefined && !fresh.has(name)) return before
    const make = makers[name]
    if (make === undefined) throw new Error(`no slot {${name}} (${context.lexicon.code})`)
    const value = make()
    known.set(name, value)
    return value
  }
  return slot
}

type Makers = Record<string, () => string>

function peopleSlots({ lexicon, chance, writer, reader, company }: SlotContext): Makers {
  const other = (): string => inventPerson(lexicon.code, chance).given
  return {
    name: () => reader.given,
    last: () => reader.family,
    fullname: () => reader.name,
    address: () => reader.address,
    me: () => writer.name,
    person: other,
    mycompany: () => company.name,
    company: () => inventCompany(lexicon, chance).name,
    city: () => chance.pick(lexicon.cities.split('|')),
    jobtitle: () => chance.pick(lexicon.jobTitles.split('|')),
    domain: () => reader.address.slice(reader.address.lastIndexOf('@') + 1)
  }
}

function moneySlots({ lexicon, chance, iban }: SlotContext): Makers {
  const pattern = chance.pick(lexicon.money.split('|'))
  const scale = currencyScale[lexicon.code] ?? 1
  const money =
    (min: number, max: number, cents: boolean): (() => string) =>
    () => {
      const value = min * (max / min) ** chance.number() * scale
      return fillWords(pattern, { n: written(value, cents && scale < 20 && chance.happens(0.6), lexicon) })
    }
  return {
    tiny: money(0.9, 4.9, true),
    small: money(9, 90, true),
    amount: money(80, 4_000, true),
    big: money(3_000, 90_000, false),
    huge: money(400_000, 30_000_000, false),
    iban: () => iban ?? accountNumber(lexicon.ibanCountry, chance),
    wallet: () =>
      chance.pick([
        `bc1q${chance.text(38, 'acdefghjklmnpqrstuvwxyz023456789')}`,
        `1${chance.text(33, alphanumeric)}`,
        `3${chance.text(33, alphanumeric)}`
      ])
  }
}

/** Rough size of the currency against the euro, so that amounts look like daily life. */
const currencyScale: Readonly<Record<string, number>> = { pl: 4, ru: 95, ar: 4, zh: 8, ja: 160, th: 38 }

function timeSlots({ lexicon, chance, zone, at }: SlotContext): Makers {
  const dateIn =
    (minDays: number, maxDays: number): (() => string) =>
    () => {
      const when = localTime(zone, at + chance.int(minDays, maxDays) * 86_400_000)
      return fillWords(chance.pick(lexicon.date.split('|')), {
      d: String(when.day), m: String(when.month + 1), month: lexicon.months.split('|')[when.month] ?? '', y: String(when.year)
    }) // prettier-ignore
    }
  const clock = (from: number, to: number): string =>
    `${chance.int(from, to)}:${chance.pick(['00', '00', '15', '30', '30', '45'])}`
  return {
    date: dateIn(-9, 20),
    soon: dateIn(2, 16),
    weekday: () => chance.pick(lexicon.weekdays.split('|').slice(1, 6)),
    month: () => chance.pick(lexicon.months.split('|')),
    year: () => String(localTime(zone, at).year),
    time: () => clock(8, 13),
    time2: () => clock(14, 19),
    hours: () => chance.pick(['12', '24', '24', '36', '48', '72'])
  }
}

function thingSlots({ lexicon, chance, link }: SlotContext, slot: Slot): Makers {
  const one =
    (list: string): (() => string) =>
    () =>
      chance.pick(list.split('|'))
  return {
    good: one(lexicon.goods),
    project: one(lexicon.projects),
    file: one(lexicon.fileNames),
    bank: one(lexicon.banks),
    courier: one(lexicon.couriers),
    service: one(lexicon.services),
    link: () => link(chance.pick([slot('service'), slot('courier'), slot('bank')])),
    number: () => chance.text(chance.int(4, 7), '123456789'),
    order: () =>
      chance.pick([
        chance.text(10, digits),
        `${chance.text(2, 'ABCDEFGHKLM')}${chance.text(8, digits)}`,
        `${chance.text(3, digits)}-${chance.text(7, digits)}`
      ]),
    code: () => chance.text(6, digits),
    percent: () => String(chance.int(2, 12) * 5),
    percent2: () => String(chance.int(80, 99)),
    small2: () => String(chance.int(2, 29)),
    tinysec: () => String(chance.int(9, 59)),
    phone: () => chance.pick(lexicon.phone.split('|')).replaceAll('#', () => String(chance.int(0, 9)))
  }
}

function written(value: number, cents: boolean, { thousands, decimal }: Lexicon): string {
  const round = value > 500 && !cents ? Math.round(value / 10) * 10 : Math.round(value)
  const whole = String(cents ? Math.floor(value) : Math.max(1, round)).replaceAll(
    /\B(?=(\d{3})+$)/gu,
    thousands
  )
  return cents ? `${whole}${decimal}${String(Math.floor((value % 1) * 100)).padStart(2, '0')}` : whole
}

const ibanLengths: Readonly<Record<string, number>> = {
  GB: 22,
  DE: 22,
  FR: 27,
  ES: 24,
  PT: 25,
  IT: 27,
  NL: 18,
  PL: 28,
  AE: 23,
  LT: 20
}

/** An IBAN with right check digits (ISO 13616) of an invented account, or a plain account number. */
export function accountNumber(country: string, chance: Chance): string {
  const length = ibanLengths[country]
  if (length === undefined) return chance.text(chance.int(10, 16), digits)
  const letters = country === 'GB' || country === 'NL' ? chance.text(4, 'ABCDEFGHKLMNPRST') : ''
  const account = letters + chance.text(length - 4 - letters.length, digits)
  const number = `${account}${country}00`.replaceAll(/[A-Z]/gu, (letter) => String(letter.charCodeAt(0) - 55))
  const iban = `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, '0')}${account}`
  return chance.happens(0.7) ? iban.replaceAll(/.{4}(?=.)/gu, '$& ') : iban
}

/** The account that this writer names in every invoice. */
export function ownAccount(seed: Chance, code: Lexicon['code']): string {
  return accountNumber(languageOf(code).lexicon.ibanCountry, seed)
}
