import type { ContentReading } from '../../features/family.ts'
import type { ContentInput, ContentModel } from '../../models/model-ports.ts'
import type { ObservedContent } from '../../observation/observation.ts'
import { allContentGroups, blankContent, maskContent } from './content-groups.ts'

type Reader = Pick<ContentModel, 'predict' | 'neutral'>

/** Log-odds of the message by which of its content groups speak (bits). */
export type ContentLogits = ReadonlyMap<number, number>

export interface ContentPass {
  readonly reading: ContentReading
  readonly logits: ContentLogits
}

/** The whole message and each of its passages in one batched pass. A passage has no structure of its own: the neutral one stands there. */
export async function readContent(model: Reader, content: ObservedContent): Promise<ContentReading> {
  const { reading } = await readCoalitions(model, content, [])
  return reading
}

/** The same, and the message with only the groups of each coalition speaking: all that its reasons need, for little more than its risk. */
export async function readCoalitions(
  { predict, neutral = blankContent }: Reader,
  content: ObservedContent,
  coalitions: readonly number[]
): Promise<ContentPass> {
  const { structure } = neutral
  const masks = [...new Set([allContentGroups, ...coalitions])]
  const masked = masks.map((mask) => maskContent(content, neutral, mask))
  const passages: ContentInput[] = content.passages.map((tokens) => ({ tokens, structure }))
  const answers = await predict([...masked, ...passages])
  const [whole] = answers
  if (whole === undefined || answers.length !== masked.length + passages.length || answers.some(Number.isNaN))
    throw new Error('The content model gave no number')
  return {
    reading: { whole, passages: answers.slice(masked.length) },
    logits: new Map(masks.map((mask, index) => [mask, answers[index] ?? Number.NaN]))
  }
}
