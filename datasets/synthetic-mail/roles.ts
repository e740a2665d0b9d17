import type { HonestTheme } from './language.ts'

/** A kind of sender: how much, when, about what, from where. Shares are probabilities. */
export interface Role {
  readonly name: string
  readonly themes: Partial<Record<HonestTheme, number>>
  readonly messagesPerDay: number
  readonly replyShare: number
  /** Messages to somebody never written to before. */
  readonly newContactShare: number
  readonly contacts: number
  /** First and last hour of the usual day, local time. */
  readonly hours: readonly [number, number]
  readonly weekendShare: number
  readonly programs: readonly (readonly string[])[]
  readonly company: boolean
  readonly look: 'letter' | 'designed'
  readonly htmlShare: number
  readonly attachmentShare: number
  readonly greets: 'casual' | 'formal' | 'generic'
  /** Days spent away, in a foreign network. */
  readonly travelShare: number
}

const person = { weekendShare: 0.15, look: 'letter', travelShare: 0.01, company: true } as const

export const roles: readonly Role[] = [
  {
    ...person, name: 'owner', themes: { quote: 4, invoice: 4, project: 3, meeting: 2, payment: 1, reminder: 1, reply: 2, hiring: 0.5, personal: 0.5 },
    messagesPerDay: 6, replyShare: 0.5, newContactShare: 0.05, contacts: 40, hours: [8, 18],
    programs: [['outlook', 'iphone'], ['apple-mail', 'iphone'], ['thunderbird', 'k9']], htmlShare: 0.8, attachmentShare: 0.3, greets: 'formal'
  },
  {
    ...person, name: 'secretary', themes: { appointment: 4, meeting: 4, document: 3, reply: 3, travel: 1, invoice: 1 },
    messagesPerDay: 10, replyShare: 0.55, newContactShare: 0.05, contacts: 60, hours: [8, 16],
    programs: [['outlook'], ['thunderbird'], ['roundcube']], htmlShare: 0.7, attachmentShare: 0.25, greets: 'formal', weekendShare: 0.01
  },
  {
    ...person, name: 'accountant', themes: { invoice: 4, reminder: 3, payment: 4, document: 3, reply: 2, meeting: 1 },
    messagesPerDay: 8, replyShare: 0.45, newContactShare: 0.04, contacts: 50, hours: [7, 16],
    programs: [['outlook'], ['outlook', 'outlook-mobile'], ['thunderbird']], htmlShare: 0.6, attachmentShare: 0.5, greets: 'formal', weekendShare: 0.02
  },
  {
    ...person, name: 'student', themes: { study: 5, personal: 4, reply: 2, travel: 1, document: 1, hiring: 1 }, company: false,
    messagesPerDay: 2.5, replyShare: 0.5, newContactShare: 0.06, contacts: 20, hours: [10, 23],
    programs: [['gmail-web', 'iphone'], ['roundcube', 'k9'], ['thunderbird', 'iphone']], htmlShare: 0.5, attachmentShare: 0.2, greets: 'casual', weekendShare: 0.6
  },
  {
    ...person, name: 'engineer', themes: { technical: 5, project: 4, meeting: 2, document: 2, reply: 3 },
    messagesPerDay: 7, replyShare: 0.65, newContactShare: 0.04, contacts: 30, hours: [9, 20],
    programs: [['thunderbird'], ['mutt'], ['apple-mail', 'iphone'], ['gmail-web']], htmlShare: 0.15, attachmentShare: 0.08, greets: 'casual'
  },
  {
    ...person, name: 'private', themes: { personal: 6, travel: 2, appointment: 1, payment: 1, reply: 2 }, company: false,
    messagesPerDay: 1.5, replyShare: 0.5, newContactShare: 0.06, contacts: 18, hours: [8, 22],
    programs: [['iphone'], ['roundcube'], ['thunderbird'], ['outlook'], ['k9', 'roundcube']], htmlShare: 0.4, attachmentShare: 0.12, greets: 'casual', weekendShare: 0.9
  },
  {
    ...person, name: 'traveller', themes: { travel: 4, quote: 3, meeting: 3, project: 2, document: 2, reply: 3, payment: 1 },
    messagesPerDay: 6, replyShare: 0.5, newContactShare: 0.07, contacts: 45, hours: [7, 21],
    programs: [['outlook', 'outlook-mobile'], ['apple-mail', 'iphone']], htmlShare: 0.8, attachmentShare: 0.2, greets: 'casual', travelShare: 0.2
  },
  {
    ...person, name: 'shop', themes: { order: 6, parcel: 5, reset: 1.5, ticket: 1, invoice: 2, reminder: 0.5 },
    messagesPerDay: 14, replyShare: 0.04, newContactShare: 0.5, contacts: 40, hours: [0, 23],
    programs: [['phpmailer'], ['nodemailer'], ['python']], look: 'designed', htmlShare: 0.9, attachmentShare: 0.15, greets: 'generic', weekendShare: 0.9
  },
  {
    ...person, name: 'newsletter', themes: { newsletter: 9, appointment: 0.5, reset: 0.5 },
    messagesPerDay: 3, replyShare: 0, newContactShare: 0.1, contacts: 120, hours: [6, 19],
    programs: [['phpmailer'], ['nodemailer']], look: 'designed', htmlShare: 1, attachmentShare: 0.02, greets: 'generic', weekendShare: 0.5
  },
  {
    ...person, name: 'tickets', themes: { ticket: 7, reset: 2, technical: 1.5, appointment: 1 },
    messagesPerDay: 16, replyShare: 0.5, newContactShare: 0.25, contacts: 60, hours: [7, 19],
    programs: [['nodemailer'], ['python'], ['phpmailer']], htmlShare: 0.5, attachmentShare: 0.05, greets: 'generic', weekendShare: 0.2
  }
] // prettier-ignore
