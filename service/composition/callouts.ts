import { createHash, timingSafeEqual } from 'node:crypto'
import { parseNetworks } from '../access/networks.ts'
import type { RunningAddresses } from '../access/run-file.ts'
import type { Config } from '../config/config-schema.ts'
import { createAskCallout } from '../doors/callouts/asking/ask-callout.ts'
import {
  createChooseClient,
  createFindClient,
  type ConfiguredClient
} from '../doors/callouts/asking/client-profile.ts'
import { createClientTallies } from '../doors/callouts/asking/client-tallies.ts'
import type { Place } from '../doors/callouts/asking/socket-server.ts'
import { createMilterDoor } from '../doors/callouts/milter/milter-door.ts'
import { createPolicyDoor } from '../doors/callouts/postfix-policy/policy-door.ts'
import { clock, newId, type OnClose, type StartOptions } from './house.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

type House = Pick<Stores, 'metrics'> &
  Pick<Scoring, 'scoreSubmission'> & { config: Config; options: StartOptions; onClose: OnClose }

/** The seam that every callout protocol asks through, and who has asked. */
export function createCallouts({ config, options, metrics, scoreSubmission: score }: House) {
  const { deadlineMs, clients } = config.callouts
  const configured = clients.map(toConfiguredClient)
  const findClient = createFindClient(configured, isPassword)
  const tallies = createClientTallies(
    configured.map(({ profile }) => profile),
    clock
  )
  const chooseClient = createChooseClient(findClient)
  const ask = createAskCallout({
    score,
    chooseClient,
    deadlineMs,
    newId,
    clock,
    log: options.log,
    metrics,
    onAnswered: (request, answer) => tallies.note(request, answer)
  })
  return { ask, chooseClient, tallies, findClient }
}

type Callouts = ReturnType<typeof createCallouts>

/** Opens the listeners of the protocols that are no HTTP; port 0: none. */
export async function openCallouts(
  house: House,
  { ask, chooseClient }: Callouts
): Promise<RunningAddresses['callouts']> {
  const { config, options, onClose } = house
  const { log } = options
  const { host, maxConnections, maxMessageBytes } = config.callouts
  const { policyPort, policySocket, milterPort, milterSocket } = config.callouts
  const identityHeader = config.smtp.identityHeader

  const policyDoor = createPolicyDoor({
    ask,
    chooseClient,
    identityHeader,
    clock,
    log,
    limits: { maxConnections }
  })
  onClose(() => policyDoor.close())
  const milterDoor = createMilterDoor({
    ask,
    limits: { maxConnections, maxMessageBytes },
    identityHeader,
    log
  })
  onClose(() => milterDoor.close())
  return {
    host,
    rspamd: null,
    policy: await listen(policyDoor, host, policyPort, policySocket),
    milter: await listen(milterDoor, host, milterPort, milterSocket)
  }
}

/** On a port, on a unix socket, or both. Gives the port; null: none. */
async function listen(
  door: { readonly listen: (place: Place) => Promise<number | null> },
  host: string,
  port: number,
  path: string | undefined
): Promise<number | null> {
  if (path !== undefined) await door.listen({ path })
  return port === 0 ? null : await door.listen({ host, port })
}

function toConfiguredClient(client: Config['callouts']['clients'][number]): ConfiguredClient {
  const { networks, settingsId, userAgent, password, ...profile } = client
  return {
    profile: { ...profile, route: profile.route ?? null, identityHeader: profile.identityHeader ?? null },
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
