import type { Manifest } from '../../service/models/manifest.ts'
import { budgetTable } from '../budget-table.ts'
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
  const share = (slice: string, measure: string): string => percent(metrics[slice]?.[measure] ?? Number.NaN)
  const all = metrics['all'] ?? {}
  return `# Content model ${version}

Says how likely the text and shape of one message are spam, phishing or fraud, whoever sent it. Made ${createdAt} by

    ${command}

## Network
Hashed word and character n-grams (2^18 buckets): a linear weight each, beside an embedding bag that goes with the structure features
through a dense ReLU layer, each part trained by its own loss, their logits added. Adam on log-loss with token dropout; classes weigh the same, sources as the training code states.
Platt scaling on out-of-fold scores (slope ${calibration.slope.toFixed(3)}, intercept ${calibration.intercept.toFixed(3)}), then shifted to the prior ${calibration.prior}.

## How good
Out-of-fold scores: near-duplicates, threads and template families never cross folds. Thresholds are those that 0.1 % and 1 % of the honest
training mail exceed: of all of it, and of real people's alone (without \`synthetic\`, where whole template families are unknown to each fold).
\`phishing-pot\` (real phishing of 2022-2024, ${metrics['phishing-pot'] === undefined ? 'not at hand in this run' : 'scored by the final weights'}) was never trained or tuned on.

${sourceTable(metrics, examples)}

All sources: recall ${share('all', 'recallAt01Percent')} % at 0.1 % false positives, ${share('all', 'recallAt1Percent')} % at 1 %; 1 - AUC ${percent(all['oneMinusAuc'] ?? Number.NaN, 3)} %;
class-balanced calibration error ${(all['balancedCalibrationError'] ?? Number.NaN).toFixed(4)}, log-loss ${(all['balancedLogLoss'] ?? Number.NaN).toFixed(4)} (a constant: 0.693).

## Thresholds (probability of spam)
${budgetTable(thresholds)}

## Limits
- Most of the bad mail is from before 2006 or generated; most of the honest mail is English. Expect less on other mail than this table says.
- It reads words and shape only. It follows no link, opens no attachment and sees no picture.
- A bucket's meaning can be guessed with a dictionary; no text or address is stored in the weights.
`
}

const columns = [
  ['recall % at 0.1 %', 'recallAt01Percent'],
  ['at 1 %', 'recallAt1Percent'],
  ['recall % at 0.1 % of real', 'recallAt01PercentOfReal'],
  ['at 1 % of real', 'recallAt1PercentOfReal'],
  ['false % at 0.1 %', 'falseAt01Percent'],
  ['at 1 %', 'falseAt1Percent']
] as const

function sourceTable(metrics: Manifest['metrics'], examples: readonly ContentExample[]): string {
  const sources = [...new Set(examples.map(({ source }) => source)), 'phishing-pot'].filter(
    (source) => metrics[source] !== undefined
  )
  const rows = sources.map((source) => {
    const own = examples.filter((example) => example.source === source)
    const bad = own.filter(({ isBad }) => isBad).length
    const measures = columns.map(([, measure]) => percent(metrics[source]?.[measure] ?? Number.NaN))
    return [source, String(own.length - bad), String(bad), ...measures]
  })
  return textTable(['source', 'honest', 'bad', ...columns.map(([title]) => title)], rows)
}
