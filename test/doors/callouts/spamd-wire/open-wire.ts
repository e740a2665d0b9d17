import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { createByteBudget, type ByteBudget } from '../../../../service/access/byte-budget.ts'
import type { AskCallout } from '../../../../service/doors/callouts/asking/ask-callout.ts'
import {
  answerOf,
  failureOf,
  type CalloutAnswer
} from '../../../../service/doors/callouts/asking/callout-answer.ts'
import type { CalloutRequest } from '../../../../service/doors/callouts/asking/callout-request.ts'
import type { ClientProfile } from '../../../../service/doors/callouts/clients/client-profile.ts'
import { createSocketServer } from '../../../../service/doors/callouts/listening/socket-server.ts'
import type { Tell, Told } from '../../../../service/doors/callouts/asking/tell.ts'
import { createServeRspamc } from '../../../../service/doors/callouts/rspamc/serve-rspamc.ts'
import { createServeSpamc } from '../../../../service/doors/callouts/spamc/serve-spamc.ts'
import type { WireTimes } from '../../../../service/doors/callouts/spamd-wire/serve-request.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import type { Verdict } from '../../../../service/verdict/verdict.ts'
import { verdictOf } from '../../../helpers/fixed-score.ts'

const base: ClientProfile = {
  name: 'exim',
  kind: 'exim-rspamd',
  mta: 'exim',
  trusted: true,
  hold: 'quarantine',
  route: null,
  onFailure: 'open',
  mode: 'enforce',
  labels: true,
  identityHeader: null
}

export interface WireSetting {
  readonly protocol: 'rspamc' | 'spamc'
  readonly ask?: AskCallout
  readonly profile?: Partial<ClientProfile>
  readonly tell?: Tell
  readonly maxMessageBytes?: number
  readonly budget?: ByteBudget
  readonly times?: Partial<WireTimes>
}

/** The real protocol on a real socket; the seam behind it writes down what it is asked. */
export async function openWire(t: TestContext, setting: WireSetting) {
  const { protocol, maxMessageBytes = 100_000, budget = createByteBudget(1_000_000) } = setting
  const asked: CalloutRequest[] = []
  const told: Told[] = []
  const options = {
    limits: { maxMessageBytes, budget, ...(setting.times && { times: setting.times }) },
    log: silentLogger,
    ask: async (question: CalloutRequest) => {
      if (question.isUnread === true) return failureOf('overloaded', { ...base, ...setting.profile })
      // The memory of a message is given back once it is answered
      asked.push({ ...question, raw: question.raw && Buffer.from(question.raw) })
      return setting.ask?.(question) ?? answered('allow')
    },
    tell: async (what: Told) => {
      told.push({ ...what, raw: Buffer.from(what.raw) })
      return setting.tell?.(what) ?? 'taken'
    }
  }
  const serveRequest = protocol === 'rspamc' ? createServeRspamc(options) : createServeSpamc(options)
  const server = createSocketServer({
    name: protocol,
    maxConnections: 100,
    log: silentLogger,
    serve: async (connection) => {
      const first = await firstBytes(connection.socket)
      if (first !== null) await serveRequest(connection, first)
    }
  })
  const port = (await server.listen({ host: '127.0.0.1', port: 0 })) ?? 0
  t.after(() => server.close())
  return { asked, told, port, budget, say: (...pieces: readonly Piece[]) => say(port, pieces) }
}

/** As the listener does that tells protocols apart. */
async function firstBytes(socket: Socket): Promise<Buffer | null> {
  const first = await new Promise<Buffer | null>((resolve) => {
    socket
      .once('data', resolve)
      .once('end', () => resolve(null))
      .once('close', () => resolve(null))
  })
  socket.pause()
  return first
}

export type Piece = string | Uint8Array

/** In the place of a piece: no more will be sent. */
export const halfClose = Buffer.alloc(0)

/** Sends piece by piece and gives what the server said until it closed. */
async function say(port: number, pieces: readonly Piece[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  const said = buffer(socket)
  await once(socket, 'connect')
  for (const piece of pieces) {
    if (piece === halfClose) socket.end()
    else await new Promise<void>((resolve) => void socket.write(piece, () => setImmediate(resolve)))
  }
  const text = (await said).toString('latin1')
  socket.destroy()
  return text
}

export function answered(
  verdict: Verdict['verdict'],
  given: Partial<Verdict> = {},
  profile: Partial<ClientProfile> = {}
): CalloutAnswer {
  return answerOf({ ...verdictOf(verdict, 'alice@example.org'), ...given }, { ...base, ...profile })
}
