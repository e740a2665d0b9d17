export interface ConfigFault {
  /** Dotted path of the key, '' for the file as a whole. */
  readonly path: string
  /** 1-based line in the file, null where the value came from elsewhere. */
  readonly line: number | null
  readonly message: string
}

/** Every fault of the configuration at once, so that it is mended in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'CONFIG_INVALID'
  readonly faults: readonly ConfigFault[]

  constructor(faults: readonly ConfigFault[], file: string | null) {
    super(faults.map((fault) => describe(fault, file)).join('\n'))
    this.faults = faults
  }
}

function describe({ path, line, message }: ConfigFault, file: string | null): string {
  const place =
    file === null || (line === null && path !== '') ? '' : `${file}${line === null ? '' : `:${line}`}: `
  return `${place}${path === '' ? '' : `${path}: `}${message}`
}
