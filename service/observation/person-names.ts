import type { Mailbox, ParsedMessage } from '../parse/parsed-message.ts'
import type { Envelope } from '../message/envelope.ts'
import { hash32 } from './public-hash.ts'

const maxNames = 400
const maxPeople = 50
const maxChars = 200
const notLetters = /[^\p{L}\p{M}]+/u

/**
 * Hashes of the words that name this message's people and their organisation: parts of recipients' names, of local parts and of
 * domain labels. The From name counts only where the address bears it out: a brand that somebody borrows must stay a word.
 */
export function personNames(
  message: Pick<ParsedMessage, 'from' | 'to' | 'cc'>,
  envelope: Envelope
): ReadonlySet<number> {
  const names = new Set<number>()
  for (const address of envelope.rcptTo.slice(0, maxPeople)) addParts(names, address)
  if (envelope.mailFrom !== null) addParts(names, envelope.mailFrom)
  for (const { name, address } of [...message.to.slice(0, maxPeople), ...message.cc.slice(0, maxPeople)]) {
    addParts(names, name)
    addParts(names, address)
  }
  for (const mailbox of message.from.slice(0, maxPeople)) {
    addParts(names, mailbox.address)
    if (bearsName(mailbox)) addParts(names, mailbox.name)
  }
  return names
}

/** `Vince Kaminski <vkaminski@…>`: one part of the name stands in the local part. */
function bearsName({ name, address }: Mailbox): boolean {
  const local = address.slice(0, address.lastIndexOf('@'))
  const parts = name.slice(0, maxChars).toLowerCase().split(notLetters)
  return parts.some((part) => part.length >= 3 && local.includes(part.slice(0, 5)))
}

function addParts(names: Set<number>, text: string): void {
  for (const part of text.slice(0, maxChars).toLowerCase().split(notLetters)) {
    if (part.length < 3 || common.has(part) || names.size >= maxNames) continue
    names.add(hash32(part))
  }
}

/** Parts of addresses that are words of the language, or say nothing of a person. */
const common = new Set([
  'com', 'org', 'net', 'mail', 'email', 'info', 'support', 'sales', 'service', 'admin', 'office', 'contact', 'news', 'team',
  'the', 'and', 'for', 'you', 'free', 'money', 'bank', 'online', 'security', 'account', 'billing', 'help', 'noreply', 'reply',
  'gmail', 'hotmail', 'yahoo', 'outlook', 'list', 'lists', 'users', 'group', 'customer', 'center', 'update', 'alert', 'alerts'
]) // prettier-ignore
