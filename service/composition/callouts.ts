import { createHash, timingSafeEqual } from 'node:crypto'
import { createByteBudget, type ByteBudget } from '../access/byte-budget.ts'
import { parseNetworks } from '../access/networks.ts'
import type { RunningAddresses } from '../access/run-file.ts'
import type { Config } from '../config/config-schema.ts'
import { createAskCallout } from '../doors/callouts/asking/ask-callout.ts'
import {
  createChooseClient,
  createFindClient,
  type ConfiguredClient
} from '../doors/callouts/clients/client-profile.ts'
import { createClientTallies } from '../doors/callouts/clients/client-tallies.ts'
import type { Place } from '../doors/callouts/listening/socket-server.ts'
import type { HookRoutes } from '../doors/callouts/json-hooks/http-caller.ts'
import { createMilterDoor } from '../doors/callouts/milter/milter-door.ts'
import { mtaHooksRoutes } from '../doors/callouts/mta-hooks/mta-hooks-routes.ts'
import { createPolicyDoor } from '../doors/callouts/postfix-policy/policy-door.ts'
import { createServeRspamc } from '../doors/callouts/rspamc/serve-rspamc.ts'
import { createRspamdDoor } from '../doors/callouts/rspamd/rspamd-door.ts'
import { createServeSpamc } from '../doors/callouts/spamc/serve-spamc.ts'
import { createTell } from '../doors/callouts/asking/tell.ts'
import { stalwartRoutes } from '../doors/callouts/stalwart/stalwart-routes.ts'
import { clock, newId, type OnClose, type StartOptions } from './house.ts'
import type { Pipeline } from './pipeline.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

type House = Pick<Stores, 'metrics'> &
  Pick<Scoring, 'scoreSubmission'> & { config: Config; options: StartOptions; onClose: OnClose }

/** What messages that are being received may take together, and so again those that are being judged. */
const togetherBytes = 268_435_456

/** The seam that every callout protocol asks through, and who has asked. */
export function createCallouts({ config, options, metrics, scoreSubmission: score }: House) {
  const { deadlineMs, clients, maxMessageBytes } = config.callouts
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
    budget: createByteBudget(Math.max(togetherBytes, maxMessageBytes)),
    newId,
    clock,
    log: options.log,
    metrics,
    onAnswered: (request, answer) => tallies.note(request, answer)
  })
  return { ask, chooseClient, tallies, findClient }
}

type Callouts = ReturnType<typeof createCallouts>

/** Opens the listeners of the protocols that are no HTTP of ours; port 0: none. */
export async function openCallouts(
  house: House & Pick<Pipeline, 'giveFeedback'>,
  callouts: Callouts
): Promise<RunningAddresses['callouts']> {
  const { config, onClose } = house
  const { host, rspamdPort, rspamdSocket, policyPort, policySocket, milterPort, milterSocket } =
    config.callouts
  const limits = {
    maxMessageBytes: config.callouts.maxMessageBytes,
    budget: createByteBudget(Math.max(togetherBytes, config.callouts.maxMessageBytes))
  }
  const rspamd = rspamdDoor(house, callouts, limits)
  onClose(() => rspamd.close())
  const policy = policyDoor(house, callouts)
  onClose(() => policy.close())
  const milter = milterDoor(house, callouts, limits)
  onClose(() => milter.close())
  return {
    host,
    rspamd: await listen(rspamd, host, rspamdPort, rspamdSocket),
    policy: await listen(policy, host, policyPort, policySocket),
    milter: await listen(milter, host, milterPort, milterSocket)
  }
}

interface ReceivingLimits {
  readonly maxMessageBytes: number
  readonly budget: ByteBudget
}

/** rspamd's port also takes the older protocols: RSPAMC and SPAMC. */
function rspamdDoor(
  { config, options, giveFeedback }: House & Pick<Pipeline, 'giveFeedback'>,
  { ask, chooseClient }: Callouts,
  limits: ReceivingLimits
) {
  const { log } = options
  const shared = { ask, tell: createTell(chooseClient, giveFeedback), limits, clock, log }
  return createRspamdDoor({
    ...shared,
    maxConnections: config.callouts.maxConnections,
    serveRspamc: createServeRspamc(shared),
    serveSpamc: createServeSpamc(shared)
  })
}

function policyDoor({ config, options: { log } }: House, { ask, chooseClient }: Callouts) {
  const { maxConnections } = config.callouts
  const { identityHeader } = config.smtp
  return createPolicyDoor({ ask, chooseClient, identityHeader, clock, log, limits: { maxConnections } })
}

function milterDoor({ config, options: { log } }: House, { ask }: Callouts, limits: ReceivingLimits) {
  const { maxConnections } = config.callouts
  const { identityHeader } = config.smtp
  return createMilterDoor({ ask, identityHeader, log, limits: { ...limits, maxConnections } })
}

/** Around a message in a hook's JSON: envelope and metadata. */
const aroundMessageBytes = 1_048_576

/** The protocols that are HTTP, on the port of the API. */
export function hookRoutes(
  { config, options, tokens, key }: House & Pick<Stores, 'tokens' | 'key'>,
  { ask, findClient }: Callouts
): readonly HookRoutes[] {
  const { maxMessageBytes: wanted, deadlineMs } = config.callouts
  const inBase64 = Math.floor(((config.http.bodyLimitBytes - aroundMessageBytes) / 4) * 3)
  const maxMessageBytes = Math.max(1, Math.min(wanted, inBase64))
  const shared = { ask, findClient, tokens, maxMessageBytes }
  return [
    stalwartRoutes(shared),
    mtaHooksRoutes({ ...shared, key, newId, clock, deadlineMs, log: options.log })
  ]
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
