import type { Background } from '../../service/features/background.ts'
import { leaveOut } from '../../service/features/background.ts'
import { noInstallation } from '../../service/features/installation.ts'
import { extractBehaviour } from '../../service/features/behaviour.ts'
import type { Observation, ObservedRecipient } from '../../service/observation/observation.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import type { ProfileBounds } from '../../service/profile/profile-bounds.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import type { Random } from '../../service/verdict/budget/seeded-random.ts'
import { disguise } from './impostors/header-knowledge.ts'
import { composeAttack, type ImpostorFamily } from './impostors/impostor-attacks.ts'
import { installationOf, type Home } from './neighbourhoods.ts'
import { firstAttackAt } from './corpus/observe-histories.ts'
import type {
  AttackFamily,
  BadMail,
  CraftedMail,
  Knowledge,
  SenderHistory,
  SourceName,
  TrainingMail
} from './corpus/sender-history.ts'

/** One message compared with one sender's habits before it. */
export interface BehaviourRow {
  readonly source: SourceName
  /** Number of the sender in the list of those walked. */
  readonly sender: number
  readonly family: AttackFamily | 'honest'
  readonly knowledge: Knowledge | null
  /** Epoch ms. */
  readonly at: number
  /** Messages that the profile had learned. */
  readonly seen: number
  /** From a walk that starts in the middle, as if the sender were new: more to learn of short histories, but the same mail again. */
  readonly repeated: boolean
  readonly row: Float32Array
  readonly spamLogit: number | null
}

/** A sender, and what the background must not know of it: the profile that it was built from; null if it never met the sender. */
export interface Met {
  readonly history: SenderHistory
  readonly met: Profile | null
  /** Absent: alone with Sluice. */
  readonly home?: Home
}

export interface Victim extends Met {
  /** Senders of the same side of every split. The nearest writer first. */
  readonly impostors: readonly Met[]
  readonly badMail: readonly BadMail[]
}

export interface WalkOptions {
  readonly sender: number
  readonly background: Background
  readonly random: Random
  /** Composed attacks per honest message. */
  readonly attackRate: number
  readonly bounds: ProfileBounds
}

/** The profile after the whole history. */
export function foldHistory({ mail }: SenderHistory, bounds: ProfileBounds): Profile {
  return mail.reduce(
    (profile, { observation }) => foldObservation(profile, observation, { bounds }),
    emptyProfile()
  )
}

/** Each message in order against the profile so far; attacks beside it; then it is learned. */
export function walkSender(known: Victim, options: WalkOptions): BehaviourRow[] {
  const { mail } = known.history
  const whole = walk(known, 0, mail.length, false, options)
  const middle = Math.floor(mail.length / 2)
  return mail.length < 30
    ? whole
    : [...whole, ...walk(known, middle, middle + newcomerMessages, true, options)]
}

const newcomerMessages = 12

function walk(
  known: Victim,
  from: number,
  to: number,
  repeated: boolean,
  options: WalkOptions
): BehaviourRow[] {
  const { mail, crafted } = known.history
  const rows: BehaviourRow[] = []
  const contacts = new Map<string, ObservedRecipient>()
  let profile = emptyProfile()
  for (const [step, next] of mail.slice(from, to).entries()) {
    const place: Place = {
      known,
      profile,
      next: next.observation,
      contacts: [...contacts.values()],
      repeated
    }
    rows.push(toRow(place, next, 'honest', null, [known], options))
    if (step >= firstAttackAt) {
      if (!repeated)
        rows.push(
          ...craftedRows(
            place,
            crafted.filter(({ at }) => at === from + step),
            options
          )
        )
      if (options.random() < options.attackRate) rows.push(...impostorRow(place, options))
    }
    profile = foldObservation(profile, next.observation, { bounds: options.bounds })
    for (const recipient of next.observation.recipients) contacts.set(recipient.person, recipient)
  }
  return rows
}

interface Place {
  readonly known: Victim
  readonly profile: Profile
  readonly next: Observation
  readonly contacts: readonly ObservedRecipient[]
  readonly repeated: boolean
}

const families: readonly ImpostorFamily[] = ['A1', 'A2', 'A3', 'A5', 'A6', 'A6H', 'A6K']
const familyShares = [1, 1, 2, 2, 3, 2, 1]
const knowledgeShares = [20, 20, 60]

function impostorRow(place: Place, options: WalkOptions): BehaviourRow[] {
  const { random } = options
  const { known, next, contacts } = place
  const family = families[weighted(familyShares, random)] ?? 'A6'
  const rank = family === 'A6H' ? Math.floor(random() * 2) : Math.floor(random() * known.impostors.length)
  const impostor = known.impostors[rank]
  const other = impostor === undefined ? undefined : anyOf(impostor.history.mail, random)
  if (impostor === undefined || other === undefined) return []
  const text = composeAttack({ family, next, contacts, other, badMail: known.badMail, random })
  if (text === null) return []
  const knowledge = drawKnowledge(random)
  const network = elsewhere(known, next, random)
  const observation = disguise(text.observation, {
    knowledge,
    next,
    elsewhere: network.observation,
    thief: text.observation,
    random
  })
  const without = [known, impostor, network.of]
  return [toRow(place, { ...text, observation }, family, knowledge, without, options)]
}

/** Attacks made in the victim's client arrive as M2 and, changed, as M0 or M1; those of the generator as they were made. */
function craftedRows(place: Place, crafted: readonly CraftedMail[], options: WalkOptions): BehaviourRow[] {
  const { known, next } = place
  const { random } = options
  return crafted.flatMap((attack) => {
    if (attack.knowledge !== null)
      return [toRow(place, attack, attack.family, attack.knowledge, [known], options)]
    const lesser: Knowledge = random() < 0.5 ? 'M0' : 'M1'
    return ([lesser, 'M2'] as const).map((knowledge) => {
      const thief = anyOf(known.badMail, random)?.observation ?? attack.observation
      const network = elsewhere(known, next, random)
      const observation = disguise(attack.observation, {
        knowledge,
        next,
        elsewhere: network.observation,
        thief,
        random
      })
      return toRow(place, { ...attack, observation }, attack.family, knowledge, [known, network.of], options)
    })
  })
}

function toRow(
  place: Place,
  mail: TrainingMail,
  family: BehaviourRow['family'],
  knowledge: Knowledge | null,
  without: readonly Met[],
  options: WalkOptions
): BehaviourRow {
  const { profile, repeated, known } = place
  const profiles = without.flatMap(({ met }) => met ?? [])
  const others = without.flatMap(({ home }) => home ?? [])
  const installation = known.home && installationOf(known.home, others, options.random)
  const background = {
    ...leaveOut(options.background, profiles),
    installation: installation ?? noInstallation
  }
  const { row } = extractBehaviour(mail.observation, profile, background, mail.reading)
  return {
    source: known.history.source, sender: options.sender, family, knowledge, repeated, row,
    at: mail.observation.receivedAt, seen: profile.messagesSeen, spamLogit: mail.reading?.whole ?? null
  } // prettier-ignore
}

/** Somebody else's message that still shows its network. Whose it is must be left out: a thief's network is known to nobody here. */
function elsewhere(
  known: Victim,
  next: Observation,
  random: Random
): { readonly observation: Observation; readonly of: Met } {
  for (let draw = 0; draw < 60; draw += 1) {
    const other = anyOf(known.impostors, random)
    const found = anyOf(other?.history.mail ?? [], random)?.observation
    if (other !== undefined && found !== undefined && showsAsMuch(found, next))
      return { observation: found, of: other }
  }
  return { observation: known.history.mail[0]?.observation ?? unreachable(), of: known }
}

/** Of its network: an address that belongs to no AS must not be what tells the thief. */
function showsAsMuch({ attributes }: Observation, next: Observation): boolean {
  return attributes.network16 !== '' && (attributes.asn !== '') === (next.attributes.asn !== '')
}

function unreachable(): never {
  throw new RangeError('a sender without mail is not walked')
}

function drawKnowledge(random: Random): Knowledge {
  return (['M0', 'M1', 'M2'] as const)[weighted(knowledgeShares, random)] ?? 'M2'
}

function anyOf<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)]
}

function weighted(shares: readonly number[], random: Random): number {
  let left = random() * shares.reduce((sum, share) => sum + share, 0)
  const found = shares.findIndex((share) => (left -= share) < 0)
  return found < 0 ? shares.length - 1 : found
}
