import assert from 'node:assert/strict'
import { isRoot } from '../harness/as-root.ts'
import { showCases } from '../harness/client-cases.ts'
import { readDeployFile } from '../harness/deploy-file.ts'
import { program } from '../harness/programs.ts'
import type { Sent } from '../harness/send-by-swaks.ts'
import { openSink } from '../harness/sink.ts'
import { startSluiceForMta } from '../harness/sluice.ts'
import { askedOver, socketFor } from '../harness/unix-socket.ts'
import { openFilter, type Ran } from './open-filter.ts'

const client = 'spamc 4.0 in a content filter'

showCases(client, async (t) => {
  const spamc = program(t, 'spamc', 'usr/bin/spamc')
  if (spamc === undefined || !isRoot(t, client)) return undefined
  const sink = await openSink(t)
  const socket = await socketFor('mail')
  const config = await readDeployFile('spamc/sluice.toml', { '/run/sluice/rspamd.sock': socket })
  const sluice = await startSluiceForMta(t, { config })
  const filter = await openFilter(spamc, socket, sink.port)
  return {
    client,
    sluice: { ...sluice, asked: () => askedOver(socket) },
    sink,
    send: async (mail) => toSent(await filter.run(mail)),
    async onHeld(sent, mail) {
      assert.equal(sent.accepted, true, sent.transcript)
      const [name = '', ...others] = await filter.held()
      assert.deepEqual(others, [])
      assert.equal(sink.copiesOf(mail).length, 0)
      const { exitCode } = await filter.release(name)
      assert.equal(exitCode, 0)
      const arrived = await sink.arrival(mail)
      assert.deepEqual(arrived.to, mail.to)
      assert.doesNotMatch(arrived.data, /^X-(?:AuthUser|Envelope-)/mu)
      assert.deepEqual(await filter.held(), [])
      return 'kept by the filter'
    },
    killed: 'delivers',
    slow: 'delivers',
    failureLimitMs: 20_000
  }
})

/** What a mail server makes of the exit codes of a filter (sysexits(3)). */
const replies: Readonly<Record<number, string>> = { 0: '250 2.0.0', 75: '451 4.3.0', 77: '550 5.7.1' }

function toSent({ exitCode, said, tookMs }: Ran): Sent {
  const reply = `${replies[exitCode] ?? '550 5.3.0'} ${said}`
  return {
    accepted: exitCode === 0,
    reply,
    replies: [reply],
    tookMs,
    transcript: `exit code ${exitCode}: ${said}`
  }
}
