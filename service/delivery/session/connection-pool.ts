import type { Connected, ConnectionNeeds, ConnectOutcome } from '../hosts/connect.ts'
import type { Lane } from '../dispatch/lane.ts'
import type { RecipientResult } from './reply.ts'
import type { Destination } from '../routes/route.ts'

export interface ConnectionPoolOptions {
  readonly maxConnections: number
  /** How long a connection waits for the next message. */
  readonly idleMs: number
  /** A connection is closed after so many: balancers behind a host's name get their turn, and what a host counts begins anew. */
  readonly maxMessagesPerConnection: number
  readonly connect: (destination: Destination, needs: ConnectionNeeds) => Promise<ConnectOutcome>
}

/** `isUsed`: it carried mail before, and the host may have had enough of it. */
export type AcquireOutcome = ConnectOutcome & { readonly isUsed?: boolean }

interface Waiting {
  readonly lane: Lane
  readonly timer: NodeJS.Timeout
}

const stopped: RecipientResult = { kind: 'deferred', reply: 'the service was stopped', status: '4.3.2' }

/** The outgoing connections: never more than `maxConnections`, used again for the next message to the same destination. */
export class ConnectionPool {
  readonly #options: ConnectionPoolOptions
  readonly #inUse = new Set<Connected>()
  /** Longest waiting first. */
  readonly #idle = new Map<Connected, Waiting>()
  /** Messages that went over each connection. */
  readonly #carried = new WeakMap<Connected, number>()
  #taken = 0
  #closed = false

  constructor(options: ConnectionPoolOptions) {
    this.#options = options
  }

  /** A connection to the lane's destination. The caller makes no more than `maxConnections` attempts at once. */
  async acquire(lane: Lane, needs: ConnectionNeeds = { requireTls: false }): Promise<AcquireOutcome> {
    this.#taken += 1
    const waiting = this.#takeIdle(lane, needs)
    if (waiting === undefined) this.#makeRoom()
    const outcome: AcquireOutcome =
      waiting === undefined
        ? await this.#options.connect(lane.destination, needs)
        : { kind: 'connected', connection: waiting, isUsed: true }
    if (outcome.kind === 'refused') return outcome
    if (this.#closed) {
      outcome.connection.session.abort()
      return { kind: 'refused', result: stopped, mx: outcome.connection.mx }
    }
    this.#inUse.add(outcome.connection)
    return outcome
  }

  /** Gives the place back; the connection waits for another message, unless it is in doubt. */
  release(lane: Lane, connection: Connected | null, reusable: boolean): void {
    this.#taken -= 1
    if (connection === null) return
    this.#inUse.delete(connection)
    const carried = (this.#carried.get(connection) ?? 0) + 1
    this.#carried.set(connection, carried)
    const most = lane.site?.limits.maxMessagesPerConnection ?? Infinity
    if (
      reusable &&
      carried >= Math.min(most, this.#options.maxMessagesPerConnection) &&
      connection.session.isOpen
    ) {
      connection.session.quit()
      return
    }
    if (!reusable || this.#closed || !connection.session.isOpen) {
      connection.session.abort()
      return
    }
    const timer = setTimeout(() => this.#dismiss(connection), this.#options.idleMs)
    timer.unref()
    lane.idle.push(connection)
    this.#idle.set(connection, { lane, timer })
  }

  /** Says QUIT to the waiting connections. */
  dismissIdle(): void {
    for (const connection of this.#idle.keys()) this.#dismiss(connection)
  }

  /** Ends every connection, also those in use and those still being opened. */
  abort(): void {
    this.#closed = true
    this.dismissIdle()
    for (const connection of this.#inUse) connection.session.abort()
  }

  /** The one used last: it is the least likely to have been given up by its host. */
  #takeIdle(lane: Lane, { requireTls }: ConnectionNeeds): Connected | undefined {
    for (const found of lane.idle.toReversed()) {
      if (requireTls && found.keepsTls !== true && found.session.isOpen) continue
      lane.idle.splice(lane.idle.indexOf(found), 1)
      clearTimeout(this.#idle.get(found)?.timer)
      this.#idle.delete(found)
      if (found.session.isOpen) return found
      found.session.abort()
    }
    return undefined
  }

  /** The longest waiting connection goes when a new one needs its place. */
  #makeRoom(): void {
    const [oldest] = this.#idle.keys()
    if (oldest !== undefined && this.#taken + this.#idle.size > this.#options.maxConnections)
      this.#dismiss(oldest)
  }

  #dismiss(connection: Connected): void {
    const waiting = this.#idle.get(connection)
    if (waiting === undefined) return
    clearTimeout(waiting.timer)
    this.#idle.delete(connection)
    const at = waiting.lane.idle.indexOf(connection)
    if (at !== -1) waiting.lane.idle.splice(at, 1)
    connection.session.quit()
  }
}
