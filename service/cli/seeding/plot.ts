import { generateAttack, type AttackKind, type Knowledge } from '../../../datasets/synthetic-mail/attack.ts'
import { createChance } from '../../../datasets/synthetic-mail/chance.ts'
import { generateHistory } from '../../../datasets/synthetic-mail/history.ts'
import type { Device, MessagePlan, SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import { mailProgram } from '../../../datasets/synthetic-mail/mail-programs.ts'
import { serverAddress } from '../../../datasets/synthetic-mail/networks.ts'
import { createPersonas, type Persona } from '../../../datasets/synthetic-mail/persona.ts'
import { renderPlan } from '../../../datasets/synthetic-mail/render-plan.ts'

export interface PlotOptions {
  readonly seed: string
  /** Epoch ms of a Monday's midnight. */
  readonly from: number
  readonly weeks: number
  readonly senders: number
}

/** What happens at an invented installation. */
export interface Plot {
  /** Everything that is submitted, in order of time. */
  readonly mail: readonly SyntheticSubmission[]
  /** From here on a newer takeover model judges. Epoch ms. */
  readonly modelChangesAt: number
  /** From here on two thirds of the senders write from the provider's new web mail. Epoch ms. */
  readonly webmailMovesAt: number
  /** Epoch ms of the end. */
  readonly until: number
}

const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** Share of the time that has passed. */
const modelChange = 1 / 2
const webmailMove = 2 / 3
/** Whoever has fewer messages behind him has no habits to be unlike. */
const leastHistory = 30

/** Each befalls another sender. The first messages of those who read along are the hard ones. */
const takeovers: readonly (readonly [AttackKind, Knowledge])[] = [
  ['A1', 'M0'],
  ['A3', 'M1'],
  ['A2', 'M0'],
  ['A5', 'M1'],
  ['A4', 'M1'],
  ['A1', 'M1'],
  ['A3', 'M0'],
  ['A4L', 'M2'],
  ['A2', 'M1'],
  ['A5', 'M0'],
  ['A4', 'M0'],
  ['A3', 'M2']
]

/** Weeks of an installation's mail with what a history ought to show: takeovers, a new model, senders who change how they write. The same options give the same bytes. */
export function inventPlot({ seed, from, weeks, senders }: PlotOptions): Plot {
  const until = from + weeks * weekMs
  const webmailMovesAt = from + Math.round(weeks * 7 * webmailMove) * dayMs
  const webmail = createWebmail(seed)
  const people = createPersonas({ seed, count: senders }).map((persona, index) => ({
    persona,
    mail: generateHistory(persona, { from, days: weeks * 7 })
      .filter(({ receivedAt }) => receivedAt < until)
      .map((one) => (index % 3 !== 0 && one.receivedAt >= webmailMovesAt ? rewritten(one, webmail) : one))
  }))
  const stolen = people
    .filter(({ mail }) => mail.length > 2 * leastHistory)
    .slice(0, takeovers.length)
    .flatMap((victim, index) => stealFrom(victim, { index, seed, from, until }))
  const mail = [...people.flatMap((one) => one.mail), ...stolen]
  return {
    mail: mail.toSorted(
      (one, other) => one.receivedAt - other.receivedAt || (one.messageId < other.messageId ? -1 : 1)
    ),
    modelChangesAt: from + Math.round(weeks * 7 * modelChange) * dayMs,
    webmailMovesAt,
    until
  }
}

interface Person {
  readonly persona: Persona
  readonly mail: readonly SyntheticSubmission[]
}

interface Theft {
  readonly index: number
  readonly seed: string
  readonly from: number
  readonly until: number
}

const betweenMs = 95_000
/** Who sends to everybody goes on until somebody stops him. */
const bulkRounds = ['', ' and on', ' and on and on'] as const

/** From the second third of the time on, one after another; during the victim's waking hours, so that the hour does not give them away. */
function stealFrom({ persona, mail }: Person, { index, seed, from, until }: Theft): SyntheticSubmission[] {
  const [kind, knowledge] = takeovers[index] ?? (['A1', 'M0'] as const)
  const span = until - from
  const wanted = from + span * (0.35 + (0.6 * index) / takeovers.length)
  const place = mail.findIndex(({ receivedAt }, at) => at >= leastHistory && receivedAt >= wanted)
  const next = mail[place]
  if (next === undefined) return []
  const at = next.receivedAt - 1_260_000
  const history = mail.slice(0, place)
  const copied = rewritten(next, { at })
  const rounds = kind === 'A1' || kind === 'A2' ? bulkRounds : ['']
  const bad = rounds.flatMap((round) =>
    generateAttack(kind, { victim: persona, knowledge, seed: seed + round, at, history, next: copied })
  )
  return bad.map((one, number) => rewritten(one, { at: at + number * betweenMs }))
}

function createWebmail(seed: string): Pick<MessagePlan, 'device' | 'ip'> {
  const program = mailProgram('roundcube')
  const userAgent = program.agents[0] ?? ''
  const device: Device = {
    program: program.name,
    userAgent,
    helo: 'webmail.provider.example',
    place: 'server'
  }
  return { device, ip: serverAddress(createChance(`${seed} web mail`)) }
}

function rewritten(
  { plan, sender, label, family, attack }: SyntheticSubmission,
  changes: Partial<MessagePlan>
): SyntheticSubmission {
  return renderPlan({ ...plan, ...changes }, { sender, label, family, attack })
}
