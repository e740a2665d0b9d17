import type { ParsedMessage } from '../parse/parsed-message.ts'
import { headerValue } from './header-value.ts'

/** What a mail program calls itself → its family. First match wins; a new program is a new line. */
const families: readonly (readonly [mark: RegExp, family: string])[] = [
  [/thunderbird|icedove|betterbird/iu, 'thunderbird'],
  [/outlook express/iu, 'outlook-express'],
  [/outlook|microsoft exchange|exchange server|microsoft-macoutlook/iu, 'outlook'],
  [/iphone mail|ipad mail/iu, 'apple-mobile'],
  [/apple mail/iu, 'apple-mail'],
  [/git-send-email|git send-email/iu, 'git-send-email'],
  [/git-format-patch|stgit|b4 /iu, 'git'],
  [/neomutt/iu, 'neomutt'],
  [/mutt/iu, 'mutt'],
  [/alpine|pine/iu, 'pine'],
  [/k-?mail|kontact/iu, 'kmail'],
  [/evolution|ximian/iu, 'evolution'],
  [/claws|sylpheed/iu, 'claws'],
  [/gnus|emacs|mh-e|nmh|exmh|vm /iu, 'emacs'],
  [/aerc/iu, 'aerc'],
  [/notmuch|mu4e/iu, 'notmuch'],
  [/geary/iu, 'geary'],
  [/roundcube/iu, 'roundcube'],
  [/horde|internet messaging program|imp/iu, 'horde'],
  [/squirrelmail/iu, 'squirrelmail'],
  [/sogo/iu, 'sogo'],
  [/zimbra/iu, 'zimbra'],
  [/open-xchange|ox /iu, 'open-xchange'],
  [/the bat!/iu, 'the-bat'],
  [/eudora/iu, 'eudora'],
  [/lotus notes|hcl notes|ibm notes/iu, 'notes'],
  [/phpmailer|php\/|x-php/iu, 'php'],
  [/nodemailer/iu, 'nodemailer'],
  [/yahoo/iu, 'yahoo'],
  [/gmail/iu, 'gmail'],
  [/protonmail|proton mail/iu, 'proton'],
  [/foxmail/iu, 'foxmail'],
  [/mozilla|netscape/iu, 'mozilla'],
  [/mailchimp|sendgrid|mailgun|sendinblue|brevo|mailjet|postmark|campaign/iu, 'bulk-service']
]

export interface ClientNames {
  readonly family: string
  readonly full: string
}

const maxFull = 80

/** The program that wrote the message, by its own words, else by the shape of its Message-ID. */
export function clientNames(message: ParsedMessage): ClientNames {
  const full = (headerValue(message, 'user-agent') || headerValue(message, 'x-mailer')).slice(0, maxFull)
  if (full !== '') return { family: families.find(([mark]) => mark.test(full))?.[1] ?? 'other', full }
  if (headerValue(message, 'x-php-originating-script') !== '') return { family: 'php', full: '' }
  return { family: familyOfMessageId(message.messageId ?? ''), full: '' }
}

function familyOfMessageId(messageId: string): string {
  if (messageId.endsWith('@mail.gmail.com>')) return 'gmail'
  if (messageId.includes('.prod.outlook.com>')) return 'outlook'
  if (messageId.endsWith('@mail.yahoo.com>')) return 'yahoo'
  if (/-git-send-email-/u.test(messageId)) return 'git-send-email'
  return /^<(?:alpine|pine)\./iu.test(messageId) ? 'pine' : ''
}
