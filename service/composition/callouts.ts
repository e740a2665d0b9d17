import { createHash, timingSafeEqual } from 'node:crypto'
import { parseNetworks } from '../access/networks.ts'
import type { Config } from '../config/config-schema.ts'
import { createAskCallout } from '../doors/callouts/asking/ask-callout.ts'
import { createChooseClient, type ConfiguredClient } from '../doors/callouts/asking/client-profile.ts'
import { clock, newId, type StartOptions } from './house.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

/** The seam that every callout protocol asks through. */
export function createCallouts(
  { callouts }: Config,
  { scoreSubmission: score }: Scoring,
  { metrics }: Stores,
  { log }: StartOptions
) {
  const { deadlineMs } = callouts
  const chooseClient = createChooseClient(callouts.clients.map(toConfiguredClient), isPassword)
  return createAskCallout({ score, chooseClient, deadlineMs, newId, clock, log, metrics })
}

function toConfiguredClient(client: Config['callouts']['clients'][number]): ConfiguredClient {
  const { networks, settingsId, userAgent, password, ...profile } = client
  return {
    profile: { ...profile, route: profile.route ?? null },
    selectors: {
      networks: networks === undefined ? null : parseNetworks(networks),
      settingsId: settingsId ?? null,
      userAgent: userAgent ?? null,
      password: password ?? null
    }
  }
}

/** In constant time. */
function isPassword(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
