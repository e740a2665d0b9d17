import { mkdir } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import type { Manifest } from '../models/manifest.ts'
import type { TrainRunOptions } from '../../training/train-run-options.ts'
import { usageError } from './frame/cli-error.ts'
import type { CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { openProgressBars } from './views/progress-bars.ts'

export interface TrainFlags {
  /** Directory of further data sets. */
  readonly data?: string
  readonly out: string
  readonly seed: number
  /** Default: year, month and 1, such as `2026.11.1`. */
  readonly modelVersion?: string
  /** RFC 3339; default: today. The same data, seed and time give the same bytes. */
  readonly createdAt?: string
}

export interface TrainOptions extends TrainFlags {
  readonly model: string
}

type Train = (options: TrainRunOptions) => Promise<Manifest>

/** How each model is trained. Loaded when asked for. */
const trainers: Readonly<Record<string, () => Promise<Train>>> = {
  content: async () => (await import('../../training/content/train-content.ts')).trainContent,
  takeover: async () => (await import('../../training/takeover/train-takeover.ts')).trainTakeover
}

/** `sluice train MODEL`: writes a model directory under `--out`. Bars on a terminal; nothing on standard error otherwise. */
export async function runTrain(options: TrainOptions, context: CommandContext): Promise<number> {
  const { model, data, out, seed } = options
  const load = trainers[model]
  if (load === undefined)
    throw usageError(`there is no model ${model} to train`, `Models: ${Object.keys(trainers).join(', ')}.`)
  const train = await load()
  const now = new Date()
  await mkdir(resolve(out), { recursive: true })
  const bars = openProgressBars()
  try {
    const manifest = await train({
      data: data === undefined ? null : resolve(data),
      out: resolve(out),
      seed,
      version: options.modelVersion ?? `${now.getUTCFullYear()}.${now.getUTCMonth() + 1}.1`,
      createdAt: options.createdAt ?? `${now.toISOString().slice(0, 'yyyy-mm-dd'.length)}T00:00:00Z`,
      command: commandOf(options),
      progress: bars.progress
    })
    bars.end()
    report(manifest, join(resolve(out), model), context)
  } finally {
    bars.end()
  }
  return exitCode('ok')
}

/** As the manifest keeps it: where things lie on this machine is nobody's business. */
function commandOf({ model, data, out, seed, modelVersion, createdAt }: TrainOptions): string {
  const flags = [
    ...(data === undefined ? [] : ['--data DIR']),
    `--out ${isAbsolute(out) ? 'DIR' : out}`,
    `--seed ${seed}`,
    ...(modelVersion === undefined ? [] : [`--model-version ${modelVersion}`]),
    ...(createdAt === undefined ? [] : [`--created-at ${createdAt}`])
  ]
  return `npx sluice train ${model} ${flags.join(' ')}`
}

function report(manifest: Manifest, directory: string, { json, terminal }: CommandContext): void {
  const { name, version, metrics, files } = manifest
  if (json) {
    terminal.printJson({ name, version, directory, metrics })
    return
  }
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
  terminal.print(
    `${terminal.paint('bold', `${name} ${version}`)} is in ${directory} (${(bytes / 1e6).toFixed(1)} MB).`
  )
  terminal.print('How good it is stands in its MODEL_CARD.md.')
}
