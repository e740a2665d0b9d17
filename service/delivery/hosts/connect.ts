import type { RecipientResult } from '../session/reply.ts'
import type { Destination } from '../routes/route.ts'
import { openSession, type OpenOutcome, type SmtpSession } from '../session/smtp-session.ts'
import { noTls, type TlsDemand } from '../session/tls-demand.ts'
import type { ConnectOptions } from './connect-options.ts'
import { isSecureMx } from './dane.ts'
import { reach, type Reached } from './reach.ts'

/** What a message asks of the connection it goes over. */
export interface ConnectionNeeds {
  /** RFC 8689: verified TLS, to a host that promises the same. */
  readonly requireTls: boolean
}

export interface Connected {
  readonly session: SmtpSession
  /** Name of the host that answered. */
  readonly mx: string
  /** Fit for mail under REQUIRETLS. */
  readonly keepsTls?: boolean
}

export type ConnectOutcome =
  | { readonly kind: 'connected'; readonly connection: Connected }
  | { readonly kind: 'refused'; readonly result: RecipientResult; readonly mx: string | null }

type Refusal = Extract<ConnectOutcome, { kind: 'refused' }>

/** A host that greets badly is passed over for the next exchanger, this many times (RFC 5321 section 5.1). */
const maxHosts = 3

const noNeeds: ConnectionNeeds = { requireTls: false }

/** Finds a host that takes the destination's mail and opens a session with it. Resolves in any case. */
export async function connectTo(
  destination: Destination,
  options: ConnectOptions,
  needs = noNeeds
): Promise<ConnectOutcome> {
  const tried: string[] = []
  const plain = new Set<string>()
  const refusals: Refusal[] = []
  for (let asked = 0; asked < maxHosts; asked += 1) {
    const reached = await reach(destination, options, tried)
    if (!('socket' in reached)) return foremost(refusals, { kind: 'refused', result: reached, mx: null })
    const demand = plain.has(reached.host) ? noTls : stricter(reached.demand, needs)
    const opened = await openOn(reached, destination, demand, options)
    if (opened.kind === 'open') {
      const keepsTls = await isFit(opened.session, reached, destination, options)
      if (keepsTls || !needs.requireTls)
        return { kind: 'connected', connection: { session: opened.session, mx: reached.hostname, keepsTls } }
      opened.session.quit()
    }
    refusals.push(refusalOf(opened, reached.hostname, needs))
    // RFC 7435: opportunistic encryption that fails is no reason not to deliver
    if (opened.kind === 'refused' && opened.plaintext && !needs.requireTls) plain.add(reached.host)
    else tried.push(reached.host)
  }
  return foremost(refusals, { kind: 'refused', result: noHost, mx: null })
}

const noHost: RecipientResult = { kind: 'deferred', reply: 'no host could be asked', status: '4.4.1' }

/** What one host could not be asked, it may answer later; that all of them say no is final. */
function foremost(refusals: readonly Refusal[], last: Refusal): Refusal {
  return refusals.find(({ result }) => result.kind === 'deferred') ?? refusals[0] ?? last
}

function openOn(
  { socket, hostname }: Reached,
  { route }: Destination,
  demand: TlsDemand,
  options: ConnectOptions
): Promise<OpenOutcome> {
  return openSession({
    socket,
    hostname,
    ehlo: route.ehlo ?? options.hostname,
    demand,
    protocol: route.kind === 'local' ? (route.protocol ?? 'lmtp') : 'smtp',
    auth: route.user === undefined ? null : { user: route.user, password: route.password ?? '' },
    authorities: options.authorities,
    socketTimeoutMs: options.socketTimeoutMs
  })
}

/** Under REQUIRETLS nothing is only tried, and some proof is needed (RFC 8689 section 4.2.1). */
function stricter(demand: TlsDemand, { requireTls }: ConnectionNeeds): TlsDemand {
  if (!requireTls || demand.start === 'never') return demand
  const start = demand.start === 'try' ? 'must' : demand.start
  return { ...demand, start, proof: demand.proof === 'none' ? 'pkix' : demand.proof }
}

/** RFC 8689 section 4.2.1: the look-up of the host is proven too, by DNSSEC or by MTA-STS; a smart host is named by its operator. */
async function isFit(
  { offers, tls }: SmtpSession,
  { hasPolicy }: Reached,
  { route, domain }: Destination,
  { resolveSecurely }: ConnectOptions
): Promise<boolean> {
  if (!offers.requireTls || tls === null || tls.verified === 'none') return false
  if (tls.verified !== 'pkix' || hasPolicy || route.kind !== 'mx') return true
  return resolveSecurely !== undefined && (await isSecureMx(domain, resolveSecurely))
}

function refusalOf(opened: OpenOutcome, mx: string, { requireTls }: ConnectionNeeds): Refusal {
  const isFinal = requireTls && (opened.kind === 'open' || opened.isUnmet === true)
  const result = opened.kind === 'refused' && !isFinal ? opened.result : unprotected
  return { kind: 'refused', result, mx }
}

/** RFC 8689 section 4.2.1 and its status code. */
const unprotected: RecipientResult = {
  kind: 'failed',
  reply:
    'the message requires verified TLS all the way (REQUIRETLS), which no host of the destination offers',
  status: '5.7.30'
}
