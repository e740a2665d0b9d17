import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test, type TestContext } from 'node:test'
import { z } from 'zod'
import { addDomain } from '../../service/cli/domains/add-domain.ts'
import { checkDomains } from '../../service/cli/domains/check-domains.ts'
import { rotateDomain } from '../../service/cli/domains/rotate-domain.ts'
import { quoted } from '../../service/cli/domains/step-view.ts'
import type { CommandContext } from '../../service/cli/frame/command-context.ts'
import { createTerminal } from '../../service/cli/views/terminal.ts'
import { domainCheckSchema } from '../../service/contracts/domain.ts'
import type { Zone } from '../delivery/zone.ts'
import { startDnsServer, type DnsServer } from '../helpers/dns-server.ts'

interface Desk {
  readonly dns: DnsServer
  readonly dataDir: string
  /** What a command printed. */
  readonly run: (act: (context: CommandContext) => Promise<number>, json?: boolean) => Promise<string>
  readonly ends: (act: (context: CommandContext) => Promise<number>) => Promise<number>
}

/** The commands on a directory of their own, with a real name server. */
async function openDesk(t: TestContext, more = ''): Promise<Desk> {
  const dns = await startDnsServer(t)
  const directory = await mkdtemp(join(tmpdir(), 'sluice-domains-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const dataDir = join(directory, 'data')
  const configFile = join(directory, 'sluice.toml')
  await writeFile(
    configFile,
    `dataDir = "${dataDir}"\n${more}\n[smtp]\nhostname = "mx.example.org"\n[dns]\nservers = ["${dns.address}"]\ntimeoutMs = 300\n`
  )
  const context = (json: boolean, print: (text: string) => void): CommandContext => {
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        print(chunk.toString())
        done()
      }
    })
    return { configFile, json, terminal: createTerminal({ output }) }
  }
  return {
    dns,
    dataDir,
    ends: (act) => act(context(false, () => undefined)),
    async run(act, json = false) {
      let text = ''
      await act(context(json, (part) => (text += part)))
      return text
    }
  }
}

const domain = 'example.org'
const add = (context: CommandContext): Promise<number> => addDomain({ domain }, context)
const rotate = (context: CommandContext): Promise<number> => rotateDomain({ domain }, context)
const check = (context: CommandContext): Promise<number> => checkDomains({ domain }, context)

const answerSchema = z.object({
  step: z.string(),
  generations: z.array(
    z.object({
      state: z.string(),
      records: z.array(z.object({ name: z.string(), text: z.string() }))
    })
  )
})

test('a domain gets keys, lines to paste and records to publish, and signs once DNS shows them', async (t) => {
  const { dns, dataDir, run } = await openDesk(t)
  const first = await run(add)
  assert.match(
    first,
    /sluice1-rsa\._domainkey\.example\.org\. {2}TXT {2}"v=DKIM1; k=rsa; h=sha256; p=MII[^"]+" "/u
  )
  assert.match(
    first,
    /\[\[domains\]\]\nname = "example\.org"\ndkim = \{ selector = "sluice", algorithm = "both" \}/u
  )
  assert.equal((await stat(join(dataDir, 'keys', 'dkim', 'example.org.json'))).mode & 0o777, 0o600)

  const again = answerSchema.parse(JSON.parse(await run(add, true)))
  assert.equal(again.step, 'unpublished')
  assert.equal(again.generations.length, 1)

  const records = again.generations.flatMap((one) => one.records)
  dns.serve(Object.fromEntries(records.map(({ name, text }) => [name, { TXT: [text] }])))
  assert.match(await run(add), /sluice1-rsa and sluice1-ed sign mail from example\.org from now on/u)
  assert.match(
    await run(rotate),
    /New keys for example\.org: sluice2-rsa and sluice2-ed\. Publish, then run/u
  )
  assert.match(await run(rotate), /DNS does not show sluice2-rsa, sluice2-ed/u)
})

test('no private key is ever printed', async (t) => {
  const { run } = await openDesk(t)
  for (const json of [false, true]) assert.doesNotMatch(await run(add, json), /PRIVATE/u)
})

test('a domain without keys cannot be rotated, and the remedy is named', async (t) => {
  const { run } = await openDesk(t)
  await assert.rejects(run(rotate), { message: /has no keys yet/u, remedy: /domains add/u })
})

test('what is no domain is refused before anything is made', async (t) => {
  const { run } = await openDesk(t)
  for (const text of ['localhost', '../x', 'a b.org', ''])
    await assert.rejects(
      run((context) => addDomain({ domain: text }, context)),
      /is not a domain/u
    )
})

test('options choose selectors and algorithm', async (t) => {
  const { run } = await openDesk(t)
  const text = await run((context) =>
    addDomain({ domain, selector: 'out', algorithm: 'ed25519-sha256' }, context)
  )
  assert.match(text, /New keys for example\.org: out1-ed\./u)
  assert.match(text, /selector = "out", algorithm = "ed25519-sha256"/u)
  await assert.rejects(
    run((context) => addDomain({ domain: 'b.org', selector: 'UP' }, context)),
    /lower-case/u
  )
})

test('a check says what is missing, and ends with 1; with everything published with 0', async (t) => {
  const route = '[[routes]]\nname = "out"\nkind = "mx"\nsourceAddress = "203.0.113.25"\n'
  const { dns, run, ends } = await openDesk(t, route)
  await run((context) => addDomain({ domain, algorithm: 'ed25519-sha256' }, context))
  const [before] = z
    .object({ items: z.array(domainCheckSchema) })
    .parse(JSON.parse(await run(check, true))).items
  assert.equal(before?.ok, false)
  assert.equal(await ends(check), 1)
  assert.match(
    await run(check),
    /missing +SPF +example\.org\n +Publish at example\.org: TXT "v=spf1 ip4:203\.0\.113\.25/u
  )

  const wanted = (before?.records ?? []).filter(({ type }) => type === 'TXT')
  const zone: Zone = {
    ...Object.fromEntries(wanted.map((one) => [one.name, { TXT: [one.wanted] }])),
    'mx.example.org': { A: ['203.0.113.25'] },
    'mta-sts.example.org': { A: ['192.0.2.80'] },
    '25.113.0.203.in-addr.arpa': { PTR: ['mx.example.org'] }
  }
  dns.serve(zone)
  await run(add)
  assert.equal(await ends(check), 0, await run(check))
})

test('a silent name server is said to be silent, not to have nothing', async (t) => {
  const { dns, run } = await openDesk(t)
  dns.serve({ 'example.org': { TXT: 'ESERVFAIL' }, '_dmarc.example.org': { TXT: 'ETIMEOUT' } })
  const text = await run(check)
  assert.match(text, /unknown +SPF/u)
  assert.match(text, /unknown +DMARC/u)
})

test('long records are cut into strings of 255', () => {
  const text = 'p'.repeat(600)
  assert.deepEqual(
    quoted(text)
      .split(' ')
      .map((part) => part.length - 2),
    [255, 255, 90]
  )
  assert.equal(quoted(text).replaceAll(/["\s]/gu, ''), text)
})

const recordsIn = (text: string) =>
  answerSchema.parse(JSON.parse(text)).generations.flatMap(({ records }) => records)

test('who runs the command twice at once gets one pair of keys', async (t) => {
  const { run } = await openDesk(t)
  const [one, other] = await Promise.all([run(add, true), run(add, true)])
  assert.deepEqual(recordsIn(one), recordsIn(other))
})
