import { createChance, type Chance } from './chance.ts'
import type { SyntheticSubmission } from './mail.ts'
import { inventPerson } from './people.ts'
import type { Persona } from './persona.ts'
import type { Correspondence } from './conversation.ts'
import { planMessage } from './plan-message.ts'
import { renderPlan } from './render-plan.ts'
import { localMoment, localTime, zoneMinutes } from './zone.ts'

export interface HistoryOptions {
  /** Epoch ms. */
  readonly from: number
  readonly days: number
}

/** What this sender submits in these days, in order of time. The same persona and dates give the same bytes. */
export function generateHistory(persona: Persona, { from, days }: HistoryOptions): SyntheticSubmission[] {
  const chance = createChance(`${persona.seed} history`)
  const correspondence: Correspondence = { contacts: [...persona.contacts], threads: [] }
  const firstDay = Math.floor((from + zoneMinutes(persona.zone, from) * 60_000) / 86_400_000)
  const written: SyntheticSubmission[] = []
  for (let day = firstDay; day < firstDay + days; day += 1) {
    for (const at of momentsOf(persona, day, chance)) {
      const plan = planMessage({
        persona,
        at,
        seed: `${persona.seed} ${at}`,
        correspondence,
        meet: () => inventPerson(persona.language, chance)
      })
      const family = `honest/${plan.theme}`
      const message = renderPlan(plan, { sender: persona.id, label: 'ham', family, attack: null })
      correspondence.threads.push({ plan, messageId: message.messageId })
      if (correspondence.threads.length > openThreads) correspondence.threads.shift()
      if (at >= from) written.push(message)
    }
  }
  return written
}

const openThreads = 30
/** Nearly everybody writes at an odd hour now and then: 0.3-0.8 % of real mail. */
const oddHourShare = 0.006

function momentsOf(persona: Persona, day: number, chance: Chance): number[] {
  const { zone, role } = persona
  const noon = localMoment(zone, day, 720)
  const { weekday } = localTime(zone, noon)
  const weekend = weekday === 0 || weekday === 6
  const count = chance.poisson(persona.messagesPerDay * (weekend ? role.weekendShare : 1))
  const moments = Array.from({ length: count }, () => {
    const [first, last] = chance.happens(oddHourShare) ? [0, 23] : role.hours
    // The mean of two draws: busier in the middle of the day than at its ends.
    const hour = first + ((chance.number() + chance.number()) / 2) * (last - first + 1)
    return localMoment(zone, day, hour * 60)
  })
  return moments.toSorted((one, other) => one - other).map(Math.floor)
}
