import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelNames } from '../../../service/doors/callouts/asking/label-fields.ts'
import { habitualMail, spamMail, takeoverMail, type Mail } from './mails.ts'
import { report, type Case } from './outcomes.ts'
import type { Sent } from './send-by-swaks.ts'
import { fieldsOf, type Sink } from './sink.ts'
import type { SluiceForMta } from './sluice.ts'

/** A user a case, so that no case leaves traces in another's history. Each MTA under test gives all of them the same password. */
export const users = {
  honest: 'alice@example.org',
  spam: 'brian@example.org',
  takeover: 'clara@example.org',
  killed: 'doris@example.org',
  slow: 'edgar@example.org'
} as const satisfies Record<Case, string>

export const password = 'correct-horse'

/** What a client does while Sluice can't answer. */
export type FailurePromise = 'delivers' | 'answers 4xx'

export interface ClientUnderTest {
  /** `Postfix 3.7, milter`: its row in the table. */
  readonly client: string
  readonly sluice: SluiceForMta
  readonly sink: Sink
  readonly send: (mail: Mail) => Promise<Sent>
  /** Whether honest mail arrives with our label fields. Default true. */
  readonly labels?: boolean
  /** What is refused or held instead, where no content is shown to us. */
  readonly spam?: Instead
  readonly takeover?: Instead
  /** Asserts that the first mail of a hijacked sender is held as this client can; says how. It must not have arrived. */
  readonly onHeld: (sent: Sent, mail: Mail) => Promise<string>
  readonly killed: FailurePromise
  readonly slow: FailurePromise
  /** With Sluice killed or stopped the client must have answered by then. */
  readonly failureLimitMs: number
}

export interface Instead {
  /** Makes it so, and gives a mail. */
  readonly mail: (sluice: SluiceForMta) => Promise<Mail>
  /** For the table: `a suspended sender`. */
  readonly what: string
}

/** Declares the five cases as tests. `open` is called once, before the first; undefined: the program is missing, everything is skipped. */
export function showCases(
  client: string,
  open: (t: OpenContext) => Promise<ClientUnderTest | undefined>
): void {
  test(client, async (t) => {
    const under = await open(t)
    if (under === undefined) return
    const { sluice } = under
    for (const user of Object.values(users)) await sluice.api.teach(user)
    for (const [name, show] of Object.entries(shows)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table
      const which = name as Case
      await t.test(titles[which], async (one) => {
        report(one, { client: under.client, case: which, happened: await show(under) })
      })
    }
  })
}

/** The context of the test that `showCases` declares. */
export interface OpenContext {
  after(act: () => Promise<void>): void
  skip(message: string): void
}

const titles = {
  honest: 'honest mail passes',
  spam: 'spam is refused',
  takeover: 'the first mail of a hijacked sender does not leave',
  killed: 'with Sluice killed it does what its configuration promises',
  slow: 'with Sluice hanging it does the same, in bounded time'
} as const satisfies Record<Case, string>

const shows = {
  honest: async (under) => {
    const mail = habitualMail(users.honest)
    const sent = await under.send(mail)
    assert.equal(sent.accepted, true, sent.transcript)
    const arrived = await under.sink.arrival(mail)
    assert.equal(under.sink.copiesOf(mail).length, 1)
    if (under.labels === false) return 'delivered'
    for (const name of labelNames) assert.equal(fieldsOf(arrived, name).length, 1, `one ${name}`)
    assert.deepEqual(fieldsOf(arrived, 'X-Sluice-Verdict'), ['allow'])
    return 'delivered with label'
  },
  spam: async (under) => {
    const { mail, what } = (await instead(under.spam, under)) ?? { mail: spamMail(users.spam), what: '' }
    const sent = await under.send(mail)
    assert.equal(sent.accepted, false, sent.transcript)
    assert.match(sent.reply, /^5/u, sent.transcript)
    assert.equal(under.sink.copiesOf(mail).length, 0)
    return `${what}refused ${codeOf(sent)}`
  },
  takeover: async (under) => {
    const { mail, what } = (await instead(under.takeover, under)) ?? {
      mail: takeoverMail(users.takeover),
      what: ''
    }
    return `${what}${await under.onHeld(await under.send(mail), mail)}`
  },
  killed: async (under) => {
    const { sluice, send } = under
    const inFlight = habitualMail(users.killed)
    sluice.pause()
    const sending = send(inFlight)
    await sluice.asked()
    await sluice.kill()
    try {
      await promised(under.killed, inFlight, await sending, under)
      const later = habitualMail(users.killed)
      return await promised(under.killed, later, await send(later), under)
    } finally {
      await sluice.restart()
    }
  },
  slow: async (under) => {
    under.sluice.pause()
    try {
      const mail = habitualMail(users.slow)
      return await promised(under.slow, mail, await under.send(mail), under)
    } finally {
      under.sluice.resume()
    }
  }
} satisfies Record<Case, (under: ClientUnderTest) => Promise<string>>

async function instead(
  other: Instead | undefined,
  { sluice }: ClientUnderTest
): Promise<{ readonly mail: Mail; readonly what: string } | undefined> {
  return other && { mail: await other.mail(sluice), what: `${other.what}: ` }
}

/** Both failures end in bounded time, one way or the other; which one, the client's configuration promises. */
async function promised(
  promise: FailurePromise,
  mail: Mail,
  sent: Sent,
  { sink, failureLimitMs }: ClientUnderTest
): Promise<string> {
  const took = `${(sent.tookMs / 1_000).toFixed(1)} s`
  assert.ok(sent.tookMs < failureLimitMs, `it took ${took}`)
  if (promise === 'answers 4xx') {
    assert.match(sent.reply, /^4/u, sent.transcript)
    assert.equal(sink.copiesOf(mail).length, 0)
    return `${codeOf(sent)} after ${took}`
  }
  assert.equal(sent.accepted, true, sent.transcript)
  await sink.arrival(mail)
  return `delivered unjudged after ${took}`
}

/** `451 4.7.1`: the code with its enhanced status, if it has one. */
export function codeOf({ reply }: Sent): string {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/u.exec(reply)?.[0] ?? 'no reply'
}
