import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { users } from '../harness/client-cases.ts'
import { habitualMail, spamMail, takeoverMail, type Mail } from '../harness/mails.ts'
import { report, type Case } from '../harness/outcomes.ts'
import { program } from '../harness/programs.ts'
import { startSluiceForMta } from '../harness/sluice.ts'
import { answerOf, createRspamc, rspamcCommand } from './run-rspamc.ts'

const client = 'rspamc 3.4'
const password = 'of-the-controller'

const config = `
[[callouts.clients]]
name = "rspamc"
kind = "rspamd"
networks = ["127.0.0.0/8"]
password = "${password}"
trusted = true
`

const sendersSchema = z.object({
  containment: z.object({ evidence: z.array(z.object({ kind: z.string() })) })
})

test(client, async (t) => {
  const home = program(t, 'rspamd', rspamcCommand)
  if (home === undefined) return
  const sluice = await startSluiceForMta(t, { config })
  const rspamc = await createRspamc(home, sluice.ports.rspamd)
  for (const user of Object.values(users)) await sluice.api.teach(user)

  const judged = [
    ['honest', habitualMail(users.honest), 'no action', 'allow'],
    ['spam', spamMail(users.spam), 'reject', 'block'],
    ['takeover', takeoverMail(users.takeover), 'soft reject', 'hold']
  ] as const satisfies readonly (readonly [Case, Mail, string, string])[]
  for (const [which, mail, action, verdict] of judged)
    await t.test(`${which}: rspamc shows \`${action}\``, async (one) => {
      const answer = answerOf(await rspamc(mail, '--json'))
      assert.equal(answer.action, action)
      assert.equal(answer.milter.add_headers?.['X-Sluice-Verdict']?.value, verdict)
      assert.equal(answer.score >= answer.required_score, which === 'spam')
      assert.equal(answer.messages['smtp_message'] === undefined, which === 'honest')
      const sum = Object.values(answer.symbols).reduce((points, symbol) => points + symbol.score, 0)
      assert.ok(Math.abs(sum - answer.score) < 1e-6, `the symbols make ${sum}, the score is ${answer.score}`)
      report(one, { client, case: which, happened: action })
    })

  await t.test('packed with zstd the same message is judged the same, and only once', async () => {
    const mail = habitualMail(users.honest)
    const asked = [`--password=${password}`, '--header=Queue-ID=4ZsTd', '--json']
    const plain = answerOf(await rspamc(mail, ...asked))
    const packed = answerOf(await rspamc(mail, '--compressed', ...asked))
    assert.deepEqual(packed.symbols['SLUICE_VERDICT']?.options, plain.symbols['SLUICE_VERDICT']?.options)
    assert.equal(packed.score, plain.score)
  })

  await t.test('learn_spam with the password counts against the sender, without it nothing', async () => {
    const mail = habitualMail(users.spam)
    answerOf(await rspamc(mail, `--password=${password}`, '--header=Queue-ID=4LeaRn', '--json'))
    const refused = await rspamc(mail, '--password=wrong', 'learn_spam')
    assert.match(refused.text, /HTTP error: 401, Unauthorized/u)
    assert.equal(refused.code, 1)
    assert.deepEqual(await complaintsOf(users.spam), 0)
    const taken = await rspamc(mail, `--password=${password}`, 'learn_spam')
    assert.match(taken.text, /success = true/u)
    assert.deepEqual(await complaintsOf(users.spam), 1)
  })

  await t.test('with Sluice hanging rspamc gives up when it wants to', async (one) => {
    sluice.pause()
    const said = await rspamc(habitualMail(users.slow), '--timeout=2')
    sluice.resume()
    assert.match(said.text, /IO timeout/u)
    assert.equal(said.code, 1)
    assert.ok(said.tookMs < 5_000)
    report(one, { client, case: 'slow', happened: 'IO timeout, exit code 1' })
  })
  await t.test('with Sluice killed it says so', async (one) => {
    await sluice.kill()
    const said = await rspamc(habitualMail(users.killed))
    assert.match(said.text, /Connection refused/u)
    assert.equal(said.code, 1)
    report(one, { client, case: 'killed', happened: 'connection refused, exit code 1' })
  })

  async function complaintsOf(sender: string): Promise<number> {
    const answer = await sluice.api.call('GET', `/v1/senders/${encodeURIComponent(sender)}`)
    const { evidence } = sendersSchema.parse(answer).containment
    return evidence.filter(({ kind }) => kind === 'complaint').length
  }
})
