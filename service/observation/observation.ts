import type { Claim } from './claims.ts'

/**
 * What one submission shows, without judging it: small and storable. People, hosts and threads stand as keyed hashes (HMAC with the
 * installation's key, 8 bytes as base64url); model tokens as a fixed public hash, so that bundled weights fit every installation.
 */
export interface Observation {
  readonly version: 1
  /** Of what was not shown nothing is known: it is neither usual nor empty. Absent: the whole message. */
  readonly shows?: 'envelope'
  /** Epoch ms at which the submission was received. */
  readonly receivedAt: number
  readonly sizeBytes: number
  /** Categorical values by name; '' where the message shows none (absence is never held against it). */
  readonly attributes: Readonly<Record<AttributeName, string>>
  /** Sender's local time by the zone of the Date field; UTC if there is none. */
  readonly hour: number
  /** 0 = Sunday. */
  readonly weekday: number
  readonly recipients: readonly ObservedRecipient[]
  readonly thread: ObservedThread
  readonly links: readonly ObservedLink[]
  /** Who operates the client's network, as people read it; '' if not known. The number itself is the attribute `asn`. */
  readonly asName: string
  /** What the message says of how it came to be sent: see `claims.ts`. */
  readonly claims: readonly Claim[]
  readonly style: ObservedStyle
  /** Model input of the content model. Not part of the profile, nor of the journal. */
  readonly content: ObservedContent
}

/** The categorical habits. Appending is safe; any other edit needs a new model (the feature digest changes). */
export const attributeNames = [
  'zone', // minutes east of UTC, as text
  'network24', // keyed hash of IPv4 /24 or IPv6 /48
  'network16', // keyed hash of IPv4 /16 or IPv6 /32
  'heloDomain', // keyed hash of the registrable domain of HELO
  'heloShape', // HELO with letters and digits masked: `a.a.9`
  'clientFamily', // thunderbird, outlook, apple-mail, git-send-email, …
  'clientFull', // User-Agent or X-Mailer as given, at most 80 characters
  'headerOrder', // fixed hash of the lower-cased names in order
  'headerSpelling', // fixed hash of the names as spelled, sorted
  'messageIdShape', // local part masked
  'messageIdDomain', // keyed hash
  'mimeShape', // types of the tree in order, `multipart/alternative(text/plain,text/html)`
  'charset',
  'transferEncoding',
  'wrapBucket', // longest authored line: `<=72`, `<=80`, `<=100`, `<=998`, `>998`
  'recipientsBucket', // `1`, `2`, `3-5`, `6-10`, `11-50`, `>50`
  'kind', // new, reply, forward, auto, list
  'language',
  'script', // latin, cyrillic, han, thai, arabic, mixed, …
  'greeting', // fixed hash of the first words before the name, '' if none
  'signOff',
  'signature', // keyed hash of the block below `-- `
  'fromName', // keyed hash of the display name
  'fromAddress', // keyed hash of header-From
  'subjectBracket', // `[word]` prefix, fixed hash
  'attachmentTypes', // sorted distinct extensions
  'selfCopied', // yes or no: own address among the recipients
  'asn', // autonomous system of the client: `AS14061`
  'country', // where its network is registered: `NL`
  'boundaryShape', // MIME boundary masked: programs make theirs in their own way
  'tls' // version and cipher family of the client's session: `TLSv1.3 aes256-gcm`
] as const
export type AttributeName = (typeof attributeNames)[number]

/** What shows without any content. */
export const envelopeAttributes = [
  'network24',
  'network16',
  'heloDomain',
  'heloShape',
  'asn',
  'country',
  'tls',
  'recipientsBucket'
] as const satisfies readonly AttributeName[]
export type EnvelopeAttribute = (typeof envelopeAttributes)[number]

/** What a message shows that shows nothing; also what an older record shows of attributes that came later. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each name of the table
export const noAttributes = Object.fromEntries(attributeNames.map((name) => [name, ''])) as Readonly<
  Record<AttributeName, string>
>

export interface ObservedRecipient {
  /** Keyed hash of the canonical address. */
  readonly person: string
  /** Keyed hash of the domain. */
  readonly domain: string
}

export interface ObservedThread {
  /** Keyed hash of our own Message-ID, '' if missing. */
  readonly messageId: string
  /** Keyed hashes of In-Reply-To and References, at most 20, the last ones. */
  readonly parents: readonly string[]
  /** Keyed hash of the subject without Re:, Fwd: and brackets; '' if empty. */
  readonly subject: string
}

export interface ObservedLink {
  readonly host: string
  /** Keyed hash of the registrable domain. */
  readonly domain: string
}

/** How the sender writes: on authored text only (without quotes, signature, greeting and sign-off). */
export interface ObservedStyle {
  readonly authoredChars: number
  readonly authoredWords: number
  readonly quotedFraction: number
  /** Distinct hashed words of the authored text, below `wordBuckets`, at most 300, ascending. */
  readonly words: readonly number[]
  /** Hashed character 3- and 4-grams, below `gramBuckets`, at most 400 heaviest, ascending; `gramCounts` runs beside it. */
  readonly grams: readonly number[]
  readonly gramCounts: readonly number[]
  /** Rates by `rateNames`, each 0 to 1 unless its name says otherwise. */
  readonly rates: readonly number[]
}

export const wordBuckets = 65_536
export const gramBuckets = 8_192

/** Punctuation and case habits: per 100 characters, or a share. */
export const rateNames = [
  'comma', 'period', 'exclamation', 'question', 'colon', 'semicolon', 'dash', 'ellipsis', 'parenthesis', 'quote',
  'apostrophe', 'digit', 'upper', 'upperWord', 'lowerSentence', 'emoji', 'doubleSpace', 'blankLine', 'functionWord',
  'wordLength', 'sentenceLength'
] as const // prettier-ignore
export type RateName = (typeof rateNames)[number]

export interface ObservedContent {
  /** Distinct hashed word 1-2-grams and character n-grams of subject and body, below `contentBuckets`, at most 1,500, ascending. */
  readonly tokens: readonly number[]
  /** By `structureNames`. */
  readonly structure: readonly number[]
  /**
   * Overlapping stretches of the authored text in reading order, at most `maxPassages`, each as hashed words and pairs of words like `tokens`:
   * one bad line in a good message.
   */
  readonly passages: readonly (readonly number[])[]
}

export const maxPassages = 10

export const contentBuckets = 262_144

/** What the content model knows of the shape. Every value is finite; counts are log(1 + n) where the name ends in `Log`. */
export const structureNames = [
  'sizeLog', 'textLengthLog', 'htmlOnly', 'hasHtml', 'htmlRatio', 'linkCountLog', 'linkDomainsLog', 'linkTextMismatch',
  'linkIp', 'linkShortener', 'linkPunycode', 'linkLongHost', 'imageCountLog', 'imageToText', 'attachmentCountLog',
  'attachmentExecutable', 'attachmentArchive', 'attachmentHtml', 'subjectUpper', 'subjectExclamation', 'subjectEmpty',
  'subjectReplyWithoutThread', 'bodyUpper', 'bodyExclamation', 'money', 'phone', 'urgency', 'credential', 'unsubscribe',
  'cryptoAddress', 'hiddenText', 'zeroWidth', 'mixedScript', 'replyToDiffers', 'fromNameHasAddress', 'quotedFraction',
  'recipientCountLog', 'base64Text', 'authoredEmpty', 'formInHtml'
] as const // prettier-ignore
export type StructureName = (typeof structureNames)[number]

/** Of a message whose content is not shown: blank, which `shows` tells from empty. */
export const unseenContent: Pick<Observation, 'shows' | 'thread' | 'links' | 'style' | 'content'> = {
  shows: 'envelope',
  thread: { messageId: '', parents: [], subject: '' },
  links: [],
  style: {
    authoredChars: 0,
    authoredWords: 0,
    quotedFraction: 0,
    words: [],
    grams: [],
    gramCounts: [],
    rates: []
  },
  content: { tokens: [], structure: structureNames.map(() => 0), passages: [] }
}
