import { Command, CommanderError } from 'commander'
import { readVersion, type CommandContext, type Declare } from './frame/command-context.ts'
import { declareCommands } from './frame/commands.ts'
import { exitCode, exitCodes } from './frame/exit-code.ts'
import { createTerminal } from './views/terminal.ts'

/** The `sluice` command line. What a command needs is loaded when it is called, so that `--help` answers at once. */
async function runCommandLine(args: readonly string[]): Promise<number | undefined> {
  let code: number | undefined
  const program = createProgram()
  const declare: Declare = (command, act) => {
    command.option('--json', 'for machines: JSON on standard output')
    command.action(async () => {
      code = await act(contextOf(command), command.args)
    })
  }
  declareCommands(program, declare)
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return exitCode(error.exitCode === 0 ? 'ok' : 'usage')
    const { reportFault } = await import('./frame/report-fault.ts')
    return reportFault(error, program.opts<GlobalFlags>().config)
  }
}

interface GlobalFlags {
  readonly config?: string
}

function createProgram(): Command {
  return new Command('sluice')
    .description('Outbound-mail guard and sending pipeline.')
    .version(readVersion())
    .option('--config <file>', 'configuration (default: sluice.toml in this directory, if there is one)')
    .addHelpText('after', exitCodeHelp)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /u, 'sluice: ')) })
}

function contextOf(command: Command): CommandContext {
  const { config, json } = command.optsWithGlobals<GlobalFlags & { json?: boolean }>()
  return { configFile: config, json: json ?? false, terminal: createTerminal({ output: process.stdout }) }
}

function exitCodeHelp(): string {
  const lines = Object.values(exitCodes).map(({ code, means }) => `  ${code}  ${means}`)
  return `\nExit codes:\n${lines.join('\n')}`
}

/** A reader that has seen enough (`| head`) is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCode('ok'))
})

const code = await runCommandLine(process.argv.slice(2))
if (code !== undefined) process.exitCode = code
