import { fileURLToPath } from 'node:url'
import type {
  DriftMessage,
  DriftRequest,
  DriftSummary,
  TrainMessage,
  TrainRequest
} from '../../models/retrain/child-messages.ts'
import { createRunChild, type RunChildOptions } from '../models/run-child.ts'

export type Trained = Extract<TrainMessage, { kind: 'trained' | 'few' }>
/** Rejects with a sentence: what the process said, or how it ended. */
export type RunTraining = (request: TrainRequest) => Promise<Trained>
export type RunDrift = (request: DriftRequest) => Promise<readonly DriftSummary[]>

type Limits<Message> = Omit<RunChildOptions<Message>, 'file'> & { readonly file?: string }

const trainFile = fileURLToPath(new URL('../../../training/history/train-child.ts', import.meta.url))
const driftFile = fileURLToPath(new URL('../../../training/drift/drift-child.ts', import.meta.url))

export function createRunTraining(limits: Limits<TrainMessage>): RunTraining {
  const runChild = createRunChild<TrainRequest, TrainMessage>({ file: trainFile, ...limits })
  return (request) =>
    runChild(request, (message) => {
      if (message.kind === 'fault') throw new TrainingFault(message.code, message.detail)
      return message.kind === 'progress' ? undefined : { result: message }
    })
}

export function createRunDrift(limits: Limits<DriftMessage>): RunDrift {
  const runChild = createRunChild<DriftRequest, DriftMessage>({ file: driftFile, ...limits })
  return (request) =>
    runChild(request, (message) => {
      if (message.kind === 'fault') throw new TrainingFault(message.code, message.detail)
      return message.kind === 'measured' ? { result: message.items } : undefined
    })
}

/** What the process itself said went wrong. */
export class TrainingFault extends Error {
  override readonly name = 'TrainingFault'
  readonly code: string

  constructor(code: string, detail: string) {
    super(detail)
    this.code = code
  }
}
