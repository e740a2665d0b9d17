import type { SMTPServerOptions } from 'smtp-server'
import { parseAddress } from '../../../message/address.ts'
import { isInternational } from './international.ts'
import { reply, ReplyError } from './reply.ts'

/** MAIL FROM: one address that we can write down, or none (RFC 5321 section 4.1.1.2). Whose it is, scoring judges. */
export function createOnMailFrom(): NonNullable<SMTPServerOptions['onMailFrom']> {
  return function onMailFrom({ address }, session, callback) {
    if (address === '') return callback()
    if (parseAddress(address) === undefined)
      return callback(new ReplyError(reply(553, '5.1.7', 'Bad sender address')))
    if (isInternational(address) && session.envelope.smtpUtf8 !== true) {
      return callback(new ReplyError(reply(553, '5.6.7', 'Internationalised address without SMTPUTF8')))
    }
    return callback()
  }
}
