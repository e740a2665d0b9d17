import type { Socket } from 'node:net'
import type { Logger } from '../../../telemetry/logger.ts'
import type { Connection } from '../listening/socket-server.ts'
import { messageKey, type AnswerPolicy } from './answer-policy.ts'
import type { PendingMessages } from './pending-messages.ts'
import {
  createPolicyReader,
  toPolicyReply,
  type PolicyRead,
  type PolicyReaderLimits
} from './policy-codec.ts'
import { toPolicyRequest } from './policy-request.ts'

export interface ServePolicyOptions {
  readonly answer: AnswerPolicy
  readonly pending: PendingMessages
  readonly limits: PolicyReaderLimits & { readonly requestMs: number; readonly idleMs: number }
  readonly log: Logger
}

/**
 * One connection: requests one after the other, each answered before the next is read. On trouble nothing is answered and the
 * connection is closed; Postfix then asks again, or falls back on its `default_action` (SMTPD_POLICY_README).
 */
export function createServePolicy(options: ServePolicyOptions): (connection: Connection) => Promise<void> {
  const { limits, log } = options
  return async function servePolicy(connection) {
    const { socket, peer } = connection
    socket.setTimeout(limits.idleMs, () => socket.destroy())
    for await (const read of readsOf(socket, limits)) {
      const fault = await answerRead(read, connection, options)
      if (fault !== null) {
        log.warn('callouts.policy_request_broken', { peer, fault })
        socket.destroy()
      }
      if (socket.destroyed || connection.isClosing()) return
    }
  }
}

/** Until the client ends its side. A connection that breaks just ends, and one that leaves a request unfinished is cut. */
async function* readsOf(socket: Socket, limits: ServePolicyOptions['limits']): AsyncGenerator<PolicyRead> {
  const reader = createPolicyReader(limits)
  let slow: NodeJS.Timeout | undefined
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue
      for (const read of reader.push(chunk)) {
        clearTimeout(slow)
        slow = undefined
        yield read
      }
      if (reader.isWithin()) slow ??= setTimeout(() => socket.destroy(), limits.requestMs)
    }
  } catch (error) {
    if (!socket.destroyed) throw error
  } finally {
    clearTimeout(slow)
  }
}

/** Gives what is wrong with the request, or null. */
async function answerRead(
  read: PolicyRead,
  connection: Connection,
  { answer, pending }: ServePolicyOptions
): Promise<string | null> {
  if (read.kind === 'broken') return read.fault
  const request = toPolicyRequest(read.attributes)
  if (request === null) return 'unknown-request'
  const question = { request, peer: connection.peer }
  connection.begin()
  try {
    const told = await write(connection.socket, toPolicyReply(await answer(question)))
    // A lost answer is asked for again: its recipients are still needed
    if (told && request.state === 'END-OF-MESSAGE') pending.forget(messageKey(question))
  } finally {
    connection.end()
  }
  return null
}

async function write(socket: Socket, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    socket.write(text, (error) => resolve(error === undefined || error === null))
  })
}
