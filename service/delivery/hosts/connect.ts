import { lookup } from 'node:dns/promises'
import type { Socket } from 'node:net'
import mxConnect, { type MxConnectError } from 'mx-connect'
import { cleanReply, type RecipientResult } from '../session/reply.ts'
import type { Destination, DeliveryRoute } from '../routes/route.ts'
import { openSession, type OpenOutcome, type SmtpSession } from '../session/smtp-session.ts'

/** Looks up records; throws an error with a DNS code (`ENOTFOUND`, `ESERVFAIL`, …). Default is the system's resolver. */
export type ResolveRecords = (domain: string, type: string) => Promise<readonly unknown[]>

export interface ConnectOptions {
  readonly hostname: string
  readonly resolveRecords?: ResolveRecords | undefined
  readonly connectTimeoutMs: number
  readonly socketTimeoutMs: number
}

export interface Connected {
  readonly session: SmtpSession
  /** Name of the host that answered. */
  readonly mx: string
}

export type ConnectOutcome =
  | { readonly kind: 'connected'; readonly connection: Connected }
  | { readonly kind: 'refused'; readonly result: RecipientResult; readonly mx: string | null }

/** A host that greets badly is passed over for the next exchanger, this many times (RFC 5321 section 5.1). */
const maxHosts = 3

/** Finds a host that takes the destination's mail and opens a session with it. Resolves in any case. */
export async function connectTo(destination: Destination, options: ConnectOptions): Promise<ConnectOutcome> {
  const tried: string[] = []
  let first: ConnectOutcome | undefined
  let tls = destination.route.tls
  for (let asked = 0; asked < maxHosts; asked += 1) {
    const reached = await reach(destination, options, tried)
    if (!('socket' in reached)) return first ?? { kind: 'refused', result: reached, mx: null }
    const opened = await openOn(reached, destination.route, tls, options)
    if (opened.kind === 'open')
      return { kind: 'connected', connection: { session: opened.session, mx: reached.hostname } }
    first ??= { kind: 'refused', result: opened.result, mx: reached.hostname }
    // RFC 7435: opportunistic encryption that fails is no reason not to deliver
    if (opened.plaintext) tls = 'off'
    else tried.push(reached.host)
  }
  return first ?? { kind: 'refused', result: noHost, mx: null }
}

const noHost: RecipientResult = { kind: 'deferred', reply: 'no host could be asked', status: '4.4.1' }

interface Reached {
  readonly socket: Socket
  readonly hostname: string
  readonly host: string
}

function openOn(
  { socket, hostname }: Reached,
  route: DeliveryRoute,
  tls: DeliveryRoute['tls'],
  options: ConnectOptions
): Promise<OpenOutcome> {
  return openSession({
    socket,
    hostname,
    ehlo: route.ehlo ?? options.hostname,
    tls,
    auth: route.user === undefined ? null : { user: route.user, password: route.password ?? '' },
    socketTimeoutMs: options.socketTimeoutMs
  })
}

/**
 * A TCP connection to the destination. mx-connect refuses addresses that no mail host on the Internet has (loopback, private,
 * link-local with its metadata service, reserved) for every name it resolves, so that an MX record cannot point us inside.
 */
async function reach(
  destination: Destination,
  options: ConnectOptions,
  tried: readonly string[]
): Promise<Reached | RecipientResult> {
  const { route, domain } = destination
  try {
    return await mxConnect({
      target: domain,
      ...(route.kind === 'smarthost' && { mx: [await lookUpHost(domain)] }),
      port: route.port,
      maxConnectTime: options.connectTimeoutMs,
      ignoreMXHosts: tried,
      dnsOptions: {
        blockLocalAddresses: !route.allowPrivate,
        blockReservedNetworks: !route.allowPrivate,
        ...(options.resolveRecords && { resolveRecords: options.resolveRecords })
      }
    })
  } catch (error) {
    return refusal(error, route)
  }
}

/** A smart host is named by its operator, often in the hosts file, which DNS does not know. */
async function lookUpHost(host: string): Promise<{ exchange: string; A: string[]; AAAA: string[] }> {
  const found = await lookup(host, { all: true })
  const addresses = (family: number): string[] =>
    found.filter((one) => one.family === family).map(({ address }) => address)
  return { exchange: host, A: addresses(4), AAAA: addresses(6) }
}

/** RFC 3463 and RFC 7505 codes for what can go wrong before a word is said. */
function refusal(error: unknown, route: DeliveryRoute): RecipientResult {
  const fault: MxConnectError = error instanceof Error ? error : new Error(String(error))
  const reply = cleanReply(fault.message)
  if (fault.category === 'network') return { kind: 'deferred', reply, status: '4.4.1' }
  // A smart host that does not resolve, or may not be asked, is our own mistake: the mail waits until it is mended
  if (fault.temporary || route.kind === 'smarthost') return { kind: 'deferred', reply, status: '4.4.3' }
  if (fault.code === 'ENULLMX') return { kind: 'failed', reply, status: '5.1.10' }
  if (fault.code === 'InvalidIpAddress') return { kind: 'failed', reply, status: '5.4.4' }
  return fault.category === 'dns'
    ? { kind: 'failed', reply, status: '5.1.2' }
    : { kind: 'deferred', reply, status: '4.4.1' }
}
