import { attackFamilies, knowledges } from '../../attack-cell.ts'
import type { CellRecall } from '../summarise-simulation.ts'

const size = { width: 760, height: 340, margin: 48 }
const colours = { M0: '#1f6feb', M1: '#9a6700', M2: '#d1242f' } as const

/** Families side by side as SVG, a bar for each that the thief may know, with its 95 % interval as a whisker. */
export function drawRecall(cells: readonly CellRecall[]): string {
  const { width, height, margin } = size
  const room = (width - 2 * margin) / attackFamilies.length
  const bar = room / (knowledges.length + 1)
  const y = (share: number): number => height - margin - share * (height - 2 * margin)
  const bars = cells.flatMap(({ family, knowledge, stopped: { share, interval, hits, messages } }) => {
    if (share === null) return []
    const x = margin + attackFamilies.indexOf(family) * room + (knowledges.indexOf(knowledge) + 0.5) * bar
    const middle = (x + 0.425 * bar).toFixed(1)
    const whisker = interval === null ? '' : `<path d="M${middle} ${y(interval.low).toFixed(1)}V${y(interval.high).toFixed(1)}" stroke="#24292f"/>`
    const title = `<title>${family} ${knowledge}: ${hits} of ${messages} stopped</title>`
    return [`<rect x="${x.toFixed(1)}" y="${y(share).toFixed(1)}" width="${(0.85 * bar).toFixed(1)}" height="${(y(0) - y(share)).toFixed(1)}" fill="${colours[knowledge]}">${title}</rect>${whisker}`]
  })
  const names = attackFamilies.map((family, index) => `<text x="${(margin + (index + 0.5) * room).toFixed(1)}" y="${height - margin + 18}" text-anchor="middle">${family}</text>`)
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => `<text x="${margin - 6}" y="${(y(share) + 4).toFixed(1)}" text-anchor="end">${100 * share} %</text><path d="M${margin} ${y(share).toFixed(1)}H${width - margin}" stroke="#d0d7de"/>`
  )
  const legend = knowledges.map((name, index) => `<text x="${width - margin - 40 * (knowledges.length - index)}" y="24" fill="${colours[name]}">${name}</text>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${margin}" y="24" font-size="14">First messages stopped, by family and by what the thief knows</text>
${[...ticks, ...bars, ...names, ...legend].join('\n')}
</svg>
`
} // prettier-ignore
