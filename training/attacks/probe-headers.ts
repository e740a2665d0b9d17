import path from 'node:path'
import { parseArgs } from 'node:util'
import { createBadTexts } from './bad-texts.ts'
import { probeHeaders, type PlantLeak } from './probe/header-probe.ts'
import { extraField, headersOfAnyMoment } from './probe/leaks.ts'
import { readHistories } from './read-histories.ts'
import { castHistories, simulateTakeovers } from './simulate-takeovers.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    senders: { type: 'string', default: '40' },
    attacks: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' }
  }
})
const seed = Number(values.seed)
const histories = await readHistories(path.join(values.data ?? '.', 'histories.jsonl.gz'))
const cast = castHistories(histories, seed, Number(values.senders))

/** A fresh run each time: the same seed gives the same attacks. */
const attacks = () =>
  simulateTakeovers(cast, {
    seed,
    attacksPerSender: Number(values.attacks),
    texts: createBadTexts({ seed: `probe ${seed}` }),
    warmUp: 20,
    deck: [{ family: 'A6', knowledge: 'M2' }]
  })

const cases: readonly (readonly [name: string, plant: PlantLeak | undefined])[] = [
  ['A6/M2 as it is', undefined],
  ['planted: one field more', extraField],
  ['planted: headers of any earlier message', headersOfAnyMoment]
]
for (const [name, plant] of cases) {
  const probe = await probeHeaders(attacks(), { seed, ...(plant !== undefined && { plant }) })
  const leaks = probe.leaks.map(({ trait, share }) => `${trait} ${Math.round(100 * share)} %`).join(', ')
  process.stdout.write(
    `${name}: area under the curve ${probe.areaUnderCurve.toFixed(3)} (${probe.pairs} pairs, ${probe.senders} senders)\n  ${leaks}\n`
  )
}
