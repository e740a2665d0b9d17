import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryScoreWindow } from '../../service/senders/score-window/memory-score-window.ts'
import type { BudgetState } from '../../service/verdict/budget/budget-window.ts'
import { codesOf } from './house.ts'
import { openMailServer, strangers, teach } from './asked-again/mail-server.ts'

const version = 'test-takeover+test-content'
const window = () => createMemoryScoreWindow<BudgetState>()
const options = { minMessages: 5_000, minSenders: 200, maxSenderShare: 0.005, maxRisePerDayLogit: 0.5 }

test('a hold that is kept is charged', async () => {
  const server = openMailServer()
  await teach(server)

  assert.equal((await server.ask({ to: strangers, onHold: 'kept' })).verdict, 'hold')
  assert.deepEqual(server.state(), { learned: 8, messages: 9, recipients: 17 })
})

test('a hold that is refused is not charged, however often its client comes again', async () => {
  const server = openMailServer()
  await teach(server)

  for (let tries = 0; tries < 5; tries += 1) {
    const { verdict } = await server.ask({ to: strangers, onHold: 'refused', requestId: `try-${tries}` })
    assert.equal(verdict, 'hold')
  }

  assert.deepEqual(server.state(), { learned: 8, messages: 8, recipients: 8 })
})

test('what comes again under its queue id is judged anew after five minutes, since it was told to come again', async () => {
  const server = openMailServer()
  await teach(server)
  const question = { to: strangers, onHold: 'refused' } as const
  const first = await server.ask(question)
  server.passTime(240_000)
  const soon = await server.ask(question)
  server.passTime(60_000)

  const later = await server.ask(question)

  assert.deepEqual([soon.duplicate, later.duplicate, later.id === first.id], [true, false, false])
})

test('refused holds count once each in the window that the threshold follows', async () => {
  const scores = window()
  const server = openMailServer({ budgetWindow: { window: scores, options } })
  await teach(server)
  const before = scores.counted(version)

  for (let tries = 0; tries < 3; tries += 1)
    await server.ask({ to: strangers, onHold: 'refused', requestId: `try-${tries}` })
  const afterOne = scores.counted(version)
  await server.ask({ to: strangers, onHold: 'refused', requestId: 'other', text: 'Another one, my friends.' })

  assert.deepEqual([before, afterOne - before, scores.counted(version) - before], [8, 1, 2])
})

test('a hold that is rerouted is neither charged nor counted here: our SMTP door does', async () => {
  const scores = window()
  const server = openMailServer({ budgetWindow: { window: scores, options } })
  await teach(server)

  assert.equal((await server.ask({ to: strangers, onHold: 'rerouted' })).verdict, 'hold')

  assert.deepEqual(server.state(), { learned: 8, messages: 8, recipients: 8 })
  assert.equal(scores.counted(version), 8)
})

for (const onHold of ['kept', 'refused', 'rerouted'] as const) {
  test(`what is allowed is charged and learned, though a hold would be ${onHold}`, async () => {
    const server = openMailServer()

    assert.equal((await server.ask({ onHold })).verdict, 'allow')
    assert.deepEqual(server.state(), { learned: 1, messages: 1, recipients: 1 })
  })
}

test('asked about more recipients, a hold that was not charged is charged whole once it is kept', async () => {
  const server = openMailServer()
  await teach(server)
  await server.ask({ to: strangers.slice(0, 2), onHold: 'rerouted' })

  await server.ask({ to: strangers.slice(0, 3), onHold: 'kept' })

  assert.deepEqual(server.state(), { learned: 8, messages: 9, recipients: 11 })
})

test('in the shadow of a mail server its mail is judged, charged and answered with allow, and what would be held teaches nothing', async () => {
  const server = openMailServer()
  await teach(server)

  const verdict = await server.ask({ to: strangers.slice(0, 1), shadow: true })
  const again = await server.ask({ to: ['bob@example.net'], shadow: true })
  const elsewhere = await server.ask({ to: strangers, requestId: 'other' })

  assert.deepEqual([verdict.verdict, codesOf(verdict)[0]], ['allow', 'SHADOW_MODE'])
  assert.deepEqual([again.verdict, codesOf(again).slice(0, 2)], ['allow', ['SHADOW_MODE', 'EARLIER_VERDICT']])
  assert.equal(elsewhere.verdict, 'hold')
  assert.deepEqual(server.state(), { learned: 8, messages: 10, recipients: 19 })
  assert.deepEqual(
    server.concluded
      .slice(8)
      .map(({ submission, decision }) => [submission.shadow ?? false, decision.judged]),
    [
      [true, 'hold'],
      [true, 'hold'],
      [false, 'hold']
    ]
  )
})
