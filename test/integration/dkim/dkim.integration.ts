import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { domainCheckSchema } from '../../../service/contracts/domain.ts'
import { injectedSchema, messageStorySchema } from '../../../service/contracts/messages.ts'
import { startDnsServer } from '../../helpers/dns-server.ts'
import { startSink } from '../../helpers/smtp-sink.ts'
import { program } from '../harness/programs.ts'
import { startSluiceForMta } from '../harness/sluice.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { rspamdCommand } from '../rspamd-proxy/start-rspamd.ts'
import { startCheckingRspamd } from './start-checking-rspamd.ts'

const entry = fileURLToPath(new URL('../../../service/cli/sluice.ts', import.meta.url))
const madeSchema = z.object({
  generations: z.array(z.object({ records: z.array(z.object({ name: z.string(), text: z.string() })) }))
})

test('from keys to delivery: what Sluice signs, rspamd finds signed', async (t) => {
  const rspamd = program(t, 'rspamd', rspamdCommand)
  if (rspamd === undefined) return
  const closing = { after: (act: () => Promise<void>) => after(act) }
  const dns = await startDnsServer(t)
  const sink = await startSink()
  t.after(() => sink.close())
  const places = await temporaryDirectory('dkim')
  const dataDir = join(places, 'data')
  const config = configurationOf(dns.address, sink.port)
  await writeFile(join(places, 'sluice.toml'), `dataDir = "${dataDir}"\n${config}`)
  const add = async () =>
    madeSchema.parse(
      JSON.parse(
        (
          await promisify(execFile)(process.execPath, [entry, 'domains', 'add', 'example.org', '--json'], {
            cwd: places
          })
        ).stdout
      )
    )

  const records = (await add()).generations.flatMap((one) => one.records)
  dns.serve({
    ...Object.fromEntries(records.map(({ name, text }) => [name, { TXT: [text] }])),
    '_dmarc.example.org': { TXT: ['v=DMARC1; p=reject; rua=mailto:d@example.org'] },
    'example.org': { TXT: ['v=spf1 -all'] },
    'example.net': {}
  })
  await add()
  const sluice = await startSluiceForMta(closing, { config, env: { SLUICE_DATADIR: dataDir } })
  const send = async (from: string): Promise<{ id: string; codes: readonly string[] }> => {
    const { id, verdict } = injectedSchema.parse(
      await sluice.api.call('POST', '/v1/messages', {
        auth: { user: 'alice@example.org' },
        envelope: { from: 'alice@example.org', to: ['bob@example.net'] },
        raw: Buffer.from(
          `From: ${from}\nTo: bob@example.net\nSubject: Dinner\nDate: Sun, 22 Nov 2026 09:00:00 +0000\nMessage-ID: <${from}>\n\nSee you  at \t 7.\n\n`
        ).toString('base64'),
        explain: true
      })
    )
    return { id, codes: verdict.reasons.map(({ code }) => code) }
  }

  const { id, codes } = await send('alice@example.org')
  const [mail] = await sink.received(1)
  const raw = Buffer.from(mail?.data ?? '', 'latin1')
  const checker = await startCheckingRspamd(closing, rspamd, dns.port)
  const symbols = await checker.check(raw)
  assert.ok(symbols.includes('R_DKIM_ALLOW'), symbols.join(' '))
  const forged = await checker.check(Buffer.concat([Buffer.from('From: ceo@example.org\r\n'), raw]))
  assert.ok(forged.includes('R_DKIM_REJECT') && !forged.includes('R_DKIM_ALLOW'), forged.join(' '))

  assert.ok(codes.includes('DMARC_ALIGNED'), codes.join(' '))
  const story = messageStorySchema.parse(await sluice.api.call('GET', `/v1/messages/${id}`))
  assert.equal(story.attemptLog[0]?.signing, 'signed for example.org (sluice1-rsa, sluice1-ed)')

  const checked = domainCheckSchema.parse(await sluice.api.call('GET', '/v1/domains/example.org/dns'))
  assert.deepEqual(
    checked.records.filter(({ kind }) => kind === 'DKIM').map(({ state }) => state),
    ['ok', 'ok']
  )
})

function configurationOf(dns: string, sinkPort: number): string {
  return `
[smtp]
hostname = "mx.example.org"
[dns]
servers = ["${dns}"]
timeoutMs = 500
[[domains]]
name = "example.org"
[[routes]]
name = "sink"
kind = "smarthost"
host = "127.0.0.1"
port = ${sinkPort}
tls = "off"
allowPrivate = true
`
}
