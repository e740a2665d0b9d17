import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { configSchema } from '../../service/config/config-schema.ts'
import { verdictAnswerSchema } from '../../service/contracts/verdict-answer.ts'
import { startSluice } from '../../service/main.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'

const petition = `Dear neighbour,

the municipal council wants to close our swimming hall next spring, although hundreds of children, pensioners and sports clubs visit
it every week. Please sign the enclosed petition until Sunday, print further copies and bring them to the library counter, where
volunteers collect signatures daily. Yours sincerely`

function toRequest(user: string, text: string): object {
  const raw = [
    `From: ${user}`,
    'To: bob@example.net',
    'Subject: Please sign',
    'Content-Type: text/plain',
    '',
    text
  ]
  return {
    auth: { user },
    envelope: { from: user, to: ['bob@example.net'] },
    raw: Buffer.from(raw.join('\r\n')).toString('base64')
  }
}

test('a text that an operator confirms as spam is blocked from any sender, across a restart, until he takes it back', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-campaign-'))
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const config = configSchema.parse({
    dataDir,
    http: { port: 0 },
    smtp: { submissionPort: 0, submissionsPort: 0, relayPort: 0 },
    callouts: { rspamdPort: 0, policyPort: 0, milterPort: 0 },
    clickhouse: { url: 'off' },
    parse: { workers: 1 }
  })
  const open = () => startSluice(config, { log: silentLogger, version: 'test', adminToken: 'x'.repeat(40) })
  let sluice = await open()
  t.after(() => sluice.close())
  const ask = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(new URL(path, sluice.addresses.http), {
      method: 'POST',
      headers: { authorization: `Bearer ${'x'.repeat(40)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
    return response.json()
  }
  const score = async (user: string, text = petition) =>
    verdictAnswerSchema.parse(await ask('/v1/verdicts', toRequest(user, text)))

  const first = await score('ann@one.example')
  assert.notEqual(first.verdict, 'block')
  await ask('/v1/feedback', { verdictId: first.id, label: 'spam', source: 'operator' })
  await sluice.close()
  sluice = await open()

  const second = await score(
    'cy@two.example',
    petition.replace('neighbour', 'Cyril').replace('Sunday', 'Monday')
  )
  assert.deepEqual([second.verdict, second.reasons[0]?.code], ['block', 'CAMPAIGN_KNOWN'])
  await ask('/v1/feedback', { verdictId: second.id, label: 'legitimate', source: 'operator' })
  assert.notEqual((await score('dee@three.example')).verdict, 'block')
})
