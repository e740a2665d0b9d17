/** Why a model is not used, and what whoever reads it can do. One table: match on the code, show the sentence and the remedy. */
export const modelFaults = {
  MODEL_MISSING: {
    sentence: 'There is no such model, or one of its files is missing',
    remedy:
      'Copy the whole directory that `sluice train` wrote; `sluice models list` shows which versions are here.'
  },
  MODEL_FILE_CORRUPT: {
    sentence: 'A model file is not what its manifest vouches for, or cannot be read',
    remedy: 'Copy the directory again, or train again: what was changed after training is never used.'
  },
  MODEL_MANIFEST_INVALID: {
    sentence: 'The manifest is not what this version understands',
    remedy:
      'Take a directory that `sluice train` of this version wrote, under the name that its manifest says.'
  },
  MODEL_FEATURES_DIFFER: {
    sentence: 'The model was trained on other features than this version extracts',
    remedy: 'Train it again with this version of Sluice, or use the version that it was trained with.'
  },
  MODEL_ACTIVE_INVALID: {
    sentence: 'The file that names the versions in use cannot be read',
    remedy:
      'Write {"active": "VERSION"} into it (`sluice models list` shows which are here), or remove it: then the model of this release serves.'
  },
  MODEL_VERSION_TAKEN: {
    sentence: 'There is another model of this version here already',
    remedy:
      'Train with another --model-version, or remove that directory if `sluice models list` says that it is not in use.'
  },
  FROZEN_SET_CORRUPT: {
    sentence: 'The messages that versions are measured on cannot be read',
    remedy:
      'Write the set again, or remove its directory: then versions are measured on the messages of this release.'
  },
  MODEL_NOT_FINITE: {
    sentence: 'The model holds or gives something that is no number',
    remedy: 'Train it again; `sluice models check` shows which versions are sound.'
  },
  MODEL_SHAPE_DIFFERS: {
    sentence: 'The weights do not have the shape that their network needs',
    remedy:
      'Train it again with this version of Sluice; `sluice models check` shows which versions are sound.'
  }
} as const satisfies Record<string, { readonly sentence: string; readonly remedy: string }>

export type ModelErrorCode = keyof typeof modelFaults

export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: ModelErrorCode
  readonly facts: Readonly<Record<string, string>>
  readonly remedy: string

  constructor(code: ModelErrorCode, facts: Readonly<Record<string, string>>, cause?: unknown) {
    super(modelFaults[code].sentence, { cause })
    this.code = code
    this.facts = facts
    this.remedy = modelFaults[code].remedy
  }
}
