import type { Envelope } from '../message/envelope.ts'
import type { Client } from '../message/submission.ts'
import type { ParsedMessage } from '../parse/parsed-message.ts'
import { observeClaims } from './claims.ts'
import { contentStructure } from './content-structure.ts'
import { contentTokens, passagesOf } from './content-tokens.ts'
import type { KeyedHash } from './keyed-hash.ts'
import { readLanguage } from './language.ts'
import { localTime } from './local-time.ts'
import { unknownOrigin, type NetworkOrigin } from './network.ts'
import type { Observation } from './observation.ts'
import { observeAttributes } from './observe-attributes.ts'
import { observeLinks, resolveLinks } from './observe-links.ts'
import { observeRecipients } from './observe-recipients.ts'
import { observeStyle } from './observe-style.ts'
import { observeThread } from './observe-thread.ts'
import { personNames } from './person-names.ts'
import { scanWords, type Words } from './scan-words.ts'
import { scriptOf } from './script.ts'
import { splitAuthored, type SplitBody } from './split-authored.ts'
import { subjectParts } from './subject-parts.ts'
import { textFacts } from './text-facts.ts'
import { toVisibleText } from './visible-text.ts'

export interface ObservationContext {
  /** Epoch ms. */
  readonly receivedAt: number
  readonly client: Client
  readonly envelope: Envelope
  readonly sender: string
  readonly keyedHash: KeyedHash
  /** Of the client's address, looked up beforehand; nothing is known without it. */
  readonly network?: NetworkOrigin | undefined
}

/** What one submission shows. Pure: the same message and context give the same observation, in service, training and backtest. */
export function observeMessage(message: ParsedMessage, context: ObservationContext): Observation {
  const { keyedHash, receivedAt, client, envelope, sender, network = unknownOrigin } = context
  const visible = toVisibleText(bodyText(message))
  const split = splitAuthored(visible.text)
  const words = scanWords(split.authored)
  const visibleSubject = toVisibleText(message.subject)
  const subject = subjectParts(visibleSubject.text)
  const script = scriptOf(split.authored)
  const { language, functionWordShare } = readLanguage(words, script)
  const links = resolveLinks(message)
  const recipients = observeRecipients(envelope, keyedHash)
  const body = contentBody(message, split, words)
  const names = personNames(message, envelope)
  const invisible = visible.invisible + visibleSubject.invisible
  return {
    version: 1,
    receivedAt,
    sizeBytes: message.sizeBytes,
    attributes: observeAttributes({
      message,
      client,
      envelope,
      sender,
      subject,
      split,
      script,
      language,
      keyedHash,
      network
    }),
    ...localTime(receivedAt, message.date?.zoneMinutes ?? 0),
    recipients,
    thread: observeThread(message, subject.topic, keyedHash),
    links: observeLinks(links, keyedHash),
    asName: network.asName,
    claims: observeClaims(message, envelope, sender),
    style: observeStyle(split, words, functionWordShare),
    content: {
      tokens: contentTokens({
        subject: scanWords(subject.topic),
        body,
        links,
        names
      }),
      passages: passagesOf(words, names),
      structure: contentStructure({
        message, split, subject, links, facts: textFacts(body), recipients: recipients.length, invisible
      }) // prettier-ignore
    }
  }
}

/** Plain text, unless the HTML beside it says much more: then the plain text is a stand-in that no reader sees. */
function bodyText({ text, htmlText }: ParsedMessage): string {
  return text.length * 2 < htmlText.length || text.trim() === '' ? htmlText : text
}

/** Little own text above a lot of foreign text says nothing; what is carried along then is the content. */
const minOwnChars = 40

/**
 * What the content model reads: the sender's own words. Everything, where there are hardly any, or where text is quoted that no
 * thread explains. HTML that says something else than the plain text beside it is read too: most readers see only that.
 */
function contentBody(message: ParsedMessage, split: SplitBody, words: Words): Words {
  const inThread = message.inReplyTo !== null || message.references.length > 0
  const ownEnough = split.coreEnd - split.coreStart >= minOwnChars
  const withQuotes = split.quoted !== '' && !(inThread && ownEnough)
  const pieces = [split.authored]
  if (withQuotes) pieces.push(split.quoted)
  const { text, htmlText } = message
  if (text.trim() !== '' && htmlText !== '' && !saysTheSame(text, htmlText)) {
    pieces.push(toVisibleText(bodyText(message) === text ? htmlText : text).text)
  }
  return pieces.length === 1 ? words : scanWords(pieces.join('\n'))
}

/** Compares a few samples of the HTML's letters with those of the text. */
function saysTheSame(text: string, htmlText: string): boolean {
  const plain = lettersOf(text.slice(0, 20_000))
  const seen = lettersOf(htmlText.slice(0, 10_000))
  const samples = [0.1, 0.3, 0.5, 0.7, 0.9].map((place) => {
    const start = Math.floor(seen.length * place)
    return seen.slice(start, start + 20)
  })
  return samples.filter((sample) => plain.includes(sample)).length >= 3
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}]+/gu, '')
}
