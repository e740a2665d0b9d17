import type { Config } from '../../config/config-schema.ts'
import { modelNames } from '../../models/load-model.ts'
import type { ModelName } from '../../models/model-directory.ts'
import { servingBackend, type BackendName } from '../../models/tensor/backend-names.ts'
import { selectBackend } from '../../models/tensor/backend.ts'
import { remedyOf } from '../../models/tensor/native/native-fault.ts'
import {
  decideBackend,
  describeAccelerator,
  type ChosenBackend,
  type Prove
} from '../../../training/accelerator/choose-backend.ts'
import { contentWork, takeoverWork } from '../../../training/accelerator/fit-work.ts'
import { proveAccelerator } from '../../../training/accelerator/prove-accelerator.ts'
import { contentDefaults } from '../../../training/content/fit-content.ts'
import { contentShape } from '../../../training/content/content-network-choices.ts'
import { takeoverDefaults } from '../../../training/takeover/fit-takeover.ts'
import { factLines, type Terminal } from '../views/terminal.ts'

/** What models are asked and trained on here, and why. */
export interface BackendReport {
  readonly serving: ChosenBackend
  readonly training: Readonly<Record<ModelName, ChosenBackend>>
  /** The native TensorFlow, whether it is used or not. */
  readonly accelerator: { readonly isUsable: boolean; readonly says: string; readonly remedy: string | null }
}

const workOf: Readonly<Record<ModelName, number>> = {
  content: contentWork({ ...contentDefaults, shape: contentShape }),
  takeover: takeoverWork(takeoverDefaults)
}

/** Loads no native library into this process; the first time, its self-test runs in another one for a second or two. */
export async function findBackends(
  { backend }: Pick<Config['models'], 'backend'>,
  prove: Prove = proveAccelerator
): Promise<BackendReport> {
  const accelerator = await prove()
  const decide = async (name: ModelName): Promise<ChosenBackend> => {
    const { accelerator: _, ...decided } = await decideBackend(backend, workOf[name], async () => accelerator)
    return decided
  }
  return {
    serving: servingOn(await selectBackend(servingBackend(backend)), servingBackend(backend)),
    training: { content: await decide('content'), takeover: await decide('takeover') },
    accelerator: {
      isUsable: accelerator.kind === 'proven',
      says: describeAccelerator(accelerator),
      remedy: accelerator.kind === 'proven' ? null : remedyOf(accelerator.fault)
    }
  }
}

function servingOn(name: BackendName, wanted: BackendName): ChosenBackend {
  if (name !== wanted) return { name, why: `${wanted} does not start here`, remedy: 'npm ci' }
  const why = name === 'cpu' ? 'models.backend is "cpu"' : 'the quickest for a message at a time'
  return { name, why, remedy: null }
}

export function printBackends({ serving, training, accelerator }: BackendReport, terminal: Terminal): void {
  terminal.print(terminal.paint('bold', 'Models are computed on'))
  terminal.print(
    factLines(terminal, [
      ['serving', lineOf(serving)],
      ...modelNames.map((name): [string, string] => [`training ${name}`, lineOf(training[name])]),
      ['accelerator', accelerator.says],
      ...(accelerator.remedy === null ? [] : [['to have it', accelerator.remedy] as [string, string]])
    ])
  )
  terminal.print('')
}

function lineOf({ name, why }: ChosenBackend): string {
  return `${name}: ${why}`
}
