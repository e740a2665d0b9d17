import { openReaders, type OpenedReaders } from '../../../training/history/open-readers.ts'
import { loadConfig } from '../../config/load-config.ts'
import { historyServerSchema } from '../../contracts/history-server.ts'
import type { RowSpan } from '../../history/reader/stream-rows.ts'
import { usageError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { withService } from '../running/private-service.ts'
import { toMoment } from '../senders.ts'

/** Which part of history. */
export interface SpanFlags {
  /** RFC 3339, or how long ago. */
  readonly since?: string
  readonly until?: string
  /** Names, with commas between. */
  readonly senders?: string
}

export interface OpenedHistory extends Pick<OpenedReaders, 'reader'> {
  readonly span: RowSpan
}

/** The history of the running service, else of one of our own that holds the lock meanwhile. */
export async function withHistory<Result>(
  flags: SpanFlags,
  context: CommandContext,
  act: (history: OpenedHistory) => Promise<Result>
): Promise<Result> {
  const loaded = loadConfig(configFileOf(context))
  const now = Date.now()
  const senders = namesIn(flags.senders)
  const since = flags.since === undefined ? {} : { since: toMoment(flags.since, now) }
  const until = flags.until === undefined ? {} : { until: toMoment(flags.until, now, '--until') }
  return withService(loaded, async ({ client }) => {
    const { url, headers, database, senderKeys } = await client.post(
      '/v1/history/server',
      { senders },
      historyServerSchema
    )
    const { user, password } = loaded.config.clickhouse
    const { reader, close } = openReaders({ url, headers, database, user, password })
    try {
      const span = { ...since, ...until, ...(senders.length > 0 && { senders: senderKeys }) }
      return await act({ reader, span })
    } finally {
      await close()
    }
  })
}

function namesIn(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const names = text.split(',').flatMap((name) => (name.trim() === '' ? [] : name.trim()))
  if (names.length === 0)
    throw usageError('--senders names nobody', 'For example: --senders ann@example.org,bob@example.org')
  return names
}
