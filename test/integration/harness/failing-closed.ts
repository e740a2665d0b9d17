import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, users, type OpenContext } from './client-cases.ts'
import { habitualMail, type Mail } from './mails.ts'
import { report } from './outcomes.ts'
import type { Sent } from './send-by-swaks.ts'
import type { Sink } from './sink.ts'
import type { SluiceForMta } from './sluice.ts'

export interface FailingClosed {
  readonly sluice: SluiceForMta
  readonly sink: Sink
  readonly send: (mail: Mail) => Promise<Sent>
}

/** Shows that a client whose files fail closed has honest mail come again, with `reply`, while Sluice hangs and after it was killed. */
export function showFailingClosed(
  client: string,
  reply: RegExp,
  open: (t: OpenContext) => Promise<FailingClosed | undefined>
): void {
  test(client, async (t) => {
    const under = await open(t)
    if (under === undefined) return
    const { sluice } = under
    await t.test('with Sluice hanging honest mail is told to come again', async (one) => {
      sluice.pause()
      report(one, { client, case: 'slow', happened: await deferred(under, reply) })
      sluice.resume()
    })
    await t.test('with Sluice killed it is, too', async (one) => {
      await sluice.kill()
      report(one, { client, case: 'killed', happened: await deferred(under, reply) })
    })
  })
}

async function deferred({ sink, send }: FailingClosed, reply: RegExp): Promise<string> {
  const mail = habitualMail(users.honest)
  const sent = await send(mail)
  assert.match(sent.reply, reply, sent.transcript)
  assert.equal(sink.copiesOf(mail).length, 0)
  return `${codeOf(sent)} after ${(sent.tookMs / 1_000).toFixed(1)} s`
}
