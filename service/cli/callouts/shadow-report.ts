import { loadConfig } from '../../config/load-config.ts'
import { shadowPageSchema, type ShadowVerdict } from '../../contracts/callouts.ts'
import { CliError, usageError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { withService } from '../running/private-service.ts'
import type { ServiceClient } from '../running/service-client.ts'
import { compareShadow } from './compare-shadow.ts'
import { readMtaLog, type MtaLogKind, type MtaOutcomes } from './mta-log.ts'
import { printShadowReport } from './shadow-report-view.ts'

export interface ShadowReportFlags {
  readonly postfixLog?: string
  readonly eximLog?: string
  readonly rspamdLog?: string
  readonly since?: string
}

export interface ShadowReportOptions extends ShadowReportFlags {
  readonly mta: string
}

/** `sluice callouts report MTA --postfix-log FILE`: what shadow mode would have done beside what the mail server did. */
export async function reportShadow(options: ShadowReportOptions, context: CommandContext): Promise<number> {
  const log = logOf(options)
  const outcomes = log === null ? new Map<string, never>() : await outcomesOf(...log)
  const verdicts = await withService(loadConfig(configFileOf(context)), ({ client }) =>
    shadowVerdicts(client, options)
  )
  if (verdicts.length === 0)
    throw new CliError(`there are no verdicts of shadow mode for ${options.mta}`, {
      remedy:
        'Its [[callouts.clients]] need mode = "shadow" and trusted = true; `npx sluice callouts list` shows who asks.'
    })
  const report = compareShadow(verdicts, outcomes)
  if (context.json) context.terminal.printJson(report)
  else printShadowReport(report, options.mta, context.terminal)
  return exitCode('ok')
}

function logOf({ postfixLog, eximLog, rspamdLog }: ShadowReportFlags): readonly [MtaLogKind, string] | null {
  const given = [logAs('postfix', postfixLog), logAs('exim', eximLog), logAs('rspamd', rspamdLog)].flat()
  if (given.length > 1) throw usageError('takes one log at a time')
  return given[0] ?? null
}

function logAs(kind: MtaLogKind, file: string | undefined): readonly (readonly [MtaLogKind, string])[] {
  return file === undefined ? [] : [[kind, file]]
}

async function outcomesOf(kind: MtaLogKind, file: string): Promise<MtaOutcomes> {
  try {
    return await readMtaLog(kind, file)
  } catch (cause) {
    throw new CliError(`${file} cannot be read as a log of ${kind}`, { remedy: String(cause), cause })
  }
}

async function shadowVerdicts(
  client: ServiceClient,
  { mta, since }: ShadowReportOptions
): Promise<readonly ShadowVerdict[]> {
  const verdicts: ShadowVerdict[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ limit: '1000' })
    if (cursor !== '') query.set('cursor', cursor)
    if (since !== undefined) query.set('since', since)
    const page: { items: ShadowVerdict[]; nextCursor: string | null } = await client.get(
      `/v1/callouts/${encodeURIComponent(mta)}/shadow?${query.toString()}`,
      shadowPageSchema
    )
    verdicts.push(...page.items)
    cursor = page.nextCursor
  }
  return verdicts
}
