import type { DataSet, LabelledMail } from '../../../datasets/labelled-mail.ts'
import { toLabelled } from '../../../datasets/synthetic-mail/labelled.ts'
import type { Observe } from './observe-training-mail.ts'
import type { BadMail } from './sender-history.ts'

/** Bad mail out of a set, evenly over it. */
export async function observeBadMail(
  { mail }: DataSet<LabelledMail>,
  count: number,
  observe: Observe
): Promise<readonly BadMail[]> {
  const bad = mail.filter(({ label }) => label === 'bad')
  const step = Math.max(1, bad.length / count)
  const kept: BadMail[] = []
  for (let at = 0; at < bad.length; at += step) {
    const message = bad[Math.floor(at)]
    const observed =
      message === undefined ? null : await observe(message.raw, {}, message.group || message.id)
    if (message !== undefined && observed !== null)
      kept.push({ ...observed, group: message.group || message.id })
  }
  return kept
}

/** Invented bad mail in many languages. */
export async function observeInventedBadMail(
  seed: number,
  count: number,
  observe: Observe
): Promise<readonly BadMail[]> {
  const kept: BadMail[] = []
  for (const { raw, group, submission } of toLabelled({ seed: `takeover ${seed}`, count, spamShare: 1 })) {
    const { client, receivedAt } = submission
    const observed = await observe(Buffer.from(raw).toString('latin1'), { client, receivedAt }, group)
    if (observed !== null) kept.push({ ...observed, group })
  }
  return kept
}
