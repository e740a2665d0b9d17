// `npm run bench:replay`: how fast training folds history into habits again, on one core.
import { parseArgs } from 'node:util'
import { replaySender } from '../training/history/replay-sender.ts'
import { each, people, shifted, variedRows } from './replay/varied-rows.ts'

const { values } = parseArgs({ options: { observations: { type: 'string', default: '1000000' } } })
const wanted = Number(values.observations)
const budgetSeconds = 150 * (wanted / 1_000_000)

const histories = await variedRows()
const startedAt = performance.now()
const cpuAt = process.cpuUsage()
let folded = 0
let senders = 0
let mostRss = 0
for (let copy = 0; folded < wanted; copy += 1) {
  for (const rows of histories) {
    if (folded >= wanted) break
    const replay = replaySender([], new Map())
    for (const row of rows) replay.next(shifted(row, copy))
    folded += replay.end().messagesSeen
    senders += 1
    mostRss = Math.max(mostRss, process.memoryUsage.rss())
  }
}
const seconds = (performance.now() - startedAt) / 1_000
const { user, system } = process.cpuUsage(cpuAt)
const cpuSeconds = (user + system) / 1e6

console.log(
  `${people * each} observations of ${people} invented senders, again and again with other ids and times`
)
console.table({
  [`${folded} observations of ${senders} senders`]: {
    'wall s': seconds.toFixed(1),
    'CPU s': cpuSeconds.toFixed(1),
    'CPU ms each': ((1_000 * cpuSeconds) / folded).toFixed(4),
    'budget s': budgetSeconds.toFixed(1),
    'most RSS MiB': Math.round(mostRss / 1_048_576)
  }
})
