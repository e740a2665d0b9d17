import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { z } from 'zod'
import { generateAttack } from '../../../datasets/synthetic-mail/attack.ts'
import { generateHistory } from '../../../datasets/synthetic-mail/history.ts'
import type { SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import { createPersonas } from '../../../datasets/synthetic-mail/persona.ts'
import { checkSources } from '../../../service/cli/history/gather-past.ts'
import { importHistory, type ImportFlags } from '../../../service/cli/history/import-history.ts'
import type { Terminal } from '../../../service/cli/views/terminal.ts'
import { loadConfig } from '../../../service/config/load-config.ts'
import { verdictAnswerSchema } from '../../../service/contracts/verdict-answer.ts'
import { startSluice, type Sluice } from '../../../service/main.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { openWorkplace } from '../run-sluice.ts'

const day = 86_400_000
const now = Date.now()

/** Somebody's mail of five weeks, until yesterday. */
function mailbox() {
  const [owner] = createPersonas({ seed: 'import', count: 1, languages: ['en'], roles: ['secretary'] })
  if (owner === undefined) throw new Error('there is nobody')
  const history = generateHistory(owner, { from: now - 37 * day, days: 35 })
  const next = history.at(-1)
  if (next === undefined) throw new Error('there is no mail')
  return { owner, history: history.slice(0, -1), next }
}

/** As the program that sent it keeps it: its store's notes, and LF. */
function copyOf({ raw }: SyntheticSubmission): string {
  return `X-Mozilla-Status: 0001\n${Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n')}`
}

const reportSchema = z.object({
  found: z.number(),
  outcomes: z.record(z.string(), z.number()),
  faults: z.record(z.string(), z.number()),
  owners: z.array(z.object({ owner: z.string(), imported: z.number(), known: z.number() }))
})

async function judge({ addresses, adminToken }: Sluice, mail: SyntheticSubmission) {
  const body = {
    auth: { user: mail.sender },
    receivedAt: new Date(mail.receivedAt).toISOString(),
    client: { helo: mail.client.helo },
    envelope: { from: mail.envelope.mailFrom, to: mail.envelope.rcptTo },
    raw: Buffer.from(mail.raw).toString('base64'),
    learn: 'never'
  }
  const response = await fetch(new URL('/v1/verdicts', addresses.http), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
    body: JSON.stringify(body)
  })
  return verdictAnswerSchema.loose().parse(await response.json())
}

/** A running service, and the command that finds it. */
async function openService(t: TestContext) {
  const { directory, dataDir } = await openWorkplace(t)
  const configFile = join(directory, 'sluice.toml')
  const { config } = loadConfig({ file: configFile })
  const sluice = await startSluice({ ...config, dataDir }, { log: silentLogger, version: '0.0.0' })
  t.after(() => sluice.close())
  await writeFile(configFile, `dataDir = "${dataDir}"\n${await readFile(configFile, 'utf8')}`)
  const runImport = async (flags: ImportFlags) => {
    const printed: unknown[] = []
    const terminal: Terminal = {
      isInteractive: false,
      columns: 100,
      paint: (_style, text) => text,
      print: () => undefined,
      printJson: (value) => void printed.push(value)
    }
    const code = await importHistory(flags, { configFile, json: true, terminal })
    return { code, report: reportSchema.parse(printed[0]) }
  }
  return { directory, sluice, runImport }
}

test('habits are warm after an import: the owner’s next message passes, and the first of a hijacked mailbox is held', async (t) => {
  const { directory, sluice, runImport } = await openService(t)
  const { owner, history, next } = mailbox()
  const [user = '', domain = ''] = owner.id.split('@')
  const folder = join(directory, 'vmail', domain, user, '.Sent/cur')
  await mkdir(folder, { recursive: true })
  for (const [index, mail] of history.entries()) await writeFile(join(folder, `${index}:2,S`), copyOf(mail))
  const maildir = [join(directory, 'vmail/{domain}/{user}/.Sent')]

  const first = await runImport({ maildir })
  const second = await runImport({ maildir })

  const { found, outcomes, faults, owners } = first.report
  assert.deepEqual([first.code, found, outcomes['imported'], faults], [0, history.length, history.length, {}])
  assert.partialDeepStrictEqual(owners, [{ owner: owner.id, imported: history.length, known: 0 }])
  assert.deepEqual([second.code, second.report.outcomes['known']], [0, history.length])

  const [attack] = generateAttack('A3', {
    victim: owner, knowledge: 'M0', seed: 'thief', at: next.receivedAt + 3_600_000, history
  }) // prettier-ignore
  if (attack === undefined) throw new Error('there is no attack')
  const [honest, hijacked] = [await judge(sluice, next), await judge(sluice, attack)]
  assert.deepEqual([honest.verdict, hijacked.verdict], ['allow', 'hold'])
  assert.equal(honest.sender.messagesSeen, history.length)
})

test('where no service runs the command does it by itself, and what it learned stays', async (t) => {
  const { directory, dataDir, sluice } = await openWorkplace(t)
  await writeFile(join(directory, 'Sent.mbox'), 'From -\nFrom: a@b.c\nDate: 1 Nov 2026 08:00 +0000\n\nHi\n')

  const run = await sluice(['history', 'import', '--mbox', 'Sent.mbox', '--user', 'ann@example.org'])

  assert.deepEqual([run.code, run.stderr], [0, ''])
  assert.match(run.stdout, /^1 messages imported of 1 found[^]*ann@example\.org +1 +0 +0 +2026-11-01/u)
  assert.ok(existsSync(join(dataDir, 'state')))
})

test('without owner or source the command says what to name', () => {
  assert.throws(() => checkSources({}), { exit: 'usage', message: 'names nothing to import' })
  assert.throws(() => checkSources({ mbox: ['Sent.mbox'] }), {
    exit: 'usage',
    message: 'nobody says whose mail Sent.mbox holds'
  })
  assert.throws(() => checkSources({ maildir: ['{user}'], user: 'ann', byFrom: true }), { exit: 'usage' })
  checkSources({ mbox: ['/var/mail/{user}'], jsonl: ['-'] })
})
