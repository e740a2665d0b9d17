import type { SMTPServerOptions } from 'smtp-server'
import { parseAddress } from '../../../message/address.ts'
import { isInternational } from './international.ts'
import { reply, ReplyError } from './reply.ts'

/** RCPT TO: one address (RFC 5321 section 4.1.1.3). Submission relays to anywhere: who may speak was decided before. */
export function createOnRcptTo(hostname: string): NonNullable<SMTPServerOptions['onRcptTo']> {
  return function onRcptTo(recipient, session, callback) {
    // RFC 5321 section 4.5.1: postmaster without a domain is ours
    if (recipient.address.toLowerCase() === 'postmaster') recipient.address = `postmaster@${hostname}`
    if (parseAddress(recipient.address) === undefined)
      return callback(new ReplyError(reply(553, '5.1.3', 'Bad recipient address')))
    if (isInternational(recipient.address) && session.envelope.smtpUtf8 !== true) {
      return callback(new ReplyError(reply(553, '5.6.7', 'Internationalised address without SMTPUTF8')))
    }
    return callback()
  }
}
