import assert from 'node:assert/strict'
import { isRoot } from '../harness/as-root.ts'
import { password, type ClientUnderTest, type OpenContext } from '../harness/client-cases.ts'
import { readDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { freePorts } from '../harness/free-ports.ts'
import type { Mail } from '../harness/mails.ts'
import { program } from '../harness/programs.ts'
import { sendBySwaks, type Sent } from '../harness/send-by-swaks.ts'
import { openSink } from '../harness/sink.ts'
import { freeSluicePorts, startSluiceForMta, type SluicePorts } from '../harness/sluice.ts'
import { waitFor } from '../harness/wait-for.ts'
import type { Variant } from './lay-out.ts'
import { startPostfix, type Postfix } from './start-postfix.ts'

/** What the deploy files of a variant say of ports, and what it is here. */
export interface VariantFiles {
  readonly variant: Variant
  readonly mainCf: (ports: SluicePorts) => Replacements
  readonly sluiceToml?: (ports: SluicePorts, reinjectionPort: number) => Replacements
  readonly tables?: (ports: SluicePorts) => Readonly<Record<string, Replacements>>
  /** Further lines of sluice.toml and of main.cf. */
  readonly moreConfig?: string
  readonly moreSettings?: (ports: SluicePorts) => Promise<string>
  /** Sluice's settings as environment variables. */
  readonly env?: Readonly<Record<string, string>>
}

/** Postfix as deploy/mta/postfix sets it up, Sluice beside it, and what every variant has in common as a client. */
export interface PostfixUnderTest extends Pick<ClientUnderTest, 'client' | 'sluice' | 'sink' | 'send'> {
  readonly postfix: Postfix
}

export async function openPostfix(
  t: OpenContext,
  client: string,
  files: VariantFiles
): Promise<PostfixUnderTest | undefined> {
  const { variant, mainCf, sluiceToml, tables, moreConfig = '', moreSettings, env = {} } = files
  const postfix = program(t, 'postfix', 'usr/sbin/postfix')
  const sasl = program(t, 'sasl', 'usr/sbin/saslpasswd2')
  if (postfix === undefined || sasl === undefined || !isRoot(t, client)) return undefined
  const sink = await openSink(t)
  const [submissionPort = 0, reinjectionPort = 0] = await freePorts(2)
  const ports = await freeSluicePorts()
  const config = await readDeployFile(`postfix/${variant}/sluice.toml`, sluiceToml?.(ports, reinjectionPort))
  const sluice = await startSluiceForMta(t, { config: `${config}\n${moreConfig}`, ports, env })
  const running = await startPostfix(t, {
    postfix,
    sasl,
    submissionPort,
    reinjectionPort,
    sinkPort: sink.port,
    variant,
    mainCf: mainCf(ports),
    ...(tables && { tables: tables(ports) }),
    ...(moreSettings && { settings: await moreSettings(ports) })
  })
  const send = (mail: Mail): Promise<Sent> => sendBySwaks(mail, { port: submissionPort, password })
  return { client, sluice, sink, send, postfix: running }
}

/** It waits in Postfix's hold queue, and leaves when an operator says so. */
export async function heldByPostfix(
  sent: Sent,
  mail: Mail,
  { postfix, sink }: PostfixUnderTest
): Promise<string> {
  assert.equal(sent.accepted, true, sent.transcript)
  const [queueId = ''] = await waitFor('it is in the hold queue', async () => {
    const ids = await postfix.heldFrom(mail.from)
    return ids.length > 0 && ids
  })
  assert.equal(sink.copiesOf(mail).length, 0)
  await postfix.release(queueId)
  await sink.arrival(mail)
  return 'in its hold queue until released'
}

/** Postfix has handed it over: it waits in Sluice, whole, and leaves through Postfix when an operator says so. */
export async function heldBySluice(sent: Sent, mail: Mail, under: PostfixUnderTest): Promise<string> {
  const { sluice, sink } = under
  assert.equal(sent.accepted, true, sent.transcript)
  const held = await waitFor('Sluice holds it', async () => (await sluice.api.held(mail.user))[0])
  assert.deepEqual([held.sender, held.messageId], [mail.user, `<${mail.messageId}>`])
  assert.deepEqual(held.envelope.to.toSorted(), mail.to.toSorted())
  assert.equal(sink.copiesOf(mail).length, 0)
  await sluice.api.release(held.id)
  const arrived = await sink.arrival(mail)
  assert.doesNotMatch(arrived.data, /^X-AuthUser:/imu)
  return 'held by Sluice until released'
}
