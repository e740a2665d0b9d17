import type { Logger } from '../../../telemetry/logger.ts'
import type { AskCallout } from '../asking/ask-callout.ts'
import type { ServeConnection } from '../listening/serve-connection.ts'
import { createSocketServer, type Connection, type SocketServer } from '../listening/socket-server.ts'
import type { Tell } from '../asking/tell.ts'
import { json, type Handle } from './exchange.ts'
import { createLearn } from './answering/learn.ts'
import { readFirstBytes } from './read-first-bytes.ts'
import { mostBytesOf, type MessageLimits } from './reading/receive-message.ts'
import { createScan } from './answering/scan.ts'
import { createHttpServer, type HttpTimes } from './http-server.ts'
import { createStatistics } from './answering/statistics.ts'

export interface RspamdDoorOptions {
  readonly ask: AskCallout
  /** Absent: the learning words are unknown. */
  readonly tell?: Tell
  /** The older protocols on the same port. */
  readonly serveRspamc: ServeConnection
  readonly serveSpamc: ServeConnection
  readonly maxConnections: number
  readonly limits: MessageLimits
  readonly times?: Partial<RspamdTimes>
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Logger
}

export interface RspamdTimes extends HttpTimes {
  /** Until a client has said what it speaks. */
  readonly sniffMs: number
}

const usualTimes: RspamdTimes = { sniffMs: 10_000, headersMs: 10_000, requestMs: 120_000, idleMs: 30_000 }

/** rspamd's port: its HTTP protocol, and RSPAMC and SPAMC, told apart by their first bytes. */
export function createRspamdDoor(options: RspamdDoorOptions): SocketServer {
  const { serveRspamc, serveSpamc, maxConnections, limits, log } = options
  const times = { ...usualTimes, ...options.times }
  const http = createHttpServer({
    handlerOf: createWords(options),
    mostBytes: mostBytesOf(limits),
    times,
    log
  })
  const serveAs = {
    http: (connection: Connection) => http.serve(connection),
    rspamc: serveRspamc,
    spamc: serveSpamc
  } as const

  async function serve(connection: Connection): Promise<void> {
    const first = await readFirstBytes(connection.socket, times.sniffMs)
    if (first !== null) await serveAs[first.protocol](connection, first.bytes)
  }

  const server = createSocketServer({ name: 'rspamd', maxConnections, log, serve })
  return {
    listen: (place) => server.listen(place),
    async close() {
      await server.close()
      http.close()
    }
  }
}

/** Every word that rspamd's scanner and controller know and that means something here. */
function createWords(options: RspamdDoorOptions): (word: string) => Handle | undefined {
  const { clock, tell } = options
  const statistics = createStatistics(clock)
  const { check, checkv2, checkv3 } = createScan({
    ...options,
    onScanned: (result) => statistics.note(result)
  })
  const words: Readonly<Record<string, Handle>> = {
    checkv2,
    checkv3,
    check,
    symbols: check,
    scan: check,
    process: check,
    report: check,
    report_ifspam: check,
    skip: async () => json(skipped),
    ping: async () => ({ status: 200, contentType: 'text/plain', body: 'pong\r\n' }),
    stat: statistics.stat,
    healthy: async () => json({ success: true }),
    ready: async () => json({ success: true }),
    ...(tell !== undefined && createLearn({ ...options, tell }))
  }
  return (word) => (Object.hasOwn(words, word) ? words[word] : undefined)
}

const skipped = {
  is_skipped: true,
  score: 0,
  required_score: 15,
  action: 'no action',
  symbols: {},
  messages: {},
  time_real: 0
}
