import {
  contentBuckets,
  gramBuckets,
  noAttributes,
  rateNames,
  structureNames,
  wordBuckets,
  type AttributeName,
  type Observation
} from '../../service/observation/observation.ts'

/** Monday 2026-03-02 09:00 UTC. */
export const monday9 = Date.UTC(2026, 2, 2, 9)
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export interface ObservationTraits {
  readonly receivedAt?: number
  readonly hour?: number
  readonly attributes?: Partial<Record<AttributeName, string>>
  readonly to?: readonly string[]
  readonly links?: readonly string[]
  readonly messageId?: string
  readonly parents?: readonly string[]
  readonly subject?: string
  readonly style?: Partial<Observation['style']>
}

const usual: Record<AttributeName, string> = {
  ...noAttributes,
  zone: '60',
  network24: 'n24-home',
  network16: 'n16-home',
  heloDomain: 'helo-home',
  heloShape: 'a.a',
  clientFamily: 'thunderbird',
  clientFull: 'Mozilla Thunderbird 128.2',
  headerOrder: 'order-1',
  headerSpelling: 'spelling-1',
  messageIdShape: 'x-x@',
  messageIdDomain: 'own-domain',
  mimeShape: 'text/plain',
  charset: 'utf-8',
  transferEncoding: '8bit',
  wrapBucket: '<=72',
  recipientsBucket: '1',
  kind: 'new',
  language: 'en',
  script: 'latin',
  fromName: 'name-1',
  fromAddress: 'address-1',
  selfCopied: 'no'
}

/** An observation of an ordinary message, with these traits of its own. `to` are people `name@domain`. */
export function observation(traits: ObservationTraits = {}): Observation {
  const receivedAt = traits.receivedAt ?? monday9
  return {
    version: 1,
    receivedAt,
    sizeBytes: 2_400,
    attributes: { ...usual, ...traits.attributes },
    hour: traits.hour ?? new Date(receivedAt).getUTCHours(),
    weekday: new Date(receivedAt).getUTCDay(),
    recipients: (traits.to ?? ['bob@example.net']).map((person) => ({
      person,
      domain: person.slice(person.indexOf('@') + 1)
    })),
    thread: {
      messageId: traits.messageId ?? '',
      parents: traits.parents ?? [],
      subject: traits.subject ?? ''
    },
    links: (traits.links ?? []).map((host) => ({ host, domain: host })),
    asName: '',
    claims: [],
    style: {
      authoredChars: 400,
      authoredWords: 70,
      quotedFraction: 0,
      words: [10, 20, 30, 40, 50],
      grams: [1, 2, 3, 4, 5, 6],
      gramCounts: [6, 5, 4, 3, 2, 1],
      rates: rateNames.map(() => 0.1),
      ...traits.style
    },
    content: { tokens: [], structure: structureNames.map(() => 0), passages: [] }
  }
}

/** A small seeded generator (mulberry32): the same chance in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The `index`-th message of a busy, varied sender: long texts, many people, several clients. */
export function variedObservation(random: () => number, index: number): Observation {
  const pick = (count: number): number => Math.floor(count * random() ** 2)
  const ascending = (count: number, below: number): number[] =>
    [...new Set(Array.from({ length: count }, () => Math.floor(below * random() ** 3)))].toSorted(
      (a, b) => a - b
    )
  const grams = ascending(400, gramBuckets)
  return {
    ...observation({
      receivedAt: monday9 + index * 3 * hour + Math.floor(random() * hour),
      attributes: {
        network24: `n24-${pick(30)}`,
        network16: `n16-${pick(12)}`,
        clientFull: `Mozilla Thunderbird ${pick(30)}.${pick(9)} (X11; Linux x86_64; rv:1.${pick(40)})`,
        headerOrder: `order-${pick(40)}`,
        mimeShape: `multipart/alternative(text/plain,text/html-${pick(20)})`,
        kind: random() < 0.5 ? 'reply' : 'new',
        recipientsBucket: String(pick(4)),
        subjectBracket: `b${pick(30)}`
      },
      to: Array.from({ length: 1 + pick(8) }, () => `p${pick(600)}@d${pick(150)}`),
      links: Array.from({ length: pick(4) }, () => `l${pick(400)}`),
      messageId: `m${index}`,
      parents: Array.from({ length: pick(6) }, () => `m${Math.floor(random() * 4_000)}`),
      subject: `s${pick(300)}`
    }),
    style: {
      authoredChars: 1_800,
      authoredWords: 300,
      quotedFraction: random() / 2,
      words: ascending(300, wordBuckets),
      grams,
      gramCounts: grams.map(() => 1 + pick(6)),
      rates: rateNames.map(() => random())
    },
    content: {
      tokens: ascending(600, contentBuckets),
      structure: structureNames.map(() => random()),
      passages: []
    }
  }
}
