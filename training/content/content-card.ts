import type { Manifest } from '../../service/models/manifest.ts'
import { percent, textTable } from '../text-table.ts'
import type { ContentExample } from './content-example.ts'

type CardFacts = Pick<
  Manifest,
  'version' | 'createdAt' | 'command' | 'metrics' | 'calibration' | 'thresholds'
> & {
  readonly examples: readonly ContentExample[]
}

/** MODEL_CARD.md of a content model: what a mail engineer must know before trusting it. Every number is of this run. */
export function contentCard({
  version,
  createdAt,
  command,
  metrics,
  calibration,
  thresholds,
  examples
}: CardFacts): string {
  const sources = [...new Set(examples.map(({ source }) => source))]
  const share = (slice: string, measure: string): string => percent(metrics[slice]?.[measure] ?? Number.NaN)
  const rows = [...sources, 'phishing-pot'].map((source) => {
    const own = examples.filter((example) => example.source === source)
    const bad = own.filter(({ isBad }) => isBad).length
    const columns = ['recallAt01Percent', 'recallAt1Percent', 'falseAt01Percent', 'falseAt1Percent'] as const
    return [
      source,
      String(own.length - bad),
      String(bad),
      ...columns.map((measure) => share(source, measure))
    ]
  })
  const all = metrics['all'] ?? {}
  return `# Content model ${version}

Says how likely the text and shape of one message are spam, phishing or fraud, whoever sent it. Made ${createdAt} by

    ${command}

## Network
Hashed word and character n-grams (2^18 buckets): a linear weight each, beside an embedding bag that goes with the structure features
through a dense ReLU layer. Trained by Adam on log-loss with token dropout; classes weigh the same, sources as the training code states.
Platt scaling on out-of-fold scores (slope ${calibration.slope.toFixed(3)}, intercept ${calibration.intercept.toFixed(3)}), then shifted to the prior ${calibration.prior}.

## How good
Out-of-fold scores: near-duplicates, threads and template families never cross folds. Thresholds are those that 0.1 % and 1 % of all honest
training mail exceed. \`phishing-pot\` (real phishing of 2022-2024) was never trained or tuned on.

${textTable(['source', 'honest', 'bad', 'recall % at 0.1 %', 'recall % at 1 %', 'false % at 0.1 %', 'false % at 1 %'], rows)}

All sources: recall ${share('all', 'recallAt01Percent')} % at 0.1 % false positives, ${share('all', 'recallAt1Percent')} % at 1 %; 1 - AUC ${percent(all['oneMinusAuc'] ?? Number.NaN, 3)} %;
class-balanced calibration error ${(all['balancedCalibrationError'] ?? Number.NaN).toFixed(4)}, log-loss ${(all['balancedLogLoss'] ?? Number.NaN).toFixed(4)} (a constant: 0.693).

## Thresholds (probability of spam)
${textTable(
  ['budget per 10,000', 'hold', 'block'],
  thresholds.map(({ budgetPer10k, hold, block }) => [
    String(budgetPer10k),
    hold.toPrecision(3),
    block.toPrecision(3)
  ])
)}

## Limits
- Most of the bad mail is from before 2006 or generated; most of the honest mail is English. Expect less on other mail than this table says.
- It reads words and shape only. It follows no link, opens no attachment and sees no picture.
- A buckets' meaning can be guessed with a dictionary; no text or address is stored in the weights.
`
}
