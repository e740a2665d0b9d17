import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { compareShadow } from '../../../service/cli/callouts/compare-shadow.ts'
import { readMtaLog } from '../../../service/cli/callouts/mta-log.ts'
import { shadowPageSchema, type ShadowVerdict } from '../../../service/contracts/callouts.ts'
import { isRoot } from '../harness/as-root.ts'
import { users } from '../harness/client-cases.ts'
import { readDeployFile } from '../harness/deploy-file.ts'
import { habitualMail, spamMail, takeoverMail, type Mail } from '../harness/mails.ts'
import { report, type Case } from '../harness/outcomes.ts'
import { program } from '../harness/programs.ts'
import { fieldsOf, openSink } from '../harness/sink.ts'
import { startSluiceForMta } from '../harness/sluice.ts'
import { waitFor } from '../harness/wait-for.ts'
import { openPostfix } from './open-postfix.ts'
import { rspamdCommand, startRspamd } from './start-rspamd.ts'

const client = 'rspamd 3.4 proxy, mirror'
/** rspamd waits for no mirror. */
const limitMs = 5_000

test(client, async (t) => {
  const rspamd = program(t, 'rspamd', rspamdCommand)
  if (rspamd === undefined || !isRoot(t, client)) return
  const sink = await openSink(t)
  const config = await readDeployFile('rspamd-proxy/shadow/sluice.toml')
  const sluice = await startSluiceForMta(t, { config })
  const { milterPort, logFile } = await startRspamd(t, {
    rspamd,
    files: { 'shadow/worker-proxy.inc': { 11343: sluice.ports.rspamd } },
    scanner: 'on'
  })
  const postfix = await openPostfix(t, { milterPort, sinkPort: sink.port })
  if (postfix === undefined) return
  for (const user of Object.values(users)) await sluice.api.teach(user)

  const mails = {
    honest: habitualMail(users.honest),
    spam: spamMail(users.spam),
    takeover: takeoverMail(users.takeover)
  }
  const judged = { honest: 'allow', spam: 'block', takeover: 'hold' } as const
  for (const which of ['honest', 'spam', 'takeover'] as const)
    await t.test(`${which}: it is delivered as before, and Sluice's verdict is kept`, async (one) => {
      const happened = await delivered(mails[which], which, one)
      const verdict = await waitFor('the verdict is kept', () => verdictOf(mails[which].from))
      assert.equal(verdict.judged, judged[which])
      report(one, { client, case: which, happened: `${happened}, judged ${verdict.judged}` })
    })

  await t.test('the report sets the verdicts beside what rspamd did', async () => {
    const outcomes = await readMtaLog('rspamd', logFile)
    const { messages, table } = compareShadow(await shadowVerdicts(), outcomes)
    assert.equal(messages, 3)
    assert.deepEqual(table, { allow: { delivered: 1 }, hold: { delivered: 1 }, block: { delivered: 1 } })
  })
  await t.test('with Sluice hanging nothing waits', async (one) => {
    sluice.pause()
    report(one, { client, case: 'slow', happened: await delivered(habitualMail(users.slow), 'slow', one) })
    sluice.resume()
  })
  await t.test('with Sluice killed nothing is lost', async (one) => {
    await sluice.kill()
    const happened = await delivered(habitualMail(users.killed), 'killed', one)
    report(one, { client, case: 'killed', happened })
  })

  async function delivered(mail: Mail, which: Case, one: TestContext): Promise<string> {
    const sent = await (postfix ?? assert.fail()).send(mail)
    assert.equal(sent.accepted, true, sent.transcript)
    assert.ok(sent.tookMs < limitMs, `${which} took ${sent.tookMs} ms`)
    const arrived = await sink.arrival(mail)
    assert.deepEqual(fieldsOf(arrived, 'X-Sluice-Verdict'), [])
    one.diagnostic(`answered after ${Math.round(sent.tookMs)} ms`)
    return 'delivered'
  }

  async function verdictOf(sender: string): Promise<ShadowVerdict | undefined> {
    return (await shadowVerdicts()).find((verdict) => verdict.sender === sender)
  }

  async function shadowVerdicts(): Promise<readonly ShadowVerdict[]> {
    return shadowPageSchema.parse(await sluice.api.call('GET', '/v1/callouts/rspamd-shadow/shadow')).items
  }
})
