import { readdirSync, readFileSync } from 'node:fs'
import type { ContentReading } from '../../service/features/family.ts'
import { attributeNames, structureNames, type Observation } from '../../service/observation/observation.ts'
import { day, hour, minute, monday9, observation as ordinaryObservation } from '../profile/observations.ts'

/** One case of test/corpora/behaviour: see the README there. */
export interface BehaviourCase {
  readonly family: string
  readonly title: string
  readonly history: readonly Mail[]
  /** One message of each neighbour. */
  readonly neighbours: readonly Mail[]
  readonly message: Mail
  readonly ordinary: Mail
  readonly expected: readonly Expected[]
}

export interface Mail {
  readonly observation: Observation
  readonly reading: ContentReading | null
}

export interface Expected {
  readonly relation: 'higher' | 'lower' | 'same' | 'is'
  readonly feature: string
  /** For `is`. */
  readonly value: number
}

const directory = new URL('../corpora/behaviour/', import.meta.url)

export function readBehaviourCases(): readonly BehaviourCase[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.txt'))
  return files.flatMap((name) => {
    const family = name.slice(0, -'.txt'.length)
    const blocks = readFileSync(new URL(name, directory), 'utf8').split(/\n{2,}/u)
    return blocks
      .filter((block) => block.startsWith('case: '))
      .map((block) => parseCase(family, block.trim()))
  })
}

interface Line {
  readonly key: string
  readonly value: string
}

function parseCase(family: string, block: string): BehaviourCase {
  const lines = block.split('\n').map((line): Line => {
    const colon = line.indexOf(': ')
    return { key: line.slice(0, colon), value: line.slice(colon + 2) }
  })
  const valuesOf = (key: string): readonly string[] =>
    lines.filter((line) => line.key === key).map(({ value }) => value)
  const history = valuesOf('history').flatMap(repeated)
  const dated = history.map((traits, index) => written(traits, monday9 + index * day, `h${index + 1}`))
  const next = monday9 + history.length * day
  const message = valuesOf('message')[0] ?? ''
  return {
    family,
    title: valuesOf('case')[0] ?? '',
    history: dated,
    neighbours: valuesOf('neighbours')
      .flatMap(repeated)
      .map((traits) => written(traits, monday9, '')),
    message: written(message, next, 'next'),
    ordinary: written(valuesOf('ordinary')[0] ?? history.at(-1) ?? '', next, 'next'),
    expected: lines.flatMap((line) => expectedOf(family, line))
  }
}

/** `40 x to bob@example.net` → forty times what follows. */
function repeated(value: string): readonly string[] {
  const match = /^(\d+) x ?(.*)$/u.exec(value)
  return Array.from({ length: Number(match?.[1] ?? 1) }, () => match?.[2] ?? value)
}

function expectedOf(family: string, { key, value }: Line): readonly Expected[] {
  const named = (name: string): string => (name.includes('.') ? name : `${family}.${name}`)
  const words = value.split(' ')
  if (key === 'is') return [{ relation: key, feature: named(words[0] ?? ''), value: Number(words[1]) }]
  if (key !== 'higher' && key !== 'lower' && key !== 'same') return []
  return words.map((name) => ({ relation: key, feature: named(name), value: Number.NaN }))
}

/** What a line says of a message, by the first word of each part. */
type Traits = (name: string) => readonly string[] | undefined

/** `to a@x b@x; link x.org; clientFamily mutt; after 5 minutes` as an observation; `next` is a day after the last one. */
function written(text: string, next: number, messageId: string): Mail {
  const of = traitsOf(text)
  const hourText = of('hour')?.[0]
  const plain = ordinaryObservation({
    receivedAt: receivedAt(of('after'), next),
    messageId,
    attributes: attributesOf(of),
    to: of('to') ?? ['bob@example.net'],
    links: of('link') ?? [],
    parents: of('answers') ?? [],
    subject: (of('subject') ?? []).join(' '),
    style: styleOf(of),
    ...(hourText !== undefined && { hour: Number(hourText) })
  })
  const [whole, ...passages] = (of('logits') ?? []).map(Number)
  return {
    observation: { ...plain, ...scalesOf(of, plain), content: contentOf(of) },
    reading: whole === undefined ? null : { whole, passages }
  }
}

function scalesOf(
  of: Traits,
  { sizeBytes, weekday }: Observation
): Pick<Observation, 'sizeBytes' | 'weekday'> {
  return { sizeBytes: Number(of('size')?.[0] ?? sizeBytes), weekday: Number(of('weekday')?.[0] ?? weekday) }
}

function contentOf(of: Traits): Observation['content'] {
  const cues = of('cue') ?? []
  return {
    tokens: [],
    structure: structureNames.map((name) => Number(cues.includes(name))),
    passages: []
  }
}

function traitsOf(text: string): Traits {
  const parts = text.split(';').map((part) => part.trim().split(' '))
  for (const [name = ''] of parts) if (!isTrait(name)) throw new Error(`no trait of a message: ${name}`)
  return (name) => parts.find(([first]) => first === name)?.slice(1)
}

const otherTraits =
  'to link answers subject hour weekday after size cue words grams rates authored quoted logits'.split(' ')

function isTrait(name: string): boolean {
  return name === '' || otherTraits.includes(name) || attributeNames.some((known) => known === name)
}

const units: Readonly<Record<string, number>> = { second: 1_000, minute, hour }

/** `20 seconds` after the last message; without it, a day. */
function receivedAt(after: readonly string[] | undefined, next: number): number {
  if (after === undefined) return next
  const [count = '', unit = ''] = after
  return next - day + Number(count) * (units[unit.replace(/s$/u, '')] ?? Number.NaN)
}

function attributesOf(of: Traits): Partial<Observation['attributes']> {
  const named = attributeNames.flatMap((name) => {
    const value = of(name)
    return value === undefined ? [] : [[name, value.join(' ')] as const]
  })
  return Object.fromEntries(named)
}

function styleOf(of: Traits): Partial<Observation['style']> {
  const words = of('words')?.map(Number)
  const grams = of('grams')?.map(Number)
  const rate = of('rates')?.[0]
  const authored = of('authored')?.[0]
  const quoted = of('quoted')?.[0]
  return {
    ...(words && { words }),
    ...(grams && { grams, gramCounts: grams.map(() => 3) }),
    ...(rate !== undefined && { rates: ordinaryObservation().style.rates.map(() => Number(rate)) }),
    ...(authored !== undefined && { authoredWords: Number(authored), authoredChars: 6 * Number(authored) }),
    ...(quoted !== undefined && { quotedFraction: Number(quoted) })
  }
}
