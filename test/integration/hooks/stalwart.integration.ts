import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { codeOf, showCases, users, type OpenContext } from '../harness/client-cases.ts'
import { readDeployFile } from '../harness/deploy-file.ts'
import { habitualMail } from '../harness/mails.ts'
import { secretFile } from '../harness/secret-file.ts'
import type { Sent } from '../harness/send-by-swaks.ts'
import { fieldsOf } from '../harness/sink.ts'
import { startSluiceForMta, type SluiceForMta } from '../harness/sluice.ts'
import { keepMails, type KeptMails } from './kept-mails.ts'
import { stalwartStandIn, type StalwartHook } from './stalwart-stand-in.ts'

const client = "Stalwart's hook, by a stand-in"
const secret = 'of-this-stalwart-only'

showCases(client, async (t) => {
  const stalwart = await open(t, await tomlHook())
  return {
    client,
    ...stalwart,
    onHeld: (sent, mail) => {
      assert.match(sent.reply, /^451 4\.7\.1 .*verdict/u)
      assert.equal(stalwart.sink.copiesOf(mail).length, 0)
      return Promise.resolve(`refused ${codeOf(sent)}`)
    },
    killed: 'answers 4xx',
    slow: 'answers 4xx',
    failureLimitMs: 14_000
  }
})

test("Stalwart's hook, its configuration, and forged labels", async (t) => {
  const { sluice, sink, send } = await open(t, await jsonHook())
  await sluice.api.teach(users.honest)

  await t.test('the configuration since 0.16 says the same as that before', async () => {
    assert.deepEqual(
      { ...(await jsonHook()), authorization: '' },
      { ...(await tomlHook()), authorization: '' }
    )
  })
  await t.test('label fields that a message brings along do not survive', async () => {
    const mail = habitualMail(users.honest)
    const forged = 'X-Sluice-Verdict: hold\r\nx-sluice-id: forged\r\n'
    const raw = `${forged}${mail.raw.replace('Subject:', `${forged}Subject:`)}`
    assert.equal((await send({ ...mail, raw })).accepted, true)
    const arrived = await sink.arrival(mail)
    assert.deepEqual(fieldsOf(arrived, 'X-Sluice-Verdict'), ['allow'])
    assert.doesNotMatch(fieldsOf(arrived, 'X-Sluice-Id').join(), /forged/u)
  })
})

async function open(
  t: OpenContext,
  hook: StalwartHook
): Promise<{
  sluice: SluiceForMta
  sink: KeptMails
  send: (mail: ReturnType<typeof habitualMail>) => Promise<Sent>
}> {
  const config = await readDeployFile('stalwart/sluice.toml', {
    '/etc/sluice/stalwart-password': await secretFile(secret)
  })
  const sluice = await startSluiceForMta(t, { config })
  const sink = keepMails()
  const url = hook.url.replace(':8080', `:${sluice.ports.http}`)
  return { sluice, sink, send: stalwartStandIn({ ...hook, url }, sink) }
}

const tomlSchema = z.object({
  session: z.object({
    hook: z.object({
      sluice: z.object({
        url: z.string(),
        stages: z.tuple([z.literal('data')]),
        timeout: z.string().regex(/^\d+s$/u),
        options: z.object({ 'tempfail-on-error': z.boolean() }),
        auth: z.object({ username: z.string(), secret: z.string() })
      })
    })
  })
})

async function tomlHook(): Promise<StalwartHook> {
  const { url, timeout, options, auth } = tomlSchema.parse(
    parse(await readDeployFile('stalwart/config.toml'))
  ).session.hook.sluice
  return {
    url,
    timeoutMs: Number.parseInt(timeout, 10) * 1_000,
    tempFailOnError: options['tempfail-on-error'],
    authorization: `Basic ${Buffer.from(`${auth.username}:${auth.secret}`).toString('base64')}`
  }
}

const jsonSchema = z.object({
  methodCalls: z.tuple([
    z.tuple([
      z.literal('x:MtaHook/set'),
      z.object({
        create: z.object({
          sluice: z.object({
            url: z.string(),
            stages: z.strictObject({ data: z.literal(true) }),
            timeout: z.int(),
            tempFailOnError: z.boolean(),
            httpAuth: z.object({ bearerToken: z.object({ secret: z.string() }) })
          })
        })
      }),
      z.string()
    ])
  ])
})

async function jsonHook(): Promise<StalwartHook> {
  const file = jsonSchema.parse(JSON.parse(await readDeployFile('stalwart/mta-hook.json')))
  const { url, timeout, tempFailOnError, httpAuth } = file.methodCalls[0][1].create.sluice
  return { url, timeoutMs: timeout, tempFailOnError, authorization: `Bearer ${httpAuth.bearerToken.secret}` }
}
