import { ConfigError } from '../config/config-error.ts'
import { loadConfig } from '../config/load-config.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'

/** `sluice config check`: every fault at once, with its path and line; else what is in force where it matters most. */
export async function checkConfig(_options: object, context: CommandContext): Promise<number> {
  const { terminal, json } = context
  try {
    const { file, config } = loadConfig(configFileOf(context))
    if (json) terminal.printJson({ valid: true, file, faults: [] })
    else
      terminal.print(
        `${file ?? 'No sluice.toml here: the defaults, and the environment,'} ${file === null ? 'are' : 'is'} fine. Data directory: ${config.dataDir}`
      )
    return exitCode('ok')
  } catch (error) {
    if (!json || !(error instanceof ConfigError)) throw error
    terminal.printJson({ valid: false, file: context.configFile ?? null, faults: error.faults })
    return exitCode('fault')
  }
}
