import { z } from 'zod'
import type { CalloutAnswer, CalloutReply } from '../asking/callout-answer.ts'
import { knownActions, type KnownAction } from './hook-request.ts'

const setSchema = z.discriminatedUnion('path', [
  z.object({ path: z.literal('/action'), value: z.enum(['reject', 'quarantine']) }),
  z.object({
    path: z.literal('/response'),
    value: z.object({
      code: z.union([z.literal(451), z.literal(550)]),
      enhancedCode: z.string(),
      message: z.string()
    })
  })
])

const addSchema = z.object({
  path: z.literal('/message/headers'),
  value: z.object({ name: z.string(), value: z.string() })
})

export const hookAnswerSchema = z.object({
  set: z.array(setSchema).optional(),
  add: z.array(addSchema).optional().describe('Label header fields, behind those that are there'),
  delete: z
    .array(z.object({ path: z.string().regex(/^\/message\/headers\/\d+$/u) }))
    .optional()
    .describe('Label header fields that the message brought along, the last first')
})

export type HookAnswer = z.output<typeof hookAnswerSchema>

/**
 * What is to be changed; null: nothing (204). `planned`: what the mail server would do without us: never made milder. `forged`: the places
 * of header fields that go, ascending. Fields are added at the end: so the places of those that go stay what they are in whichever order
 * the changes are made.
 */
export function toHookAnswer(
  { disposition, reply, labels }: CalloutAnswer,
  planned: KnownAction,
  forged: readonly number[] | 'too-many'
): HookAnswer | null {
  const action = actions[disposition]
  if (action === 'reject' || forged === 'too-many')
    return isStricter('reject', planned) ? reject(action === 'reject' ? reply : overdone) : null
  const changes: HookAnswer = {
    ...(action === 'quarantine' &&
      isStricter(action, planned) && { set: [{ path: '/action', value: action }] }),
    ...(labels.length > 0 && {
      add: labels.map(({ name, value }) => ({ path: '/message/headers' as const, value: { name, value } }))
    }),
    ...(forged.length > 0 && {
      delete: forged.toReversed().map((place) => ({ path: `/message/headers/${place}` }))
    })
  }
  return Object.keys(changes).length === 0 ? null : changes
}

const actions = {
  accept: 'accept',
  quarantine: 'quarantine',
  tempfail: 'reject',
  reject: 'reject',
  // No client of this protocol can be told where to send a message: its own client shall come again
  route: 'reject'
} as const satisfies Record<CalloutAnswer['disposition'], KnownAction>

function isStricter(ours: KnownAction, planned: KnownAction): boolean {
  return knownActions.indexOf(ours) > knownActions.indexOf(planned)
}

const overdone: CalloutReply = {
  code: 550,
  status: '5.6.0',
  text: 'Message has too many header fields'
}

function reject({ code, status, text }: CalloutReply): HookAnswer {
  const value =
    code === 250
      ? { code: 451 as const, enhancedCode: '4.7.1', message: 'Message needs review, try again later' }
      : { code, enhancedCode: status, message: text }
  return {
    set: [
      { path: '/action', value: 'reject' },
      { path: '/response', value }
    ]
  }
}
