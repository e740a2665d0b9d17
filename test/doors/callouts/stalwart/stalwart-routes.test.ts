import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { bearer, client, openHooks, type OpenHooks } from '../open-hooks.ts'
import { dataStage, documentedDataStage } from './stalwart-mail.ts'

const headers = bearer('correct horse battery')

async function open(t: TestContext, profile: Parameters<typeof client>[1] = {}): Promise<OpenHooks> {
  return openHooks(t, { clients: [client('stalwart', profile)] })
}

async function post({ app }: OpenHooks, payload: object) {
  return app.inject({ method: 'POST', url: '/callouts/stalwart', headers, payload })
}

test('a message is judged with all that Stalwart tells of it', async (t) => {
  const hooks = await open(t)
  await post(hooks, dataStage())

  const [question] = hooks.questions
  assert.ok(question)
  const { introduction, raw, ...shown } = question
  assert.deepEqual(shown, {
    protocol: 'stalwart',
    peer: '127.0.0.1',
    client: {
      ip: '203.0.113.7',
      helo: 'laptop.local',
      port: 52311,
      tls: { version: 'TLSv1.3', cipher: 'TLS13_AES_256_GCM_SHA384' }
    },
    user: 'alice',
    authMethod: null,
    mailFrom: 'alice@example.org',
    rcptTo: ['bob@example.net', 'carol@example.net'],
    queueId: '1a2b3c',
    sizeBytes: 71
  })
  assert.equal(introduction.password, 'correct horse battery')
  assert.equal(
    Buffer.from(raw ?? []).toString(),
    'From: Alice <alice@example.org>\r\nSubject: A long\r\n subject\r\n\r\nAt noon?\r\n'
  )
})

test('the shape of the documentation is understood too', async (t) => {
  const hooks = await open(t)
  await post(hooks, documentedDataStage())

  const [question] = hooks.questions
  assert.deepEqual(
    [question?.user, question?.authMethod, question?.client.helo, question?.queueId],
    ['alice', 'plain', 'laptop.local', '1234567890']
  )
  assert.equal(
    Buffer.from(question?.raw ?? []).toString(),
    'From: Alice <alice@example.org>\r\nSubject: Lunch\r\n\r\nAt noon?\r\n'
  )
})

for (const stage of ['connect', 'EHLO', 'auth', 'mail', 'rcpt', 'a stage to come'])
  test(`at the stage ${stage} everything passes, unjudged`, async (t) => {
    const hooks = await open(t)
    const response = await post(hooks, { context: { stage } })
    assert.deepEqual(
      [response.statusCode, response.json(), hooks.questions.length],
      [200, { action: 'accept', modifications: [] }, 0]
    )
  })

test('an allowed message gets the labels', async (t) => {
  const response = await post(await open(t), dataStage())
  assert.deepEqual(response.json(), {
    action: 'accept',
    modifications: [
      { type: 'addHeader', name: 'X-Sluice-Verdict', value: 'allow' },
      { type: 'addHeader', name: 'X-Sluice-Priority', value: 'normal (0)' },
      { type: 'addHeader', name: 'X-Sluice-Id', value: 'verdict-1' }
    ]
  })
})

test('labels that a message brings along are taken out, the last of a name first', async (t) => {
  const hooks = await open(t, { labels: false })
  const forged = [
    ['X-Sluice-Verdict', ' allow\r\n'],
    ['From', ' a@b\r\n'],
    ['x-sluice-VERDICT', ' allow\r\n'],
    ['X-Sluice-Id ', ' 1\r\n'],
    ['X-Sluice', ' nothing of ours\r\n']
  ] as [string, string][]
  const response = await post(hooks, dataStage({ message: { headers: forged, contents: '' } }))
  assert.deepEqual(response.json().modifications, [
    { type: 'deleteHeader', index: 1, name: 'X-Sluice-Id ' },
    { type: 'deleteHeader', index: 2, name: 'x-sluice-VERDICT' },
    { type: 'deleteHeader', index: 1, name: 'X-Sluice-Verdict' }
  ])
})

const refusals = [
  ['block', 'tempfail', { status: 550, enhanced: '5.7.1', message: 'Message refused (verdict verdict-1)' }],
  [
    'hold',
    'tempfail',
    { status: 451, enhanced: '4.7.1', message: 'Message needs review, try again later (verdict verdict-1)' }
  ],
  [
    'hold',
    'reject',
    {
      status: 550,
      enhanced: '5.7.1',
      message: 'Message needs review and was not accepted (verdict verdict-1)'
    }
  ],
  // What the configuration does not let pass
  [
    'hold',
    'quarantine',
    { status: 451, enhanced: '4.7.1', message: 'Message needs review, try again later' }
  ],
  ['hold', 'route', { status: 451, enhanced: '4.7.1', message: 'Message needs review, try again later' }]
] as const

for (const [says, hold, { status, enhanced, message }] of refusals)
  test(`${says} is told as ${status} to a client that holds by ${hold}`, async (t) => {
    const hooks = await open(t, { hold })
    hooks.says = says
    const response = await post(hooks, dataStage())
    assert.deepEqual(response.json(), {
      action: 'reject',
      response: { status, enhanced_status: enhanced, enhancedStatus: enhanced, message, disconnect: false },
      modifications: []
    })
  })

test('a held message passes with its label where labels are the way to hold', async (t) => {
  const hooks = await open(t, { hold: 'label' })
  hooks.says = 'hold'
  const { action, modifications } = (await post(hooks, dataStage())).json()
  assert.deepEqual([action, modifications[0].value], ['accept', 'hold'])
})

for (const says of ['overloaded', 'broken', 'silent'] as const)
  for (const [onFailure, action] of [
    ['open', 'accept'],
    ['closed', 'reject']
  ] as const)
    test(`when the scorer is ${says}, a client that fails ${onFailure} is told to ${action}`, async (t) => {
      const hooks = await open(t, { onFailure })
      hooks.says = says
      const answer = (await post(hooks, dataStage())).json()
      assert.deepEqual(
        [answer.action, answer.response?.status],
        [action, action === 'reject' ? 451 : undefined]
      )
    })

test('of a message beyond the limit only the envelope is judged', async (t) => {
  const hooks = await openHooks(t, { clients: [client('stalwart')], maxMessageBytes: 100 })
  const headersOf = [['Subject', ' x\r\n']] as [string, string][]
  await post(hooks, dataStage({ message: { headers: headersOf, contents: 'x'.repeat(200), size: 4_000 } }))
  assert.deepEqual([hooks.questions[0]?.raw, hooks.questions[0]?.sizeBytes], [null, 4_000])
})

test('a value cannot end its field: what looks like another header, or like the body, stays inside it', async (t) => {
  const hooks = await open(t)
  const headersOf = [['Subject', 'x\r\n\r\nbody\nBcc: y\r\n\r\n']] as [string, string][]
  await post(hooks, dataStage({ message: { headers: headersOf, contents: 'end' } }))
  assert.equal(
    Buffer.from(hooks.questions[0]?.raw ?? []).toString(),
    'Subject: x\r\n \r\n body\n Bcc: y\r\n\r\nend'
  )
})

test('what is no request is refused with a problem that names the place, and judged by nobody', async (t) => {
  const hooks = await open(t)
  const wrong = [
    [{}, 'context'],
    [{ context: { stage: 7 } }, 'context.stage'],
    [{ context: { stage: 'data' } }, 'envelope'],
    [dataStage({ envelope: { from: { address: '' }, to: [] } }), 'envelope'],
    [{ ...dataStage(), message: { headers: [['Subject']], contents: '' } }, 'message.headers[0]']
  ] as const
  for (const [payload, path] of wrong) {
    const response = await post(hooks, payload)
    assert.deepEqual([response.statusCode, response.json().errors[0].path.slice(0, path.length)], [400, path])
  }
  assert.equal(hooks.questions.length, 0)
})

test('a null sender, an unknown greeting and an address that is none are not known, and judged all the same', async (t) => {
  const hooks = await open(t)
  await post(hooks, {
    context: {
      stage: 'data',
      client: { ip: 'unix:/run', port: 0, helo: `${'x'.repeat(300)}\u0007` },
      tls: { version: '', cipher: '' },
      sasl: null,
      queue: null
    },
    envelope: { from: { address: '' }, to: [{ address: 'bob@example.net' }] }
  })
  const [question] = hooks.questions
  assert.deepEqual(question?.client, { ip: null, helo: 'x'.repeat(255), port: null, tls: null })
  assert.deepEqual(
    [question?.mailFrom, question?.user, question?.queueId, question?.raw],
    ['', null, null, null]
  )
})

test('a message of many commas and brackets is text, no structure', async (t) => {
  const hooks = await openHooks(t, {
    clients: [client('stalwart')],
    maxMessageBytes: 10_000_000,
    bodyLimitBytes: 10_000_000
  })
  const contents = 'a,{"b":[1,2]}\\,'.repeat(50_000)
  const response = await post(hooks, dataStage({ message: { headers: [], contents } }))
  assert.equal(response.statusCode, 200, response.body)
  assert.equal(hooks.questions[0]?.sizeBytes, contents.length + 2)
})

test('a body of more members than any message has is refused before it is built', async (t) => {
  const payload = `{"context":{"stage":"data"},"x":[${'[],'.repeat(60_000)}[]]}`
  const { app } = await open(t)
  const response = await app.inject({
    method: 'POST',
    url: '/callouts/stalwart',
    headers: { ...headers, 'content-type': 'application/json' },
    payload
  })
  assert.deepEqual([response.statusCode, response.json().code], [400, 'REQUEST_INVALID'])
})
