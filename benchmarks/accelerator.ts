// npm run bench:accelerator: training steps of our networks, and of wider ones, on WebAssembly and on the native TensorFlow, side by side.
// Says from how much work a step is quicker on the latter: training/accelerator/choose-backend.ts goes by it.
import { parseArgs } from 'node:util'
import type { BackendName } from '../service/models/tensor/backend-names.ts'
import { selectBackend } from '../service/models/tensor/backend.ts'
import { chooseBackend, worthwhileWork } from '../training/accelerator/choose-backend.ts'
import { contentWork, takeoverWork } from '../training/accelerator/fit-work.ts'
import { fixedMessages, fixedRows } from '../training/accelerator/fixed-rows.ts'
import { contentDefaults, fitContent } from '../training/content/fit-content.ts'
import { contentShape } from '../training/content/content-network-choices.ts'
import { fitTakeover, takeoverDefaults } from '../training/takeover/fit-takeover.ts'
import { textTable } from '../training/text-table.ts'

interface Contest {
  readonly name: string
  readonly work: number
  readonly steps: number
  /** Final loss. */
  readonly fit: () => number
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const rounds = Number(values.rounds)
const rows = fixedRows(8_192)
const messages = fixedMessages(2_048, 300)
const evenly = new Float32Array(messages.length).fill(1)

const contests: readonly Contest[] = [
  content(),
  ...[
    [96, 32],
    [192, 64],
    [384, 128],
    [768, 256],
    [1_536, 512]
  ].map(([firstUnits = 0, secondUnits = 0]) => takeover(firstUnits, secondUnits))
]

const accelerator = await chooseBackend('tensorflow', worthwhileWork)
console.log(accelerator.why)
if (accelerator.name === 'tensorflow') await compare()
else process.exitCode = 1

async function compare(): Promise<void> {
  const lines: string[][] = []
  for (const { name, work, steps, fit } of contests) {
    const wasm: Run[] = []
    const native: Run[] = []
    for (let round = 0; round < rounds; round += 1) {
      wasm.push(await timed('wasm', fit))
      native.push(await timed('tensorflow', fit))
    }
    const apart = Math.abs((wasm[0]?.loss ?? Number.NaN) - (native[0]?.loss ?? Number.NaN))
    const perStep = (measure: 'ms' | 'cpuMs') =>
      [wasm, native].map((runs) => median(runs.map((run) => run[measure])) / steps)
    lines.push([
      name,
      (work / 1e6).toFixed(2),
      ...sideBySide(perStep('ms')),
      ...sideBySide(perStep('cpuMs')),
      apart.toExponential(0)
    ])
  }
  const head = [
    'network',
    'M products a step',
    'ms: wasm',
    'native',
    'ratio',
    'CPU ms: wasm',
    'native',
    'ratio',
    'losses apart'
  ]
  console.log(textTable(head, lines))
}

function sideBySide([wasm = Number.NaN, native = Number.NaN]: readonly number[]): string[] {
  return [wasm, native, wasm / native].map((figure) => figure.toFixed(2))
}

interface Run {
  readonly ms: number
  /** Of all threads. */
  readonly cpuMs: number
  readonly loss: number
}

async function timed(backend: BackendName, fit: () => number): Promise<Run> {
  await selectBackend(backend)
  const startedAt = performance.now()
  const cpuAt = process.cpuUsage()
  const loss = fit()
  const { user, system } = process.cpuUsage(cpuAt)
  return { ms: performance.now() - startedAt, cpuMs: (user + system) / 1e3, loss }
}

function median(figures: readonly number[]): number {
  return figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Number.NaN
}

function takeover(firstUnits: number, secondUnits: number): Contest {
  const options = { ...takeoverDefaults, firstUnits, secondUnits, epochs: 1, seed: 1 }
  const isOurs = firstUnits === takeoverDefaults.firstUnits
  return {
    name: `takeover ${firstUnits}-${secondUnits}${isOurs ? ' (ours)' : ''}`,
    work: takeoverWork(options),
    steps: rows.length / options.batchSize,
    fit: () => {
      const { model, losses } = fitTakeover(rows, options)
      model.dispose()
      return losses.at(-1) ?? Number.NaN
    }
  }
}

function content(): Contest {
  const options = { ...contentDefaults, shape: contentShape, epochs: 1, seed: 1 }
  return {
    name: 'content (ours)',
    work: contentWork(options),
    steps: messages.length / options.batchSize,
    fit: () => {
      const { model, losses } = fitContent(messages, evenly, options)
      model.dispose()
      return losses.at(-1) ?? Number.NaN
    }
  }
}
