// `npm run bench:pipeline`: SMTP in → durable → delivered to a sink, Sluice beside Postfix and Haraka, without a content filter and with
// one, in one run, the arms taking turns. Load and sink are Postfix's smtp-source and smtp-sink; every arm fsyncs a message before it
// answers 250, on the same file system, and writes no log. A run with the defaults takes under four minutes.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { allArms, type Arm } from './pipeline/arms.ts'
import { openLoad, type Load } from './pipeline/load.ts'
import { measure, warmUp } from './pipeline/measure.ts'
import { findLoadPrograms } from './pipeline/programs.ts'
import { report, type Row } from './pipeline/report.ts'
import { startDumpingSink, type DumpingSink } from './pipeline/sink.ts'
import { startRspamd } from './peers/rspamd.ts'

const { values } = parseArgs({
  options: {
    /** Of each measurement, about: the number of messages follows from the warm-up. */
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '20,100' },
    'warm-up': { type: 'string', default: '800' },
    /** Part of the names of the arms to run, such as `Sluice`. */
    only: { type: 'string', default: '' }
  }
})
const postfix = findLoadPrograms()
if ('missing' in postfix) {
  console.error(postfix.missing)
  process.exit(1)
}
// One worker a processor: what its documentation suggests
const rspamd = await startRspamd({ milter: true, workers: availableParallelism() })
const load = openLoad(postfix)
const sink = await startDumpingSink(postfix)
const arms = allArms(rspamd).filter(({ name }) => name.includes(values.only))
const rows: Row[] = []
console.log(`messages of ${Math.round(load.meanBytes)} bytes on average`)
try {
  for (let round = 1; round <= Number(values.rounds); round++) {
    // Every other round the other way about: what drifts on the machine hits all alike
    for (const arm of round % 2 === 1 ? arms : arms.toReversed())
      rows.push(...(await runArm(arm, sink, load)))
  }
} finally {
  await sink.close()
  if (!('missing' in rspamd)) await rspamd.close()
  load.close()
}
report(rows)

async function runArm(arm: Arm, to: DumpingSink, by: Load): Promise<readonly Row[]> {
  const opened = await arm.open(to.port)
  if ('missing' in opened) {
    console.log(`${arm.name} is left out: ${opened.missing}`)
    return []
  }
  const measured: Row[] = []
  try {
    const perSecond = await warmUp(opened, to, by, Number(values['warm-up']))
    const messages = Math.max(100, Math.round(perSecond * Number(values.seconds)))
    for (const connections of values.connections.split(',').map(Number))
      measured.push({
        arm: arm.name,
        connections,
        ...(await measure(opened, to, by, { messages, connections }))
      })
  } finally {
    await opened.close()
  }
  return measured
}
