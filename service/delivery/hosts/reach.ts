import { lookup, resolve as resolveBySystem } from 'node:dns/promises'
import { isIPv4, isIPv6, type Socket } from 'node:net'
import mxConnect, { type MxConnectError, type MxConnectOptions, type MxConnection } from 'mx-connect'
import type { DeliveryRoute, Destination } from '../routes/route.ts'
import { cleanReply, type RecipientResult } from '../session/reply.ts'
import { tlsDemandOf, type TlsDemand } from '../session/tls-demand.ts'
import type { AddressOrder, ConnectOptions, ResolveRecords } from './connect-options.ts'
import { daneOf } from './dane.ts'

/** A TCP connection to a host of the destination. */
export interface Reached {
  readonly socket: Socket
  readonly hostname: string
  /** Its address. */
  readonly host: string
  readonly demand: TlsDemand
  /** The domain enforces a policy of MTA-STS that names this host. */
  readonly hasPolicy: boolean
}

/** Whoever has a hundred addresses that swallow connections holds us up this long and no longer. */
const maxReachMs = 120_000

/**
 * A TCP connection to the destination. mx-connect refuses addresses that no mail host on the Internet has (loopback, private,
 * link-local with its metadata service, reserved) for every name it resolves, so that neither an MX record nor a policy host can point
 * us inside.
 */
export async function reach(
  destination: Destination,
  options: ConnectOptions,
  tried: readonly string[]
): Promise<Reached | RecipientResult> {
  const { route } = destination
  try {
    return toReached(await mxConnect(await questionOf(destination, options, tried)), route)
  } catch (error) {
    return refusal(error, route)
  }
}

async function questionOf(
  destination: Destination,
  options: ConnectOptions,
  tried: readonly string[]
): Promise<MxConnectOptions> {
  const { route, domain } = destination
  const { stsPolicies, resolveSecurely, connectTimeoutMs } = options
  const isEncrypted = route.tls !== 'off'
  return {
    target: domain,
    ...(route.kind !== 'mx' && { mx: [await lookUpHost(domain)] }),
    port: route.port,
    maxConnectTime: connectTimeoutMs,
    ignoreMXHosts: tried,
    ...(route.sourceAddress !== undefined && { localAddress: route.sourceAddress }),
    connectHook: withinTime(Date.now() + maxReachMs),
    ...(isEncrypted && route.kind === 'mx' && stsPolicies !== undefined && { mtaSts: stsPolicies }),
    ...(isEncrypted && resolveSecurely !== undefined && { dane: daneOf(destination, resolveSecurely) }),
    dnsOptions: {
      blockLocalAddresses: !route.allowPrivate,
      blockReservedNetworks: !route.allowPrivate,
      ...familiesOf(route, options.addresses ?? 'ipv4-first', options.resolveRecords)
    }
  }
}

function withinTime(until: number): NonNullable<MxConnectOptions['connectHook']> {
  return (_delivery, _options, done) =>
    done(
      Date.now() <= until
        ? null
        : Object.assign(new Error('none of the hosts could be reached in time'), { category: 'network' })
    )
}

/** From an IPv4 address there is no way to an IPv6 one, and any other address of ours is not meant; from an IPv6 address IPv4 is the last resort. */
function familiesOf(
  { sourceAddress = '' }: DeliveryRoute,
  order: AddressOrder,
  resolveRecords: ResolveRecords | undefined
): NonNullable<MxConnectOptions['dnsOptions']> {
  const resolve = order === 'ipv6-only' ? withoutV4(resolveRecords ?? askSystem) : resolveRecords
  return {
    ignoreIPv6: order === 'ipv4-only' || isIPv4(sourceAddress),
    preferIPv6: order === 'ipv6-first' || isIPv6(sourceAddress),
    ...(resolve && { resolveRecords: resolve })
  }
}

function withoutV4(resolve: ResolveRecords): ResolveRecords {
  return async (name, type) => (type === 'A' ? [] : resolve(name, type))
}

async function askSystem(name: string, type: string): Promise<readonly unknown[]> {
  const answer: unknown = await resolveBySystem(name, type)
  return Array.isArray(answer) ? answer : [answer]
}

/** A smart host is named by its operator, often in the hosts file, which DNS does not know. */
async function lookUpHost(host: string): Promise<{ exchange: string; A: string[]; AAAA: string[] }> {
  const found = await lookup(host, { all: true })
  const addresses = (family: number): string[] =>
    found.filter((one) => one.family === family).map(({ address }) => address)
  return { exchange: host, A: addresses(4), AAAA: addresses(6) }
}

function toReached(
  { socket, hostname, host, policyMatch, tlsaRecords }: MxConnection,
  route: DeliveryRoute
): Reached {
  const hasPolicy = policyMatch?.mode === 'enforce' && policyMatch.valid
  return { socket, hostname, host, hasPolicy, demand: tlsDemandOf(route.tls, tlsaRecords ?? [], hasPolicy) }
}

/** RFC 3463 and RFC 7505 codes for what can go wrong before a word is said. */
function refusal(error: unknown, route: DeliveryRoute): RecipientResult {
  const fault: MxConnectError = error instanceof Error ? error : new Error(String(error))
  const reply = cleanReply(fault.message)
  if (fault.category === 'network') return { kind: 'deferred', reply, status: '4.4.1' }
  // RFC 8461 section 5: a host that the domain's policy does not name, and RFC 7672 section 2.1: DNS that cannot say
  if (fault.category === 'policy' || fault.category === 'dane')
    return { kind: 'deferred', reply, status: '4.7.5' }
  // A smart host that does not resolve, or may not be asked, is our own mistake: the mail waits until it is mended
  if (fault.temporary || route.kind !== 'mx') return { kind: 'deferred', reply, status: '4.4.3' }
  if (fault.code === 'ENULLMX') return { kind: 'failed', reply, status: '5.1.10' }
  if (fault.code === 'InvalidIpAddress') return { kind: 'failed', reply, status: '5.4.4' }
  return fault.category === 'dns'
    ? { kind: 'failed', reply, status: '5.1.2' }
    : { kind: 'deferred', reply, status: '4.4.1' }
}
