import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import { readLanguage } from '../../service/observation/language.ts'
import { scanWords } from '../../service/observation/scan-words.ts'
import { scriptOf } from '../../service/observation/script.ts'
import { splitAuthored } from '../../service/observation/split-authored.ts'
import { decodeWords } from '../../service/parse/encoded-words.ts'
import { languageCodes, type LanguageCode } from '../../datasets/synthetic-mail/language.ts'
import { fieldOf, readTemplate, type MailTemplate, readableText } from './writer/mail-template.ts'
import { mailboxesIn, type WrittenMailbox } from './writer/write-fields.ts'

/** One submission with its message taken apart. */
export interface ReadMail {
  readonly line: BacktestLine
  readonly template: MailTemplate
}

export function readMail(line: BacktestLine): ReadMail | null {
  const template = readTemplate(Buffer.from(line.raw).toString('latin1'))
  return template === null ? null : { line, template }
}

/** The people it goes to, as its fields write them; Bcc recipients by their bare address. */
export function recipientsOf({ line, template }: ReadMail): readonly WrittenMailbox[] {
  const shown = [...mailboxesIn(fieldOf(template, 'to')), ...mailboxesIn(fieldOf(template, 'cc'))]
  const byAddress = new Map(shown.map((mailbox) => [mailbox.address, mailbox]))
  return line.recipients.map((address) => {
    const lower = address.toLowerCase()
    return byAddress.get(lower) ?? { address: lower, text: lower }
  })
}

/** As the From field writes it. */
export function senderOf({ line, template }: ReadMail): WrittenMailbox {
  return mailboxesIn(fieldOf(template, 'from'))[0] ?? { address: line.sender, text: line.sender }
}

export function subjectOf({ template }: ReadMail): string {
  const value = fieldOf(template, 'subject')
  return decodeWords(value) ?? value
}

/** Message-IDs of the thread that it answers, the one answered last. */
export function parentsOf({ template }: ReadMail): readonly string[] {
  const ids = `${fieldOf(template, 'references')} ${fieldOf(template, 'in-reply-to')}`.match(/<[^<>\s]+>/gu)
  return [...new Set(ids)]
}

export function isAnswer(mail: ReadMail): boolean {
  return parentsOf(mail).length > 0 || /^\s*(?:re|aw|sv|antw|odp)\s*:/iu.test(subjectOf(mail))
}

/** What somebody who reads this mailbox knows of its owner. */
export interface Mailbox {
  readonly contacts: readonly WrittenMailbox[]
  /** The latest messages sent, oldest first. */
  readonly sent: readonly ReadMail[]
  readonly language: LanguageCode
}

const keptMessages = 30

/** A mailbox that fills as its owner writes. */
export function openMailbox(language: LanguageCode): { readonly view: Mailbox; add(mail: ReadMail): void } {
  const contacts = new Map<string, WrittenMailbox>()
  let sent: readonly ReadMail[] = []
  return {
    view: {
      get contacts() {
        return [...contacts.values()]
      },
      get sent() {
        return sent
      },
      language
    },
    add(mail) {
      for (const mailbox of recipientsOf(mail)) contacts.set(mailbox.address, mailbox)
      sent = [...sent.slice(1 - keptMessages), mail]
    }
  }
}

/** In which most of the messages are; English where it is none that bad texts are written in. One message alone may be a listing of code. */
export function languageOfMail(mails: readonly ReadMail[]): LanguageCode {
  const votes = new Map<string, number>()
  for (const { template } of mails) {
    const { authored } = splitAuthored(readableText(template).slice(0, 4_000))
    const { language } = readLanguage(scanWords(authored), scriptOf(authored))
    votes.set(language, (votes.get(language) ?? 0) + 1)
  }
  votes.delete('')
  const [most] = [...votes].toSorted(([, one], [, other]) => other - one)[0] ?? []
  return languageCodes.find((code) => code === most) ?? 'en'
}
