import type { LanguageCode } from '../../../datasets/synthetic-mail/language.ts'
import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import { extractBehaviour } from '../../../service/features/behaviour.ts'
import type { Observation } from '../../../service/observation/observation.ts'
import { readContent } from '../../../service/scoring/judging/read-content.ts'
import { shownRow } from '../../../service/scoring/judging/shown-row.ts'
import type { HistoryScore } from '../../backtest/history/history-score.ts'
import type { SpanMessage } from '../../backtest/history/open-span.ts'
import type { TestedModels } from '../../backtest/history/tested-models.ts'
import type { PriorTimeline } from '../../history/prior-timeline.ts'
import type { Replayed } from '../../history/replay-sender.ts'
import { installationOf } from '../../history/replayed-features.ts'
import { outsideOf, type ShownMessage } from '../../history/replayed-risk.ts'
import { nearestWriters } from '../../takeover/impostors/nearest-writers.ts'
import { labelOf } from '../attack-cell.ts'
import type { LentBy } from './draw-lent.ts'
import type { Lender } from './lenders.ts'
import { makeObservedAttack, type ObservedAttack } from './make-observed-attack.ts'
import { openObservedMailbox } from './observed-mailbox.ts'
import type { ObservedTexts } from './observed-texts.ts'
import { planAttacks, type AttackPlan } from './plan-attacks.ts'

/** An honest message or an attack, as the models are shown it. */
export interface Played {
  readonly shown: ShownMessage
  readonly about: Pick<HistoryScore, 'sender' | 'label' | 'role' | 'truth' | 'messagesSeen' | 'at'>
}

export interface VictimsOptions {
  readonly tested: Pick<TestedModels, 'models' | 'background'>
  readonly timeline: PriorTimeline
  /** Messages of each sender in the span. */
  readonly counts: ReadonlyMap<string, number>
  readonly lenders: readonly Lender[]
  readonly texts: ObservedTexts
  readonly warmUp: number
  readonly attacksPerSender: number
  readonly chanceOf: (sender: string) => Chance
}

export interface Victims {
  /** A message that came before the span: it fills the mailbox. */
  meet(replayed: Replayed): void
  /** The attacks that come before this message, then the message itself. Sender after sender. */
  play(message: SpanMessage): Promise<readonly Played[]>
  counts(): { readonly notHonest: number; readonly notMade: number }
}

interface Victim {
  readonly sender: string
  readonly mailbox: ReturnType<typeof openObservedMailbox>
  readonly chance: Chance
  /** Honest messages of the span so far. */
  sent: number
  /** Made when the first attack may come. */
  plan: AttackPlan | null
  /** Found before the first attack. */
  lent: LentBy | null
}

/** Bad mail of this history that later victims may meet. */
const keptBad = 200

/** Plays the part of the thieves. Holds one victim at a time. */
export function openVictims(options: VictimsOptions): Victims {
  const { counts, chanceOf, warmUp } = options
  const badMail: { readonly sender: string; readonly observation: Observation }[] = []
  const found = { notHonest: 0, notMade: 0 }
  let current: Victim | null = null

  function victimOf(sender: string): Victim {
    if (current?.sender === sender) return current
    found.notMade += current?.plan?.left() ?? 0
    current = { sender, mailbox: openObservedMailbox(), chance: chanceOf(sender), sent: 0, plan: null, lent: null }
    return current
  }

  function planFor(victim: Victim, { profile }: Replayed): AttackPlan | null {
    const messages = counts.get(victim.sender) ?? 0
    if (victim.plan === null && profile.messagesSeen >= Math.min(warmUp, Math.floor(messages / 2)))
      victim.plan = planAttacks({ from: victim.sent, to: messages, attacks: options.attacksPerSender }, victim.chance)
    return victim.plan
  }

  async function attacksOn(victim: Victim, replayed: Replayed): Promise<readonly Played[]> {
    const next = replayed.observation
    const cells = planFor(victim, replayed)?.due(victim.sent, next) ?? []
    const played: Played[] = []
    for (const cell of cells) {
      const { language } = victim.mailbox.view
      victim.lent ??= lentTo(language, replayed, options)
      const others = badMail.filter(({ sender }) => sender !== victim.sender)
      const sources = { ...victim.lent, texts: options.texts, badMail: others.map(({ observation }) => observation) }
      const attack = await makeObservedAttack(cell, { next, mailbox: victim.mailbox.view }, sources, victim.chance)
      if (attack === null) found.notMade += 1
      else played.push(await showAttack(attack, labelOf(cell), replayed, options))
    }
    return played
  }

  return {
    meet: ({ row, observation }) => victimOf(row.sender).mailbox.add(observation),
    async play(message) {
      const { replayed, label } = message
      const { row, observation } = replayed
      const victim = victimOf(row.sender)
      if (label.truth !== 'honest') {
        found.notHonest += 1
        if (label.truth === 'bad' && observation.shows !== 'envelope' && badMail.length < keptBad)
          badMail.push({ sender: row.sender, observation })
        return []
      }
      const attacks = observation.shows === 'envelope' ? [] : await attacksOn(victim, replayed)
      victim.sent += 1
      victim.mailbox.add(observation)
      return [...attacks, showHonest(message)]
    },
    counts: () => ({ ...found, notMade: found.notMade + (current?.plan?.left() ?? 0) })
  }
} // prettier-ignore

/** Whose words a thief may use in this mailbox: of those who write its language, the nearest writer by what their habits show. */
function lentTo(language: LanguageCode, { profile }: Replayed, { lenders, tested }: VictimsOptions): LentBy {
  const alike = lenders.filter((one) => one.language === language)
  const writers = alike.length > 0 ? alike : lenders
  const [order = []] = nearestWriters([profile, ...writers.map((one) => one.profile)], tested.background)
  const nearest = writers[(order[0] ?? 1) - 1]
  if (nearest === undefined) throw new RangeError('nobody lends')
  return { lenders, writers, nearest }
}

function showHonest({ replayed, features, reading }: SpanMessage): Played {
  const { row, observation } = replayed
  return {
    shown: { shows: observation.shows, features, reading, outside: outsideOf(row) },
    about: { ...aboutOf(replayed), label: 'honest', role: 'observe', truth: 'honest' }
  }
}

/** Beside the habits of the message that it comes before. Whoever it wears is left out of what the installation knows: nobody here knows a thief. */
async function showAttack(
  { observation, wears }: ObservedAttack,
  label: string,
  replayed: Replayed,
  { tested: { models, background }, timeline }: VictimsOptions
): Promise<Played> {
  const { profile, row } = replayed
  const around = installationOf(replayed, timeline)
  const without = [...around.without, ...wears.map((lender) => lender.residentAt(row.priors))]
  const reading = models.content === null ? null : await readContent(models.content, observation.content)
  const behaviour = extractBehaviour(observation, profile, { ...background, installation: { ...around, without } }, reading)
  const features = shownRow(behaviour, models.takeover?.neutralRow ?? null)
  return {
    shown: { shows: observation.shows, features, reading, outside: 0 },
    about: { ...aboutOf(replayed), label, role: 'probe', truth: 'bad' }
  }
} // prettier-ignore

function aboutOf({ row, profile }: Replayed): Pick<HistoryScore, 'sender' | 'messagesSeen' | 'at'> {
  return { sender: row.sender, messagesSeen: profile.messagesSeen, at: row.received_at }
}
