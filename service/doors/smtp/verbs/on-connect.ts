import type { DoorContext } from '../door-context.ts'
import type { SessionClient } from '../session/session.ts'
import { reply, type SmtpReply } from './reply.ts'

/** Who may speak at all: anyone at the submission ports, the configured networks at the relay port, nobody too often. null: welcome. */
export function onConnect(client: SessionClient, context: DoorContext): SmtpReply | null {
  const { kind, relayNetworks, limits, admission, pressure, throttle } = context
  const { ip } = client
  const isRelay = kind === 'relay'
  if (isRelay && !relayNetworks.has(ip)) return refuse('network', reply(554, '5.7.1', 'Access denied'))
  if (!isRelay && throttle.isBanned(ip))
    return refuse('banned', reply(421, '4.7.0', 'Too many failed logins, try again later'))
  const overload = admission.atConnect(pressure())
  if (overload !== null) return refuse(overload.cause, overload.reply)
  const admitted = limits.admit(client, ip, isRelay)
  return admitted === 'admitted' ? null : refuse(admitted, tooMany)

  function refuse(cause: string, given: SmtpReply): SmtpReply {
    context.log.info('smtp.connection_refused', { ip, cause })
    context.metrics.count('sluice_smtp_refused_total', { cause })
    return given
  }
}

const tooMany = reply(421, '4.3.2', 'Too many connections, try again later')
