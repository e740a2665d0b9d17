import { verdictAnswerSchema, type VerdictAnswer } from '../contracts/verdict-answer.ts'
import { loadConfig } from '../config/load-config.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode, type ExitName } from './frame/exit-code.ts'
import { withService } from './running/private-service.ts'
import { reportFault } from './frame/report-fault.ts'
import { checkFlags, readRequest, type RequestFlags } from './score-request.ts'
import type { ServiceClient } from './running/service-client.ts'
import { verdictView } from './views/verdict-view.ts'

export interface ScoreFlags extends RequestFlags {
  /** Give every contribution, also for an allow. */
  readonly explain?: boolean
}

export interface ScoreOptions extends ScoreFlags {
  readonly files: readonly string[]
}

/** `sluice score FILE…`: a verdict a message. One unreadable file does not keep the others from being scored. */
export async function runScore(options: ScoreOptions, context: CommandContext): Promise<number> {
  checkFlags(options)
  const ends = new Set<ExitName>()
  await withService(loadConfig(configFileOf(context)), async ({ client }) => {
    for (const file of options.files) ends.add(await scoreFile(file, options, context, client))
  })
  return exitCode(gravest.find((end) => ends.has(end)) ?? 'ok')
}

const gravest = ['usage', 'fault', 'blocked', 'held', 'ok'] as const satisfies readonly ExitName[]

const endOf = { allow: 'ok', hold: 'held', block: 'blocked' } as const satisfies Record<
  VerdictAnswer['verdict'],
  ExitName
>

async function scoreFile(
  file: string,
  options: ScoreOptions,
  context: CommandContext,
  client: ServiceClient
): Promise<ExitName> {
  try {
    const request = await readRequest(file, options)
    const body = { ...request, learn: 'never', explain: options.explain ?? false }
    const verdict = await client.post('/v1/verdicts', body, verdictAnswerSchema)
    if (context.json) context.terminal.printJson({ file, ...verdict })
    else context.terminal.print(verdictView(verdict, { title: file, terminal: context.terminal }))
    return endOf[verdict.verdict]
  } catch (error) {
    return reportFault(error, context.configFile) === exitCode('usage') ? 'usage' : 'fault'
  }
}
