import type { Random } from '../../../service/verdict/budget/seeded-random.ts'
import { inThread, withBadLine } from '../impostors/craft-thread-attacks.ts'
import type { OriginMail, SenderMail } from './load-senders.ts'
import type { BadLine } from '../../bad-lines.ts'
import type { Observe } from './observe-training-mail.ts'
import type { CraftedMail, SenderHistory, SourceName, TrainingMail } from './sender-history.ts'

export interface ObserveSenderOptions {
  readonly source: SourceName
  readonly observe: Observe
  readonly lines: readonly BadLine[]
  readonly random: Random
  /** Places of a history at which thread attacks are made. */
  readonly threadAttacks: number
}

/** Before this many messages there is no mailbox to speak of. */
export const firstAttackAt = 3

/** A real sender's mail as observations, with thread attacks written into it. */
export async function observeSender(
  { sender, mail }: SenderMail,
  options: ObserveSenderOptions
): Promise<SenderHistory> {
  const { source, observe } = options
  const observed: TrainingMail[] = []
  const readable: OriginMail[] = []
  for (const message of mail) {
    const own = await observe(message.raw, message, message.origin)
    if (own === null) continue
    observed.push(own)
    readable.push(message)
  }
  return { source, sender, mail: observed, crafted: await craft(readable, options) }
}

async function craft(
  mail: readonly OriginMail[],
  { observe, lines, random, threadAttacks }: ObserveSenderOptions
): Promise<readonly CraftedMail[]> {
  const crafted: CraftedMail[] = []
  if (mail.length <= firstAttackAt || lines.length === 0) return crafted
  for (let place = 0; place < 2 * threadAttacks; place += 1) {
    const at = firstAttackAt + Math.floor(random() * (mail.length - firstAttackAt))
    const earlier = mail[at - 1 - Math.floor(random() * Math.min(at, 12))]
    const next = mail[at]
    const line = lines[Math.floor(random() * lines.length)]
    if (line === undefined || next === undefined || earlier === undefined) continue
    const attack = place % 2 === 0 ? inThread(next, earlier, line.text) : withBadLine(next, line.text, random)
    if (attack === null) continue
    const observed = await observe(attack.raw, { ...next, recipients: attack.recipients }, line.origin)
    if (observed !== null) crafted.push({ ...observed, at, family: attack.family, knowledge: null })
  }
  return crafted
}
