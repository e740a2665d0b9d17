import { languageCodes, type LanguageCode } from '../../../datasets/synthetic-mail/language.ts'
import type { Observation, ObservedRecipient } from '../../../service/observation/observation.ts'

/** What somebody who reads this mailbox knows of its owner. */
export interface ObservedMailbox {
  readonly contacts: readonly ObservedRecipient[]
  /** The latest messages sent, oldest first. */
  readonly sent: readonly Observation[]
  /** In which most of the messages are; English where it is none that bad texts are written in. */
  readonly language: LanguageCode
}

const keptMessages = 30
const keptContacts = 500

/** A mailbox that fills as its owner writes. Of people it keeps those written to lately. */
export function openObservedMailbox(): { readonly view: ObservedMailbox; add(mail: Observation): void } {
  const contacts = new Map<string, ObservedRecipient>()
  const votes = new Map<string, number>()
  let sent: readonly Observation[] = []
  return {
    view: {
      get contacts() {
        return [...contacts.values()]
      },
      get sent() {
        return sent
      },
      get language() {
        const [most] = [...votes].toSorted(([, one], [, other]) => other - one)[0] ?? []
        return languageCodes.find((code) => code === most) ?? 'en'
      }
    },
    add(mail) {
      for (const recipient of mail.recipients) {
        contacts.delete(recipient.person)
        contacts.set(recipient.person, recipient)
      }
      for (const person of contacts.keys()) {
        if (contacts.size <= keptContacts) break
        contacts.delete(person)
      }
      const { language } = mail.attributes
      if (language !== '') votes.set(language, (votes.get(language) ?? 0) + 1)
      sent = [...sent.slice(1 - keptMessages), mail]
    }
  }
}
