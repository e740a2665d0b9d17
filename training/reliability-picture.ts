import { probabilityOf } from '../service/verdict/fuse-risk.ts'
import { classWeights } from './measure/calibration-error.ts'
import type { Scored } from './measure/ranking.ts'

const size = 360
const margin = 44
const bins = 15

/**
 * Reliability diagram (DeGroot and Fienberg 1983) as SVG: of the messages said to be bad with some probability, how many are. Classes weigh
 * the same; bins of equal weight.
 */
export function drawReliability(title: string, scored: readonly Scored[]): string {
  const place = (share: number): number => margin + share * size
  const points = binned(scored).map(({ predicted, observed }) => {
    const [x, y] = [place(predicted), place(1 - observed)]
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="5" fill="#1b6ca8"><title>said ${(100 * predicted).toFixed(1)} %, was ${(100 * observed).toFixed(1)} %</title></circle>`
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${place(share)}" y="${place(1) + 18}" text-anchor="middle">${share}</text>` +
      `<text x="${margin - 8}" y="${place(1 - share) + 4}" text-anchor="end">${share}</text>`
  )
  const whole = size + 2 * margin
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" font-family="sans-serif" font-size="12">
<rect width="${whole}" height="${whole}" fill="#fff"/>
<text x="${whole / 2}" y="24" text-anchor="middle" font-size="14">${title}</text>
<rect x="${margin}" y="${margin}" width="${size}" height="${size}" fill="none" stroke="#999"/>
<line x1="${place(0)}" y1="${place(1)}" x2="${place(1)}" y2="${place(0)}" stroke="#bbb" stroke-dasharray="4 4"/>
${[...ticks, ...points].join('\n')}
<text x="${whole / 2}" y="${whole - 8}" text-anchor="middle">said (classes even)</text>
<text x="12" y="${whole / 2}" text-anchor="middle" transform="rotate(-90 12 ${whole / 2})">was bad</text>
</svg>
`
}

function binned(scored: readonly Scored[]): readonly { predicted: number; observed: number }[] {
  const weights = classWeights(scored)
  const points: { predicted: number; observed: number }[] = []
  let bin = { weight: 0, bad: 0, predicted: 0 }
  for (const { score, isBad } of scored.toSorted((a, b) => a.score - b.score)) {
    const weight = isBad ? weights.bad : weights.honest
    bin.weight += weight
    bin.bad += isBad ? weight : 0
    bin.predicted += weight * probabilityOf(score)
    if (bin.weight < 1 / bins) continue
    points.push({ predicted: bin.predicted / bin.weight, observed: bin.bad / bin.weight })
    bin = { weight: 0, bad: 0, predicted: 0 }
  }
  return points
}
