import type { Manifest } from '../../service/models/manifest.ts'
import { budgetTable } from '../budget-table.ts'
import { percent, textTable } from '../text-table.ts'
import { forestOptions } from './fit-forest.ts'
import { takeoverDefaults } from './fit-takeover.ts'
import { attackFamilies, knowledges } from './corpus/sender-history.ts'

export interface CardFacts extends Pick<
  Manifest,
  'version' | 'createdAt' | 'command' | 'metrics' | 'calibration' | 'thresholds' | 'data'
> {
  /** Version of the content model that risk was fused with; null: without one. */
  readonly contentVersion: string | null
  readonly senders: number
  readonly rows: number
}

/** MODEL_CARD.md of a takeover model. Every number is of this run. */
export function takeoverCard(facts: CardFacts): string {
  const { version, createdAt, command, senders } = facts
  return `# Takeover model ${version}

Says how likely it is that a message was not sent by the person whose account it uses, by comparing it with that sender's habits. It reads
${senders} senders' habits through the service's own features, and what the content model says of the text and its passages. Made ${createdAt} by

    ${command}

${howItLearned(facts)}
${howGood(facts)}
${thresholdsAndData(facts)}
## To see for yourself
\`node training/takeover/evaluate-takeover.ts --data DIR\` repeats these tables with intervals over senders, and per source; trains without each source and tests on
it; and scores the senders kept out of everything with this very model at these very thresholds, attacked with real phishing that it never learned from.

## Limits
- Thresholds do not transfer between kinds of senders: on a kind of mail that it never saw the model holds several times its budget. Keep the budget by the
  installation's own traffic.
- A thief in a stolen web session (M2) who answers in a real thread, or adds one line to a real message, is the hard case: see A4, A4L and A6 at M2.
- The real histories are public, technical and English, business mail is of 2000-2002 without network addresses, the rest is generated.
- A sender's first messages have nothing to be compared with; the model stays quiet there, and the content model has to speak.
`
}

function howItLearned({ calibration, rows }: CardFacts): string {
  return `## How it learned
Each training sender's mail was walked in order: features against the profile so far, then the message was learned (${rows} rows). Honest messages are the
negatives. Positives are takeovers, simulated by putting other mail under this sender's name: other senders' harmless mail (A6; the most similar writer's: A6H; to
this sender's contacts: A6K), bad mail to strangers (A1), to many contacts (A2), to one contact (A3), fraud without a link (A5), answers in real threads (A4) and the
sender's own next message with one bad line (A4L). M0: the thief's own client, zone and network; M1: client, zone and structure copied; M2: network, greeting and moment
copied too, from the sender's next honest message. The background of habits leaves out the victim and the impostor of each row.

What the content model says of mail came from models that had not learned from its campaign, thread or sender (cross-fitted halves).

Two networks of different seeds (features → ${takeoverDefaults.firstUnits} → ${takeoverDefaults.secondUnits} → 1, ReLU; Adam with weight decay and input dropout), and ${forestOptions.trees} boosted trees
of depth ${forestOptions.depth} on the same rows; the mean of both; Platt scaling of out-of-fold scores (slope
${calibration.slope.toFixed(3)}, intercept ${calibration.intercept.toFixed(3)}), then shifted to the prior ${calibration.prior}.
`
}

function howGood({ metrics, contentVersion }: CardFacts): string {
  const all = metrics['all'] ?? {}
  return `## How good
Out of fold by sender: neither the sender, nor the impostor, nor the campaign was seen by the model that scored it; thresholds come from the other folds. Senders whose
address hashes to 0 modulo 5 were kept out of everything and are no part of these numbers. Risk: takeover fused with the content model${
    contentVersion === null ? ' (there was none)' : `, cross-fitted here; the service runs ${contentVersion}`
  }.

${recallTable(metrics)}

Honest messages held per 10,000:

${falseTable(metrics)}

Takeover alone: 1 - AUC ${percent(all['oneMinusAuc'] ?? Number.NaN, 2)} %; class-balanced calibration error ${(all['balancedCalibrationError'] ?? Number.NaN).toFixed(4)},
log-loss ${(all['balancedLogLoss'] ?? Number.NaN).toFixed(4)} (a constant: 0.693).
`
}

function thresholdsAndData({ thresholds, data }: CardFacts): string {
  return `## Thresholds (probability of risk; block: of the content model alone)
${budgetTable(thresholds)}

## Data
${textTable(
  ['source', 'use', 'honest', 'bad', 'licence'],
  data.map(({ source, use, honest, bad, licence }) => [source, use, String(honest), String(bad), licence])
)}
`
}

function recallTable(metrics: Manifest['metrics']): string {
  const rows = attackFamilies.flatMap((family) =>
    knowledges.flatMap((knowledge) => {
      const own = metrics[`${family}/${knowledge}`]
      if (own === undefined) return []
      const shares = [
        'takeoverRecallAt01Percent',
        'takeoverRecallAt1Percent',
        'recallAt01Percent',
        'recallAt1Percent'
      ]
      return [
        [
          `${family} ${knowledge}`,
          String(own['messages'] ?? 0),
          ...shares.map((name) => percent(own[name] ?? Number.NaN))
        ]
      ]
    })
  )
  return textTable(
    ['attack', 'messages', 'takeover: recall % at 0.1 % held', 'at 1 %', 'risk: at 0.1 %', 'at 1 %'],
    rows
  )
}

function falseTable(metrics: Manifest['metrics']): string {
  const rows = Object.entries(metrics).flatMap(([slice, own]) => {
    if (!slice.startsWith('honest/')) return []
    const counts = [
      'takeoverFalsePer10kAt01Percent',
      'takeoverFalsePer10kAt1Percent',
      'falsePer10kAt01Percent',
      'falsePer10kAt1Percent'
    ]
    return [
      [
        slice.slice(7),
        String(own['messages'] ?? 0),
        ...counts.map((name) => (own[name] ?? Number.NaN).toFixed(1))
      ]
    ]
  })
  return textTable(
    ['honest mail of', 'messages', 'takeover: budget 10', 'budget 100', 'risk: budget 10', 'budget 100'],
    rows
  )
}
