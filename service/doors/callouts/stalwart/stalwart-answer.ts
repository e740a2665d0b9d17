import { z } from 'zod'
import type { CalloutAnswer, CalloutReply } from '../asking/callout-answer.ts'
import { labelNames } from '../asking/label-fields.ts'

/**
 * The two actions that Stalwart does as it is told. Never `quarantine`: by their source some versions answer 250 and drop the message,
 * later ones deliver it with one field more; never `discard`, which is a loss by name. The types hold that, and a test of every answer.
 */
export const stalwartAnswerSchema = z.object({
  action: z.enum(['accept', 'reject']),
  response: z
    .object({
      status: z.union([z.literal(451), z.literal(550)]),
      enhanced_status: z.string().describe('As its source reads it'),
      enhancedStatus: z.string().describe('As its documentation names it'),
      message: z.string(),
      disconnect: z.literal(false)
    })
    .optional(),
  modifications: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('addHeader'), name: z.string(), value: z.string() }),
      z.object({
        type: z.literal('deleteHeader'),
        index: z.int().min(1).describe('Which of the fields of this name'),
        name: z.string()
      })
    ])
  )
})

export type StalwartAnswer = z.output<typeof stalwartAnswerSchema>
type Modification = StalwartAnswer['modifications'][number]
type Response = NonNullable<StalwartAnswer['response']>

/** Of the stages before the message. */
export const passOn: StalwartAnswer = { action: 'accept', modifications: [] }

/** `headers`: the message's own. */
export function toStalwartAnswer(
  { disposition, reply, labels }: CalloutAnswer,
  headers: readonly (readonly [name: string, value: string])[]
): StalwartAnswer {
  switch (disposition) {
    case 'accept': {
      const added = labels.map(({ name, value }): Modification => ({ type: 'addHeader', name, value }))
      return { action: 'accept', modifications: [...withoutForged(headers), ...added] }
    }
    case 'reject':
    case 'tempfail':
      return { action: 'reject', response: toResponse(reply), modifications: [] }
    // It can keep no message, and a 2xx in a rejection would make it drop one: its client shall come again
    case 'quarantine':
    case 'route':
      return { action: 'reject', response: toResponse(comeAgain), modifications: [] }
  }
}

const comeAgain: CalloutReply = { code: 451, status: '4.7.1', text: 'Message needs review, try again later' }

function toResponse({ code, status, text }: CalloutReply): Response {
  return {
    status: code === 550 ? 550 : 451,
    enhanced_status: status,
    enhancedStatus: status,
    message: text,
    disconnect: false
  }
}

/** From the last to the first of each name, as each that goes moves those behind it. */
function withoutForged(headers: readonly (readonly [string, string])[]): readonly Modification[] {
  const counts = new Map<string, number>()
  const forged: Modification[] = []
  for (const [name] of headers) {
    // Counted by its exact name: one with a blank before the colon is a field of another name to the server
    const key = name.toLowerCase()
    if (!ours.has(key.trim())) continue
    const index = (counts.get(key) ?? 0) + 1
    counts.set(key, index)
    forged.push({ type: 'deleteHeader', index, name })
  }
  return forged.toReversed()
}

const ours: ReadonlySet<string> = new Set(labelNames.map((name) => name.toLowerCase()))
