import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { generateHistory } from '../datasets/synthetic-mail/history.ts'
import { createPersonas } from '../datasets/synthetic-mail/persona.ts'
import { backtestSettings } from '../service/cli/backtest-settings.ts'
import { loadConfig } from '../service/config/load-config.ts'
import { readBacktestLine } from '../service/contracts/backtest-line.ts'
import { openTemporaryNetworks } from '../service/scoring/networks/temporary-networks.ts'
import { silentLogger } from '../service/telemetry/logger.ts'
import { attackFamilies, knowledges } from '../training/attacks/attack-cell.ts'
import { simulateHistory } from '../training/attacks/history/simulate-history.ts'
import { toJsonLines } from '../training/attacks/line-json.ts'
import { inventedBadTexts } from '../training/attacks/load-bad-texts.ts'
import { castHistories, simulateTakeovers, type History } from '../training/attacks/simulate-takeovers.ts'
import { runBacktest } from '../training/backtest/backtest.ts'
import { chooseModels } from '../training/backtest/choose-models.ts'
import { testModels } from '../training/backtest/history/tested-models.ts'
import type { LabelSummary } from '../training/backtest/summarise.ts'
import { percent, textTable } from '../training/text-table.ts'
import { liveThrough } from './simulation/lived-history.ts'

/**
 * Takeovers played on text (`sluice evaluate --simulate FILE`) and on what history keeps of the same mail (`--simulate --history`), side by
 * side: the same invented senders, victims, lenders, models and numbers of attacks. Recall at equal shares of honest mail held.
 */
const { values } = parseArgs({
  options: {
    senders: { type: 'string', default: '60' },
    messages: { type: 'string', default: '50' },
    attacks: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' }
  }
})
const count = Number(values.senders)
const messages = Number(values.messages)
const attacksPerSender = Number(values.attacks)
const seed = Number(values.seed)
const warmUp = 20

function inventHistories(): readonly History[] {
  return createPersonas({ seed: `two simulations ${seed}`, count }).map((persona) => {
    const days = Math.min(200, Math.ceil((1.8 * messages) / persona.messagesPerDay))
    const mail = generateHistory(persona, { from: Date.UTC(2026, 1, 2), days }).slice(0, messages)
    return mail.flatMap(({ id, sender, receivedAt, client, envelope, raw }) => {
      const line = { id, sender, client, ts: receivedAt / 1000, rcpt: envelope.rcptTo, raw: Buffer.from(raw).toString('latin1') } // prettier-ignore
      const outcome = readBacktestLine(JSON.stringify(line))
      return outcome.kind === 'line' ? [outcome.line] : []
    })
  })
}

const dataDir = await mkdtemp(join(tmpdir(), 'sluice-simulation-'))
const { config } = loadConfig({})
const networks = await openTemporaryNetworks(dataDir)
const models = await chooseModels({ directory: null, backend: config.models.backend, log: silentLogger })
try {
  const cast = castHistories(inventHistories(), seed)
  const texts = () => inventedBadTexts(seed)

  const onText = await runBacktest({
    ...backtestSettings({}, config, networks),
    models: models.scoring,
    background: models.background,
    bytes: toJsonLines(simulateTakeovers(cast, { seed, texts: texts(), attacksPerSender, warmUp })),
    seed,
    onFault: ({ detail }) => process.stderr.write(`${detail}\n`),
    write: () => Promise.resolve()
  })

  const judging = { models: models.scoring, background: models.background }
  const { workers, budgetWindow: _, ...setting } = backtestSettings({}, config, networks)
  const lived = await liveThrough([...cast.victims, ...cast.donors], judging, { ...setting, observer: workers })
  await workers.close()
  const tested = await testModels(judging, { ...config.policy, mode: 'enforce' }, null)
  const names = cast.victims.flatMap((history) => (history[0] === undefined ? [] : [lived.keyOf(history[0].sender)]))
  const onHistory = await simulateHistory({
    reader: lived.reader,
    span: { senders: names },
    tested,
    texts: texts(),
    now: Date.UTC(2027, 0, 1),
    seed,
    victims: names.length,
    attacksPerSender,
    warmUp
  })

  process.stdout.write(`${names.length} senders attacked, ${cast.donors.length} lend; ${onText.falseHolds.stopped.messages} and ${onHistory.summary.falseHolds.stopped.messages} honest messages; thresholds ${JSON.stringify([onText, onHistory.summary].map(({ optimistic }) => optimistic.map(({ threshold }) => threshold)))}\n`)
  const rows = attackFamilies.map((family) => {
    const [text, history] = [onText.labels, onHistory.summary.labels].map((labels) => {
      const own = labels.filter(({ label }) => knowledges.some((knowledge) => label === `${family}/${knowledge}`))
      return [0, 1].map((budget) => weighed(own, budget))
    })
    const differ = [0, 1].map((budget) => (100 * ((history?.[budget] ?? 0) - (text?.[budget] ?? 0))).toFixed(1))
    return [family, ...(text ?? []).map((share) => percent(share)), ...(history ?? []).map((share) => percent(share)), ...differ]
  })
  process.stdout.write(`${textTable(['family', 'text 0.1 %', 'text 1 %', 'history 0.1 %', 'history 1 %', 'difference 0.1 %', 'difference 1 %'], rows)}\n`)
  const m2 = attackFamilies.map((family) => {
    const of = (labels: readonly LabelSummary[]) => labels.filter(({ label }) => label === `${family}/M2`)
    return [family, ...[onText.labels, onHistory.summary.labels].flatMap((labels) => [0, 1].map((budget) => percent(weighed(of(labels), budget))))]
  })
  process.stdout.write(`M2 alone\n${textTable(['family', 'text 0.1 %', 'text 1 %', 'history 0.1 %', 'history 1 %'], m2)}\n`)
} finally {
  await networks.close()
  models.close()
  await rm(dataDir, { recursive: true, force: true })
} // prettier-ignore

function weighed(labels: readonly LabelSummary[], budget: number): number {
  const all = labels.reduce((sum, { stopped }) => sum + stopped.messages, 0)
  return labels.reduce((sum, { stopped, above }) => sum + stopped.messages * (above[budget] ?? 0), 0) / all
}
