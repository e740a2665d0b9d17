/** `node training/campaigns/measure-campaigns.ts --data DIR`: the figures of docs/decisions/0009-campaign-evidence.md. */
import { parseArgs } from 'node:util'
import { loadHistories } from '../../datasets/histories/load-histories.ts'
import type { SentMail } from '../../datasets/labelled-mail.ts'
import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import { toLabelled } from '../../datasets/synthetic-mail/labelled.ts'
import { createPersonas } from '../../datasets/synthetic-mail/persona.ts'
import { fingerprintOf } from '../../service/senders/campaigns/body-fingerprint.ts'
import type { CampaignEvidence } from '../../service/senders/campaigns/campaign-memory.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { poissonInterval } from '../measure/intervals.ts'
import { observeMail } from '../observe-mail.ts'
import { percent, textTable } from '../text-table.ts'
import { honestEvidence, type HonestMail } from './honest-levels.ts'
import { simulateCampaign } from './simulate-campaigns.ts'

const most = 4_000
const minute = 60_000
/** Log-odds from the mean of honest mail (-6.3) to the hold threshold of the bundled model (0.045). */
const needed = 3.25

const { values } = parseArgs({ options: { data: { type: 'string' } } })
const { mail } = values.data === undefined ? { mail: [] } : await loadHistories(values.data)

print('Honest mail: how often each level is reached, per 10,000 (95 % Poisson)')
print(honestTable(await observeAll(mail), await observeAll(invented())))
print('Simulated campaigns: the message at which the evidence alone holds, median (90 % of campaigns)')
print(await campaignTable())

function invented(): readonly SentMail[] {
  return createPersonas({ seed: 'campaign', count: 120 }).flatMap((persona) =>
    generateHistory(persona, { from: Date.UTC(2026, 1, 2), days: 30 })
      .slice(0, 33)
      .map(({ raw, envelope, ...one }) => ({
        ...one,
        raw: Buffer.from(raw).toString('latin1'),
        recipients: envelope.rcptTo
      }))
  )
}

/** The latest of them, in order of time. */
async function observeAll(all: readonly SentMail[]): Promise<readonly HonestMail[]> {
  const observed: HonestMail[] = []
  for (const one of all.toSorted((a, b) => a.receivedAt - b.receivedAt).slice(-most)) {
    const observation = await observeMail(one.raw, one)
    if (observation !== null) observed.push({ sender: one.sender, observation })
  }
  return observed
}

function honestTable(real: readonly HonestMail[], made: readonly HonestMail[]): string {
  const runs = [
    honestEvidence(real, 1),
    honestEvidence(real, 30),
    honestEvidence(made, 1),
    honestEvidence(made, 10)
  ]
  const levels: readonly (readonly [string, (one: CampaignEvidence) => boolean])[] = [
    ['same body, anyone', ({ sameBodySenders }) => sameBodySenders > 0],
    ['same body, weight ≥ 0.5', ({ sameBodyWeight }) => sameBodyWeight >= 0.5],
    ['same body, weight ≥ 1', ({ sameBodyWeight }) => sameBodyWeight >= 1],
    ['link domain, weight ≥ 0.5', ({ linkDomainWeight }) => linkDomainWeight >= 0.5],
    ['link domain, weight ≥ 1', ({ linkDomainWeight }) => linkDomainWeight >= 1],
    ['link domain, weight ≥ 2', ({ linkDomainWeight }) => linkDomainWeight >= 2],
    ['link domain, weight ≥ 4', ({ linkDomainWeight }) => linkDomainWeight >= 4]
  ]
  const heads = ['histories', 'histories, 30 × as fast', 'generated', 'generated, 10 × as fast']
  return textTable(
    ['level', ...heads.map((head, place) => `${head} (${runs[place]?.length ?? 0})`)],
    levels.map(([name, reached]) => [
      name,
      ...runs.map((run) => rate(run.filter(reached).length, run.length))
    ])
  )
}

function rate(count: number, all: number): string {
  const { low, high } = poissonInterval(count)
  const per = (events: number): string => ((1e4 * events) / all).toFixed(1)
  return all === 0 ? '' : `${per(count)} (${per(low)}-${per(high)})`
}

async function campaignTable(): Promise<string> {
  const bodies: HonestMail['observation'][] = []
  for (const { raw } of toLabelled({ seed: 'campaigns', count: 300, spamShare: 1 })) {
    const body = await observeMail(Buffer.from(raw).toString('latin1'))
    if (body !== null && fingerprintOf(body) !== null) bodies.push(body)
  }
  const random = createRandom(1)
  const carried = ['text and link', 'text', 'link'] as const
  const rows = [0, 0.05, 0.1, 0.15, 0.2, 0.3].map((variation) => [
    `${percent(variation, 0)} %`,
    ...carried.map((carries) => {
      const found = bodies.map((body) => {
        const ratios = simulateCampaign({ body, variation, carries, gapMs: 10 * minute, random })
        const place = ratios.findIndex((ratio) => ratio >= needed)
        return place < 0 ? Infinity : place + 1
      })
      found.sort((a, b) => a - b)
      const at = (share: number): string =>
        String(found[Math.floor(share * found.length)] ?? '').replace('Infinity', 'never')
      return `${at(0.5)} (${at(0.9)})`
    })
  ])
  return textTable([`words replaced in each (${bodies.length} campaigns)`, ...carried], rows)
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`)
}
