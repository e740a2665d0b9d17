import type { StalwartAnswer } from '../../../service/doors/callouts/stalwart/stalwart-answer.ts'
import type { Mail } from '../harness/mails.ts'
import type { Sent } from '../harness/send-by-swaks.ts'
import { joinMail, splitMail, toSent, type Field, type KeptMails } from './kept-mails.ts'

/** As Stalwart's configuration names it. */
export interface StalwartHook {
  readonly url: string
  readonly authorization: string
  readonly timeoutMs: number
  readonly tempFailOnError: boolean
}

/**
 * Stands where Stalwart would, which no package registry has: asks at the end of DATA what it asks, by its source, and does with the answer
 * what it does, by its source.
 */
export function stalwartStandIn(hook: StalwartHook, world: KeptMails): (mail: Mail) => Promise<Sent> {
  let queueIds = 0xa1b2c3
  return async function send(mail) {
    const startedAt = performance.now()
    queueIds += 1
    const answer = await ask(hook, toRequest(mail, queueIds.toString(16)))
    if (answer === null && hook.tempFailOnError)
      return toSent('451 4.3.5 Unable to accept message at this time.', startedAt)
    if (answer !== null && answer.action !== 'accept') return toSent(refusal(answer), startedAt)
    world.keep({ from: mail.from, to: mail.to, data: changed(mail.raw, answer?.modifications ?? []) })
    return toSent('250 2.0.0 Message queued.', startedAt)
  }
}

/** null: an error, whichever. */
async function ask(
  { url, authorization, timeoutMs }: StalwartHook,
  request: object
): Promise<StalwartAnswer | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(timeoutMs)
    })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it does not look either
    return response.ok ? ((await response.json()) as StalwartAnswer) : null
  } catch {
    return null
  }
}

function toRequest({ user, from, to, raw }: Mail, queueId: string): object {
  const { fields, body } = splitMail(raw)
  return {
    context: {
      stage: 'data',
      client: { ip: '127.0.0.1', port: 40_000, ptr: null, helo: 'laptop.example.org', activeConnections: 1 },
      sasl: { login: user },
      server: { name: 'Stalwart', port: 587, ip: '127.0.0.1' },
      queue: { id: queueId },
      protocol: { version: 1 }
    },
    envelope: { from: { address: from }, to: to.map((address) => ({ address })) },
    message: {
      headers: fields.map(([name, value]) => [name, `${value}\r\n`]),
      contents: body,
      size: raw.length
    }
  }
}

/** Without a status and a text of ours it says its own. */
function refusal({ action, response }: StalwartAnswer): string {
  if (response !== undefined) return `${response.status} ${response.enhanced_status} ${response.message}`
  return action === 'reject' ? '503 5.5.3 Message rejected.' : '250 2.0.0 Message queued for delivery.'
}

/** One change after the other; fields are counted by name from 1, and added on top. */
function changed(raw: string, modifications: StalwartAnswer['modifications']): string {
  const { fields, body } = splitMail(raw)
  const result: Field[] = [...fields]
  for (const change of modifications) {
    if (change.type === 'addHeader') {
      result.unshift([change.name, ` ${change.value}`])
      continue
    }
    const places = result.flatMap(([name], place) => (sameName(name, change.name) ? [place] : []))
    const place = places[change.index - 1]
    if (place !== undefined) result.splice(place, 1)
  }
  return joinMail({ fields: result, body })
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
