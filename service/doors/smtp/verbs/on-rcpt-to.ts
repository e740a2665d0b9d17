import { readRcptTo, type RcptTo } from '../commands/rcpt-to.ts'
import { noRecipientParameters } from '../commands/rcpt-to-parameters.ts'
import type { Step, Transaction } from '../session/session.ts'
import { reply } from './reply.ts'
import type { Asked } from './verb.ts'

/** RCPT TO: one more recipient. Submission relays to anywhere: who may speak was decided before. */
export function onRcptTo(argument: string, { session: { transaction }, context }: Asked): Step {
  if (transaction === null) return { reply: reply(503, '5.5.1', 'Send MAIL first') }
  const { smtpUtf8 } = transaction.parameters
  const read = readRcptTo(argument, { hostname: context.hostname, smtpUtf8 })
  if (read.kind === 'refused') return { reply: read.reply }
  if (transaction.rcptTo.length >= context.maxRecipients)
    return { reply: reply(452, '4.5.3', 'Too many recipients') }
  return { reply: reply(250, '2.1.5', 'Ok'), change: { transaction: withRecipient(transaction, read.value) } }
}

function withRecipient(transaction: Transaction, { address, parameters }: RcptTo): Transaction {
  const { rcptTo, recipients } = transaction
  const isAsked = parameters.notify !== null || parameters.orcpt !== null
  // Given twice: what is asked the second time holds for both
  const asked = { ...(recipients[address] ?? noRecipientParameters), ...given(parameters) }
  return {
    ...transaction,
    rcptTo: [...rcptTo, address],
    recipients: isAsked ? { ...recipients, [address]: asked } : recipients
  }
}

function given<T extends object>(parameters: T): Partial<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a part of T is what is left of T
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== null)) as Partial<T>
}
