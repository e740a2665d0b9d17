import type { CalloutClientAnswer } from '../../../contracts/callouts.ts'
import type { CalloutAnswer } from '../asking/callout-answer.ts'
import type { CalloutRequest } from '../asking/callout-request.ts'
import { clientKinds } from './client-kinds.ts'
import type { ClientProfile } from './client-profile.ts'

/**
 * What clients have asked since the start. The commonest faults of a callout are silent (no authenticated user, no client address):
 * counting what arrives shows them. One entry a configured client, and one a kind of unnamed clients.
 */
export interface ClientTallies {
  note(request: CalloutRequest, answer: CalloutAnswer): void
  list(): readonly CalloutClientAnswer[]
}

/** `clock`: epoch ms. */
export function createClientTallies(
  configured: readonly ClientProfile[],
  clock: () => number
): ClientTallies {
  const tallies = new Map(configured.map((profile) => [profile.name, tallyOf(profile, true)]))

  return {
    note(request, { profile, disposition, verdict }) {
      const tally = tallies.get(profile.name) ?? tallyOf(profile, false)
      tallies.set(profile.name, tally)
      const now = new Date(clock()).toISOString()
      tally.questions += 1
      for (const { name, shows } of parts) if (shows(request, verdict)) tally.shown[name] += 1
      tally.told[disposition] = (tally.told[disposition] ?? 0) + 1
      if (verdict === null) tally.failed += 1
      tally.firstAt ??= now
      tally.lastAt = now
      tally.lastPeer = request.peer
    },
    list: () => [...tallies.values()].map((tally) => structuredClone(tally))
  }
}

/** What a question may show, each of which somebody's habits are compared with. */
const parts = [
  // The mail server may have written it into the message
  {
    name: 'user',
    shows: ({ user }, verdict) => (user ?? '') !== '' || verdict?.sender.strength === 'asserted'
  },
  { name: 'clientIp', shows: ({ client }) => client.ip !== null },
  { name: 'helo', shows: ({ client }) => client.helo !== null },
  { name: 'recipients', shows: ({ rcptTo }) => rcptTo.length > 0 },
  { name: 'queueId', shows: ({ queueId }) => queueId !== null },
  { name: 'content', shows: ({ raw, isUnread }) => raw !== null || isUnread === true }
] as const satisfies readonly Part[]

interface Part {
  readonly name: keyof CalloutClientAnswer['shown']
  readonly shows: (request: CalloutRequest, verdict: CalloutAnswer['verdict']) => boolean
}

function tallyOf(profile: ClientProfile, configured: boolean): CalloutClientAnswer {
  const { name, kind, mta, trusted, hold, onFailure, mode } = profile
  return {
    name,
    kind,
    protocol: clientKinds[kind].protocol,
    mta,
    configured,
    trusted,
    hold,
    onFailure,
    mode,
    questions: 0,
    shown: { user: 0, clientIp: 0, helo: 0, recipients: 0, queueId: 0, content: 0 },
    told: {},
    failed: 0,
    firstAt: null,
    lastAt: null,
    lastPeer: null
  }
}
