import { parseArgs } from 'node:util'
import { checkParity } from '../../training/history/check-parity.ts'
import { serveHistory } from './served-history.ts'

/** `npm run parity`: the service scores, history keeps, training computes again; every feature bit by bit. Exits 1 where one differs. */
const { values } = parseArgs({ options: { messages: { type: 'string', default: '5000' } } })
const messages = Number(values.messages)
const startedAt = performance.now()
const served = await serveHistory({ messages, personas: Math.max(8, Math.round(messages / 60)) })
const servedAt = performance.now()
const { examples, differing, ...parity } = await checkParity(served)
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
const lines = [
  `verdicts ${JSON.stringify(served.verdicts)}, ${served.changes} changes of habits beside them`,
  `scored in ${seconds(servedAt - startedAt)}, replayed in ${seconds(performance.now() - servedAt)}`,
  `compared ${parity.compared}, equal ${parity.equal}, not wholly in history ${parity.incomplete}, skipped ${parity.skipped}`,
  ...(examples.length === 0 ? [] : [JSON.stringify(differing), ...examples])
]
process.stdout.write(`${lines.join('\n')}\n`)
await served.close()
process.exitCode = parity.equal === parity.compared && parity.compared > 0 ? 0 : 1
