import type { Address } from '../../../message/address.ts'
import { readMailFrom } from '../commands/mail-from.ts'
import type { MailFromParameters } from '../commands/mail-from-parameters.ts'
import type { DoorContext } from '../door-context.ts'
import type { Session, Step } from '../session/session.ts'
import { reply, type SmtpReply } from './reply.ts'
import type { Asked } from './verb.ts'

/** MAIL FROM: one address that we can write down, or none (RFC 5321 section 4.1.1.2). Whose it is, scoring judges. */
export function onMailFrom(argument: string, { session, context }: Asked): Step {
  const wrong = outOfTurn(session)
  if (wrong !== null) return { reply: wrong }
  const read = readMailFrom(argument, { ...context, isTls: session.tls !== null })
  if (read.kind === 'refused') return { reply: read.reply }
  const { address, parameters } = read.value
  if (isForeign(address, session, context)) return { reply: notOwned }
  const overload = context.admission.atMessage(context.pressure())
  if (overload !== null) {
    context.metrics.count('sluice_smtp_refused_total', { cause: overload.cause })
    return { reply: overload.reply }
  }
  return begin(address, parameters, session, context)
}

function outOfTurn({ greeting, transaction }: Session): SmtpReply | null {
  if (greeting === null) return reply(503, '5.5.1', 'Send EHLO first')
  return transaction === null ? null : reply(503, '5.5.1', 'A message is under way')
}

function isForeign(mailFrom: Address | null, { user }: Session, { refusesSender }: DoorContext): boolean {
  return mailFrom !== null && user !== null && refusesSender(user, mailFrom)
}

/** RFC 6409 section 6.1. */
const notOwned = reply(553, '5.7.1', 'Not an address of the user who has logged in')

function begin(
  mailFrom: Address | null,
  asked: MailFromParameters,
  session: Session,
  context: DoorContext
): Step {
  const isBelieved = asked.mtPriority === null || mayPrioritise(session, context)
  const parameters = isBelieved ? asked : { ...asked, mtPriority: null }
  return {
    // RFC 6710 section 4.1: who may not ask for a priority is told that it gets the usual one
    reply: isBelieved ? reply(250, '2.1.0', 'Ok') : reply(250, '2.3.6', 'Ok, with the usual priority'),
    change: { transaction: { mailFrom, parameters, rcptTo: [], recipients: {} } }
  }
}

function mayPrioritise({ user, client }: Session, { identityNetworks }: DoorContext): boolean {
  return user !== null || identityNetworks.has(client.ip)
}
