import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createThresholdsInForce, type ThresholdsInForce } from '../../service/scoring/thresholds-in-force.ts'
import { createMemoryScoreWindow } from '../../service/senders/score-window/memory-score-window.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { models } from '../scoring/house.ts'
import { policy } from '../verdict/policy.ts'
import { probabilityOf } from '../../service/verdict/fuse-risk.ts'
import { honestMail, measured, slope, take, thresholdAt, type Sent } from '../verdict/scores.ts'

const day = 86_400_000
/** Every budget of the manifest holds three times as much: the shift of an exponential tail by the logarithm of three. */
const shift = slope * Math.log(3)

interface Installation {
  readonly thresholds: ThresholdsInForce
  /** Sends mail over some days; gives the share of it that was held. */
  readonly send: (mail: readonly Sent[], days: number) => number
  /** What the metrics say. */
  readonly metrics: () => Promise<string>
}

function open(warn: (event: string) => void = () => undefined): Installation {
  const { takeover } = models
  if (takeover === null) throw new Error('no model')
  const clock = { now: Date.UTC(2026, 10, 22) }
  const metrics = createMetrics()
  const thresholds = createThresholdsInForce({
    models: { ...models, takeover: { ...takeover, thresholds: measured } },
    policy,
    budgetWindow: {
      window: createMemoryScoreWindow(),
      options: { minMessages: 5_000, minSenders: 200, maxSenderShare: 0.005, maxRisePerDayLogit: 0.5 }
    },
    clock: () => clock.now,
    metrics,
    log: { ...silentLogger, warn }
  })
  return { thresholds, send, metrics: () => metrics.render() }

  function send(mail: readonly Sent[], days: number): number {
    let held = 0
    for (const { sender, logit } of mail) {
      clock.now += (days * day) / mail.length
      const isHeld = probabilityOf(logit) >= thresholds.now().hold
      if (isHeld) held += 1
      thresholds.count({ sender: `sender-${sender}`, at: clock.now, logit, isHeld })
    }
    return held / mail.length
  }
}

const honest = (more = shift) => honestMail({ senders: 250, random: createRandom(8), shift: more })

test('an installation whose honest mail is held three times too often keeps the budget once its window is filled', async () => {
  const { send, metrics } = open()
  const mail = honest()
  const before = send(take(mail, 4_990), 1)
  send(take(mail, 6_000), 3)
  const after = send(take(mail, 12_000), 3)

  assert.ok(before > 0.0022, `${1e4 * before} per 10,000 were held with the manifest’s threshold`)
  assert.ok(after > 0.0005 && after < 0.0015, `${1e4 * after} per 10,000 are held now`)
  const shown = await metrics()
  assert.match(shown, /^sluice_budget_window_messages 20000$/mu)
  assert.match(shown, /^sluice_budget_window_senders 250$/mu)
  assert.match(shown, /^sluice_hold_budget_exceeded 0$/mu)
})

test('hijacked senders who flood just below the threshold for a week do not get above the honest one’s budget', () => {
  const { send, thresholds } = open()
  const mail = honest(0)
  send(take(mail, 8_000), 2)
  const before = Math.log(thresholds.now().hold / (1 - thresholds.now().hold))
  for (let days = 0; days < 7; days += 1) {
    const hold = Math.log(thresholds.now().hold / (1 - thresholds.now().hold))
    // Four accounts, a hundred messages a day each: as many as are counted
    const flood = Array.from({ length: 400 }, (_, at) => ({ sender: 9_000 + (at % 4), logit: hold - 0.02 }))
    send([...take(mail, 1_000), ...flood, ...take(mail, 1_000)], 1)
  }
  const after = Math.log(thresholds.now().hold / (1 - thresholds.now().hold))

  assert.ok(after < before + 0.3, `the threshold rose from ${before} to ${after}`)
})

test('a newsletter flood closes nothing: honest senders are held as before', () => {
  const { send } = open()
  const mail = honest(0)
  send(take(mail, 8_000), 2)
  const newsletter = Array.from({ length: 15_000 }, (_, at) => ({ sender: 7_000 + (at % 3), logit: -11 }))
  send(newsletter, 1)

  const after = send(take(mail, 8_000), 1)
  assert.ok(after < 0.002, `${1e4 * after} per 10,000 are held`)
})

test('when the bound is reached the budget is exceeded: the metric says so, and the log once an hour', async () => {
  const warned: string[] = []
  const { send, thresholds, metrics } = open((event) => void warned.push(event))
  const mail = honest(5)
  send(take(mail, 6_000), 1)
  const [early] = [warned.splice(0)]
  send(take(mail, 10_000), 5)

  assert.ok(
    Math.abs(thresholds.now().hold - probabilityOf(Math.max(thresholdAt(0.0001), thresholdAt(0.001) + 2))) <
      1e-9
  )
  assert.match(await metrics(), /^sluice_hold_budget_exceeded 1$/mu)
  assert.deepEqual(new Set([...early, ...warned]), new Set(['scoring.hold_budget_exceeded']))
  assert.ok(warned.length <= 5 * 24, `${warned.length} lines in five days`)
})
