// `npm run bench:train [-- --data DIR --messages 25000,50000,100000]`: how long both models take to be retrained on an installation's history,
// and how much memory: 100,000 messages in five minutes and two gigabytes on two cores.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { engineLibrary } from '../service/history/embedded/engine-library.ts'
import { describeAccelerator } from '../training/accelerator/choose-backend.ts'
import { proveAccelerator } from '../training/accelerator/prove-accelerator.ts'
import { measureRun, type MeasuredRun } from './train/measure-run.ts'
import { replicatedMail } from './train/replicated-mail.ts'
import { seedHistory } from './train/seed-history.ts'
import { tryPromotion } from './train/try-promotion.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    /** Kept: with `--seeded` a later run takes the history of this one, of as many messages as the last of `--messages`. */
    directory: { type: 'string' },
    seeded: { type: 'boolean', default: false },
    messages: { type: 'string', default: '25000,50000,100000' },
    models: { type: 'string', default: 'takeover,content' },
    senders: { type: 'string' },
    each: { type: 'string' },
    unlabelled: { type: 'string' },
    /** Default: wasm, and tensorflow where it is to be had. */
    backends: { type: 'string' },
    /** Takes what was trained last through the gate. */
    promote: { type: 'boolean', default: false }
  }
})
if (engineLibrary() === undefined) throw new Error('The optional packages chdb and ffi-rs are not installed')

const dayMs = 86_400_000
/** As timed-run.ts names them. */
const trainedVersion = '1.0.0'
const sizes = values.messages.split(',').map(Number)
const models = values.models.split(',')
const accelerator = await proveAccelerator()
console.log(describeAccelerator(accelerator))
const usable = accelerator.kind === 'proven' ? ['wasm', 'tensorflow'] : ['wasm']
const backends = values.backends?.split(',') ?? usable
const directory = values.directory ?? mkdtempSync(join(tmpdir(), 'sluice-bench-train-'))
mkdirSync(directory, { recursive: true })
const config = join(directory, 'sluice.toml')
const dataDir = join(directory, 'data')
writeFileSync(config, `dataDir = "${dataDir}"\n`)
const chosen = [
  ...(values.senders === undefined ? [] : ['--senders', values.senders]),
  ...(values.each === undefined ? [] : ['--messages', values.each]),
  ...(values.unlabelled === undefined ? [] : ['--unlabelled', values.unlabelled])
]
const measured: Record<string, Record<string, string>> = {}
try {
  const mail = replicatedMail(values.data ?? null, Math.floor(Date.now() / dayMs) * dayMs)
  let held = 0
  for (const size of sizes) {
    if (!values.seeded) await seedHistory(dataDir, mail, size - held)
    held = size
    for (const backend of backends) await measureAll(size, backend)
  }
  if (values.promote)
    for (const model of models)
      console.log(tryPromotion(config, model, join(directory, 'out', model), trainedVersion))
} finally {
  if (values.directory === undefined) rmSync(directory, { recursive: true, force: true })
}
console.log('\nRetraining on history')
console.table(measured)

/** Every model, one after the other. */
async function measureAll(size: number, backend: string): Promise<void> {
  const runs: MeasuredRun[] = []
  for (const model of models) {
    const run = await measureRun(['--model', model, '--backend', backend, '--config', config, '--out', join(directory, 'out'), ...chosen]) // prettier-ignore
    runs.push(run)
    console.log(`\n${model} on ${size} messages, on ${backend}, by step`)
    console.table(stepsOf(run))
    measured[`${size} ${model}, ${backend}`] = shown([run])
  }
  measured[`${size} in all, ${backend}`] = shown(runs)
}

function stepsOf({ steps }: MeasuredRun): Readonly<Record<string, { readonly s: string }>> {
  return Object.fromEntries(Object.entries(steps).map(([step, seconds]) => [step, { s: seconds.toFixed(1) }]))
}

function shown(runs: readonly MeasuredRun[]): Record<string, string> {
  const sum = (of: (run: MeasuredRun) => number): string =>
    runs.reduce((total, run) => total + of(run), 0).toFixed(1)
  const peak = Math.max(...runs.map(({ peakMiB }) => peakMiB))
  return { 'wall s': sum(({ seconds }) => seconds), 'CPU s': sum(({ cpuSeconds }) => cpuSeconds), 'peak RSS MiB': peak.toFixed(0) } // prettier-ignore
}
