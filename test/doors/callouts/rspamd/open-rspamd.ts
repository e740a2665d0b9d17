import { once } from 'node:events'
import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { createByteBudget, type ByteBudget } from '../../../../service/access/byte-budget.ts'
import type { AskCallout } from '../../../../service/doors/callouts/asking/ask-callout.ts'
import {
  answerOf,
  failureOf,
  type CalloutAnswer
} from '../../../../service/doors/callouts/asking/callout-answer.ts'
import type { CalloutRequest } from '../../../../service/doors/callouts/asking/callout-request.ts'
import type { ClientProfile } from '../../../../service/doors/callouts/clients/client-profile.ts'
import type { ServeConnection } from '../../../../service/doors/callouts/listening/serve-connection.ts'
import type { Tell, Told } from '../../../../service/doors/callouts/asking/tell.ts'
import { createRspamdDoor, type RspamdTimes } from '../../../../service/doors/callouts/rspamd/rspamd-door.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import type { Verdict } from '../../../../service/verdict/verdict.ts'
import { verdictOf } from '../../../helpers/fixed-score.ts'

export const profile: ClientProfile = {
  name: 'mx',
  kind: 'rspamd-proxy',
  mta: 'mx',
  trusted: true,
  hold: 'quarantine',
  route: null,
  onFailure: 'open',
  mode: 'enforce',
  labels: true,
  identityHeader: null
}

export function answered(
  verdict: Verdict['verdict'],
  given: Partial<Verdict> = {},
  ofProfile: Partial<ClientProfile> = {}
): CalloutAnswer {
  return answerOf({ ...verdictOf(verdict, 'alice'), ...given }, { ...profile, ...ofProfile })
}

export interface RspamdSetting {
  readonly ask?: AskCallout
  readonly tell?: Tell
  readonly maxMessageBytes?: number
  readonly maxConnections?: number
  readonly budget?: ByteBudget
  readonly times?: Partial<RspamdTimes>
  readonly client?: Partial<ClientProfile>
  readonly serveRspamc?: ServeConnection
}

/** `test`, or one of its subtests. */
interface Owner {
  after(act: () => Promise<void>): void
}

/** The real listener on a free port; the seam behind it writes down what it is asked. */
export async function openRspamd(t: Owner, setting: RspamdSetting = {}) {
  const { maxMessageBytes = 100_000, maxConnections = 100, budget = createByteBudget(1_000_000) } = setting
  const asked: CalloutRequest[] = []
  const told: Told[] = []
  const older: string[] = []
  const note: (protocol: string) => ServeConnection = (protocol) => async (connection, first) => {
    older.push(`${protocol} ${first.toString('latin1')}`)
    connection.socket.end('served')
  }
  const door = createRspamdDoor({
    ask: async (question) => {
      if (question.isUnread === true) return failureOf('overloaded', { ...profile, ...setting.client })
      // The memory of a message is given back once it is answered
      asked.push({ ...question, raw: question.raw && Buffer.from(question.raw) })
      return (await setting.ask?.(question)) ?? answered('allow')
    },
    tell: async (what) => {
      told.push({ ...what, raw: Buffer.from(what.raw) })
      return (await setting.tell?.(what)) ?? 'taken'
    },
    serveRspamc: setting.serveRspamc ?? note('rspamc'),
    serveSpamc: note('spamc'),
    maxConnections,
    limits: { maxMessageBytes, budget },
    ...(setting.times && { times: setting.times }),
    clock: () => 1_000,
    log: silentLogger
  })
  const port = (await door.listen({ host: '127.0.0.1', port: 0 })) ?? 0
  t.after(() => door.close())
  return {
    asked,
    told,
    older,
    port,
    budget,
    door,
    post: (path: string, headers: readonly Field[] = [], body: Uint8Array | string = mail) =>
      post(port, path, headers, body),
    say: (...pieces: readonly Piece[]) => say(port, pieces)
  }
}

export type OpenRspamd = Awaited<ReturnType<typeof openRspamd>>

export const mail =
  'From: alice@example.org\r\nMessage-ID: <m1@example.org>\r\nSubject: Lunch\r\n\r\nAt noon?\r\n'

export type Field = readonly [name: string, value: string]

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  /** `undefined` where the body is no JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows what it looks for
  readonly json: any
}

/** One request of Node's own client, with header fields in order and repeated as they are given. */
async function post(
  port: number,
  path: string,
  fields: readonly Field[],
  body: Uint8Array | string
): Promise<HttpAnswer> {
  const bytes = Buffer.from(body)
  const headers = ['Host', 'sluice', 'Content-Length', `${bytes.length}`, ...fields.flat()]
  const sent = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent: false })
  const response = once(sent, 'response')
  sent.end(bytes)
  const [incoming] = await response
  const said = await buffer(incoming)
  return { status: incoming.statusCode, headers: incoming.headers, bytes: said, json: parsed(said) }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

/** `half-close`: no more will be sent. */
export type Piece = string | Uint8Array

/** Sends piece by piece and gives what the server said until it closed. */
async function say(port: number, pieces: readonly Piece[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A reset after the answer is an end too
  const over = new Promise<void>((resolve) => {
    socket.once('end', resolve).once('error', () => resolve())
  })
  await once(socket, 'connect')
  for (const piece of pieces) {
    if (piece === 'half-close') socket.end()
    else await new Promise<void>((resolve) => void socket.write(piece, () => setImmediate(resolve)))
  }
  await over
  socket.destroy()
  return Buffer.concat(chunks).toString('latin1')
}
