import { mkdir } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { loadConfig } from '../config/load-config.ts'
import type { Manifest } from '../models/manifest.ts'
import type { ChosenBackend } from '../../training/accelerator/choose-backend.ts'
import { HistoryTrainingError } from '../../training/history/training-fault.ts'
import type { TrainOnHistoryOptions } from '../../training/history/train-on-history.ts'
import type { TrainRunOptions } from '../../training/train-run-options.ts'
import { CliError, usageError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { withHistory, type SpanFlags } from './training/with-history.ts'
import { openProgressBars } from './views/progress-bars.ts'

export interface TrainFlags extends SpanFlags {
  /** Directory of further data sets. */
  readonly data?: string
  /** Learn from the installation's history, beside what is bundled. */
  readonly history?: boolean
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

interface Trainer {
  readonly onFiles: (options: TrainRunOptions) => Promise<Manifest>
  readonly onHistory: (options: TrainOnHistoryOptions) => Promise<Manifest>
}

/** How each model is trained. Loaded when asked for. */
const trainers: Readonly<Record<string, () => Promise<Trainer>>> = {
  content: async () => ({
    onFiles: (await import('../../training/content/train-content.ts')).trainContent,
    onHistory: (await import('../../training/history/train-content-on-history.ts')).trainContentOnHistory
  }),
  takeover: async () => ({
    onFiles: (await import('../../training/takeover/train-takeover.ts')).trainTakeover,
    onHistory: (await import('../../training/history/train-takeover-on-history.ts')).trainTakeoverOnHistory
  })
}

/** `sluice train MODEL`: writes a model directory under `--out`. Bars on a terminal; nothing on standard error otherwise. */
export async function runTrain(options: TrainOptions, context: CommandContext): Promise<number> {
  const { model, out } = options
  const load = trainers[model]
  if (load === undefined)
    throw usageError(`there is no model ${model} to train`, `Models: ${Object.keys(trainers).join(', ')}.`)
  refuseMixed(options)
  const trainer = await load()
  await mkdir(resolve(out), { recursive: true })
  const bars = openProgressBars()
  try {
    const { backend } = loadConfig(configFileOf(context)).config.models
    const run = { ...runOf(options), progress: bars.progress, backend, onBackend: tellFallBack }
    const manifest = await (options.history === true
      ? trainOnHistory(trainer, options, run, context)
      : trainer.onFiles(run))
    bars.end()
    report(manifest, join(resolve(out), model), context)
  } finally {
    bars.end()
  }
  return exitCode('ok')
}

/** Somebody asked for it, or would be served by it. */
function tellFallBack({ why, remedy }: ChosenBackend): void {
  if (remedy !== null) process.stderr.write(`sluice: ${why}. To have it: ${remedy}\n`)
}

function refuseMixed({ history = false, data, since, until, senders }: TrainOptions): void {
  if (history && data !== undefined)
    throw usageError(
      '--history and --data exclude each other',
      'A model is trained on the one or on the other.'
    )
  if (!history && (since ?? until ?? senders) !== undefined)
    throw usageError('--since, --until and --senders choose a part of history', 'Add --history.')
}

function runOf(options: TrainOptions): TrainRunOptions {
  const now = new Date()
  const { data, out, seed } = options
  return {
    data: data === undefined ? null : resolve(data),
    out: resolve(out),
    seed,
    version: options.modelVersion ?? `${now.getUTCFullYear()}.${now.getUTCMonth() + 1}.1`,
    createdAt: options.createdAt ?? `${now.toISOString().slice(0, 'yyyy-mm-dd'.length)}T00:00:00Z`,
    command: commandOf(options)
  }
}

async function trainOnHistory(
  { onHistory }: Trainer,
  flags: TrainOptions,
  run: TrainRunOptions,
  context: CommandContext
): Promise<Manifest> {
  return await withHistory(flags, context, async ({ reader, span }) => {
    const { messages: expected } = await reader.summary(span)
    try {
      return await onHistory({ ...run, reader, span, expected, now: Date.now() })
    } catch (error) {
      if (!(error instanceof HistoryTrainingError)) throw error
      throw new CliError(error.message, { remedy: error.remedy, cause: error })
    }
  })
}

/** As the manifest keeps it: where things lie on this machine, and who sends, is nobody's business. */
function commandOf(options: TrainOptions): string {
  const { model, data, out, seed, modelVersion, createdAt, history, since, until, senders } = options
  const flags = [
    ...(data === undefined ? [] : ['--data DIR']),
    ...(history === true ? ['--history'] : []),
    ...(since === undefined ? [] : [`--since ${since}`]),
    ...(until === undefined ? [] : [`--until ${until}`]),
    ...(senders === undefined ? [] : ['--senders NAMES']),
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
