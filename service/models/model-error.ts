/** Why a model is not used. One table: match on the code, show the sentence. */
const sentences = {
  MODEL_MISSING: 'There is no such model, or one of its files is missing',
  MODEL_FILE_CORRUPT: 'A model file does not match the checksum in its manifest',
  MODEL_MANIFEST_INVALID: 'The manifest is not what this version understands',
  MODEL_FEATURES_DIFFER: 'The model was trained on other features than this version extracts',
  MODEL_VERSION_TAKEN: 'There is another model of this version here already',
  FROZEN_SET_CORRUPT: 'The messages that versions are measured on cannot be read',
  MODEL_NOT_FINITE: 'The model holds or gives something that is no number',
  MODEL_SHAPE_DIFFERS: 'The weights do not have the shape that their network needs'
} as const

export type ModelErrorCode = keyof typeof sentences

export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: ModelErrorCode
  readonly facts: Readonly<Record<string, string>>

  constructor(code: ModelErrorCode, facts: Readonly<Record<string, string>>, cause?: unknown) {
    super(sentences[code], { cause })
    this.code = code
    this.facts = facts
  }
}
