import type { SMTPServerOptions } from 'smtp-server'
import type { DoorContext } from '../door-context.ts'
import { reply, ReplyError } from './reply.ts'

/** Who may speak at all: anyone at the submission ports, the configured networks at the relay port, nobody too often. */
export function createOnConnect({
  kind,
  relayNetworks,
  limits,
  log
}: DoorContext): NonNullable<SMTPServerOptions['onConnect']> {
  return function onConnect(session, callback) {
    const ip = session.remoteAddress
    if (kind === 'relay' && !relayNetworks.has(ip)) {
      log.info('smtp.connection_refused', { ip, cause: 'network' })
      return callback(new ReplyError(reply(554, '5.7.1', 'Access denied')))
    }
    const admission = limits.admit(session, ip)
    if (admission === 'admitted') return callback()
    log.warn('smtp.connection_refused', { ip, cause: admission })
    return callback(new ReplyError(reply(421, '4.3.2', 'Too many connections, try again later')))
  }
}
