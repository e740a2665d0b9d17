import type { LabelledMail } from '../../datasets/labelled-mail.ts'
import { observeMail } from '../observe-mail.ts'
import { bucketOf } from '../split/assign-folds.ts'
import type { ContentExample } from './content-example.ts'

export interface MailToObserve extends LabelledMail {
  /** What was put into it, if anything was. */
  readonly line: string | undefined
}

/** The message, and one of its passages by itself. */
export interface ObservedMail {
  readonly whole: ContentExample
  readonly passage: ContentExample | null
}

/** null: it can't be read. */
export async function observeLabelled(
  mail: readonly MailToObserve[]
): Promise<readonly (ObservedMail | null)[]> {
  const observed: (ObservedMail | null)[] = []
  for (const one of mail) observed.push(await observeOne(one))
  return observed
}

/** The passage: short texts are judged too; the line that was put in, if one was. */
async function observeOne({
  id,
  source,
  label,
  group,
  raw,
  line
}: MailToObserve): Promise<ObservedMail | null> {
  const observation = await observeMail(raw)
  if (observation === null) return null
  const { tokens, structure, passages } = observation.content
  const whole = {
    id,
    source,
    group,
    isBad: label === 'bad',
    tokens: Uint32Array.from(tokens),
    structure: Float32Array.from(structure)
  }
  const alone = line === undefined ? undefined : await observeMail(`Subject: \r\n\r\n${line}`)
  const one = alone?.content.passages[0] ?? passages[bucketOf(id, Math.max(1, passages.length), 0)]
  const passage = one === undefined ? null : { ...whole, tokens: Uint32Array.from(one), structure: null }
  return { whole, passage }
}
