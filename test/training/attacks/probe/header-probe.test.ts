import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import type { BacktestLine } from '../../../../service/contracts/backtest-line.ts'
import { createBadTexts } from '../../../../training/attacks/bad-texts.ts'
import { probeHeaders, type PlantLeak } from '../../../../training/attacks/probe/header-probe.ts'
import { extraField, headersOfAnyMoment } from '../../../../training/attacks/probe/leaks.ts'
import { castHistories, simulateTakeovers } from '../../../../training/attacks/simulate-takeovers.ts'
import { inventedHistories } from '../invented-histories.ts'

const attacked: BacktestLine[] = []
const simulated = simulateTakeovers(castHistories(inventedHistories(14, 22), 1), {
  seed: 1,
  attacksPerSender: 16,
  warmUp: 8,
  texts: createBadTexts({ seed: 'probe' }),
  deck: [{ family: 'A6', knowledge: 'M2' }]
})
for await (const line of simulated) attacked.push(line)

const probe = (plant?: PlantLeak) =>
  probeHeaders(Readable.from(attacked), { seed: 1, ...(plant !== undefined && { plant }) })

test('headers do not tell an attack with full knowledge from the honest message that it copies', async () => {
  const { areaUnderCurve, leaks, pairs } = await probe()
  assert.ok(pairs > 120)
  assert.ok(areaUnderCurve < 0.58, `${areaUnderCurve} by ${JSON.stringify(leaks)}`)
})

test('the probe sees a field too many, and headers taken from any earlier message', async () => {
  const [extra, anyMoment] = [await probe(extraField), await probe(headersOfAnyMoment)]
  assert.ok(extra.areaUnderCurve > 0.95, String(extra.areaUnderCurve))
  assert.ok(anyMoment.areaUnderCurve > 0.8, String(anyMoment.areaUnderCurve))
})
