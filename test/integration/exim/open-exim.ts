import assert from 'node:assert/strict'
import { isRoot } from '../harness/as-root.ts'
import { password, type ClientUnderTest, type OpenContext } from '../harness/client-cases.ts'
import { readDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { freePort } from '../harness/free-ports.ts'
import { program } from '../harness/programs.ts'
import { sendBySwaks } from '../harness/send-by-swaks.ts'
import { openSink } from '../harness/sink.ts'
import { freeSluicePorts, startSluiceForMta } from '../harness/sluice.ts'
import { askedOver, socketFor } from '../harness/unix-socket.ts'
import { startExim, type Exim, type Variant } from './start-exim.ts'

export interface EximUnderTest extends Omit<ClientUnderTest, 'killed' | 'slow'> {
  readonly exim: Exim
}

/** What an operator changes in deploy/mta/exim. */
export interface Changes {
  readonly acl?: Replacements
  readonly sluiceToml?: Replacements
}

/** Exim as deploy/mta/exim sets it up, Sluice beside it. undefined: Exim is missing, or we are not root. */
export async function openExim(
  t: OpenContext,
  client: string,
  variant: Variant,
  changes: Changes = {}
): Promise<EximUnderTest | undefined> {
  const home = program(t, 'exim', 'usr/sbin/exim4')
  if (home === undefined || !isRoot(t, client)) return undefined
  const socket = variant === 'rspamd' ? await socketFor('Debian-exim') : null
  const ports = await freeSluicePorts()
  const atSocket = socket === null ? null : { '/run/sluice/rspamd.sock': socket }
  const sink = await openSink(t)
  const config = await readDeployFile(`exim/${variant}/sluice.toml`, { ...atSocket, ...changes.sluiceToml })
  const sluice = await startSluiceForMta(t, { config, ports })
  const port = await freePort()
  const exim = await startExim(t, {
    home,
    variant,
    address: atSocket ?? { '127.0.0.1 11333': `127.0.0.1 ${ports.rspamd}` },
    aclChanges: changes.acl ?? {},
    port,
    password,
    sinkPort: sink.port
  })
  return {
    client,
    exim,
    sluice: socket === null ? sluice : { ...sluice, asked: () => askedOver(socket) },
    sink,
    send: (mail) => sendBySwaks(mail, { port, password }),
    async onHeld(sent, mail) {
      assert.equal(sent.accepted, true, sent.transcript)
      const [id = '', ...others] = await exim.frozen()
      assert.deepEqual(others, [])
      assert.ok(sent.reply.includes(id), `${sent.reply} names ${id}`)
      assert.equal(sink.copiesOf(mail).length, 0)
      await exim.release(id)
      await sink.arrival(mail)
      return 'frozen in its queue'
    },
    failureLimitMs: 20_000
  }
}
