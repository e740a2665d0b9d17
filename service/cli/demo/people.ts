import { generateAttack, type AttackKind, type Knowledge } from '../../../datasets/synthetic-mail/attack.ts'
import { generateHistory } from '../../../datasets/synthetic-mail/history.ts'
import type { LanguageCode } from '../../../datasets/synthetic-mail/language.ts'
import type { SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import { createPersonas, type Persona } from '../../../datasets/synthetic-mail/persona.ts'
import { renderPlan } from '../../../datasets/synthetic-mail/render-plan.ts'
import { localTime } from '../../../datasets/synthetic-mail/zone.ts'

/** One of the demo's people: weeks of mail behind, some messages ahead. */
export interface DemoPerson {
  readonly persona: Persona
  readonly past: readonly SyntheticSubmission[]
  /** What comes next from the desk, unchanged but for the time: `atMoment` brings it to now. */
  readonly next: readonly SyntheticSubmission[]
}

export interface CastOptions {
  readonly seed: string
  /** Epoch ms. */
  readonly now: number
  readonly days: number
}

const cast: readonly (readonly [LanguageCode, string])[] = [
  ['en', 'owner'],
  ['de', 'secretary'],
  ['fr', 'accountant'],
  ['es', 'engineer'],
  ['ja', 'accountant'],
  ['ar', 'owner'],
  ['pl', 'secretary']
]

/** Messages to live on after `now`: enough days for a dozen from the desk, even of who writes little. */
const daysAhead = 14

/** Seven senders of seven languages whose working day includes this moment and whose desk stands on this machine. */
export function castPeople({ seed, now, days }: CastOptions): readonly DemoPerson[] {
  return cast.flatMap(([language, role], index) =>
    createPersonas({ seed: `${seed} ${index}`, count: 1, languages: [language], roles: [role] }).map(
      (invented) => {
        const persona = atThisMachine(invented, now)
        const mail = inOrder(generateHistory(persona, { from: now - days * dayMs, days: days + daysAhead }))
        return {
          persona,
          past: mail.filter(({ receivedAt }) => receivedAt < now),
          next: mail.filter((message) => message.receivedAt >= now && message.client.ip === here)
        }
      }
    )
  )
}

const dayMs = 86_400_000

/** A working day that reaches past midnight may meet the next one. */
function inOrder(mail: readonly SyntheticSubmission[]): readonly SyntheticSubmission[] {
  return mail.toSorted((one, other) => one.receivedAt - other.receivedAt)
}

const here = '127.0.0.1'

/**
 * Mail of the last act comes over SMTP from this machine, now. So that it continues their habits, their line at the desk is the loopback
 * address in all the weeks before, and they work around this hour, weekends too. Phones keep their networks.
 */
function atThisMachine(persona: Persona, now: number): Persona {
  const [hours = '0', minutes = '0'] = localTime(persona.zone, now).clock.split(':')
  const middle = Number(hours) + Number(minutes) / 60
  const devices = persona.devices.map(({ device, weight }) => ({
    weight,
    device: device.place === 'home' ? { ...device, place: 'office' as const } : device
  }))
  return {
    ...persona,
    devices,
    lines: { ...persona.lines, office: here, server: here },
    role: { ...persona.role, hours: [middle - 4, middle + 4], weekendShare: 1 }
  }
}

/** The same message, written at this moment. */
export function atMoment(
  { plan, sender, label, family, attack }: SyntheticSubmission,
  at: number
): SyntheticSubmission {
  const quoted = plan.quoted === null ? null : { ...plan.quoted, at: Math.min(plan.quoted.at, at - 600_000) }
  return renderPlan({ ...plan, at, quoted }, { sender, label, family, attack })
}

export interface HijackOptions {
  readonly kind: AttackKind
  readonly knowledge: Knowledge
  readonly seed: string
  readonly now: number
}

/** The first bad message of whoever has this mailbox now. */
export function hijack(
  { persona, past, next }: DemoPerson,
  { kind, knowledge, seed, now }: HijackOptions
): SyntheticSubmission {
  const copied = next[0]
  const [first] = generateAttack(kind, {
    victim: persona,
    knowledge,
    seed,
    at: now,
    history: past,
    ...(copied !== undefined && { next: atMoment(copied, now) })
  })
  if (first === undefined) throw new Error(`${kind} gave no message`)
  return first
}
