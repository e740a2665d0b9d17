import type { Zone } from './zone.ts'

export const languageCodes = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'pl',
  'ru',
  'ar',
  'zh',
  'ja',
  'th'
] as const
export type LanguageCode = (typeof languageCodes)[number]

/** What honest people and machines write about. Many look like the bad ones at a glance: that is the point. */
export const honestThemes = [
  'quote', 'invoice', 'reminder', 'payment', 'meeting', 'project', 'document', 'order', 'parcel', 'reset', 'newsletter', 'ticket',
  'study', 'personal', 'travel', 'technical', 'appointment', 'hiring', 'reply'
] as const // prettier-ignore
export type HonestTheme = (typeof honestThemes)[number]

/** What thieves of mailboxes send. Each is a family that can be left out of training. */
export const badThemes = [
  'bank', 'courier', 'mailbox', 'account', 'tax', 'sharedfile', 'voicemail', 'sextortion', 'inheritance', 'executive', 'giftcards',
  'newbank', 'fakeinvoice', 'job', 'crypto', 'pharmacy', 'casino', 'fakeshop', 'loan', 'romance'
] as const // prettier-ignore
export type BadTheme = (typeof badThemes)[number]

/** Subject alternatives, then one template a sentence, in order; a leading `?` makes the sentence optional. Syntax: spintax.ts. */
export type Theme = readonly [subject: string, ...sentences: string[]]

export interface BadTexts extends Readonly<Record<BadTheme, Theme>> {
  /** One sentence that a thief slips into a real thread: a link, or a bank account. */
  readonly threadLink: string
  readonly threadBank: string
}

/** Everything that is said one way in one language. Lists are `|`-separated. */
export interface Lexicon {
  readonly code: LanguageCode
  readonly zones: readonly Zone[]
  /** Where people's connections are: a key of networks.ts. */
  readonly country: string
  /** ISO 13616 country of its bank accounts; '' where IBAN is not used. */
  readonly ibanCountry: string
  /** `Имя:imya` gives the spelling used in addresses; Latin names need none. */
  readonly givenNames: string
  readonly familyNames: string
  readonly familyFirst: boolean
  /** `{family}`, `{trade}` and `{city}` are filled in. */
  readonly companies: string
  readonly trades: string
  readonly jobTitles: string
  readonly cities: string
  readonly goods: string
  readonly projects: string
  readonly fileNames: string
  readonly banks: string
  readonly couriers: string
  readonly services: string
  /** Sunday first. */
  readonly weekdays: string
  readonly months: string
  /** `{d}`, `{m}` (number), `{month}`, `{y}`. */
  readonly date: string
  /** `{n}` is the number. */
  readonly money: string
  readonly thousands: string
  readonly decimal: string
  /** `#` is a digit. */
  readonly phone: string
  readonly greetings: { readonly casual: string; readonly formal: string; readonly generic: string }
  readonly signOffs: { readonly casual: string; readonly formal: string; readonly team: string }
  readonly mobileSignature: string
  /** `{date}`, `{time}`, `{name}`, `{address}`. */
  readonly quoteIntro: string
  readonly replyPrefix: string
  readonly forwardPrefix: string
  /** From, sent, to, subject: the block above a quoted message in Outlook. */
  readonly quoteWords: string
  /** What stands on a button or link. */
  readonly buttons: string
  readonly unsubscribe: string
  /** Between two sentences: '' where the script needs no space. */
  readonly sentenceGap: string
}

export interface Language {
  readonly lexicon: Lexicon
  readonly honest: Readonly<Record<HonestTheme, Theme>>
  readonly bad: BadTexts
}
