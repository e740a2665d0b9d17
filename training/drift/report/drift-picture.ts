import type { DriftColumn, ModelDrift } from '../../../service/contracts/drift.ts'
import { cutOffs } from '../stability/stability.ts'

const row = 13
const label = 236
const margin = 12
/** For the last date, which leans out. */
const right = 36
const head = 88
/** Narrower weeks where there are many. */
const widths = { most: 34, least: 12, whole: 760 } as const

type Cell = DriftColumn['cells'][number]

/** Light to dark as it drifts; readable without telling red from green, and in print. */
const colours: Record<Cell['state'], string> = {
  reference: '#cfe0f3',
  few: '#d9d9d9',
  stable: '#ffffff',
  watch: '#f6c453',
  drifted: '#b3261e'
}

const meanings: Record<Cell['state'], string> = {
  reference: 'reference',
  few: 'too few messages',
  stable: 'stable, or by chance',
  watch: 'watch: 0.1 and more',
  drifted: 'drifted: 0.25 and more'
}

/** Columns by weeks as SVG: how far each has moved from the reference. What lies under the pointer says its figures. */
export function drawDrift({ name, version, columns, weeks }: ModelDrift): string {
  const width = Math.max(widths.least, Math.min(widths.most, widths.whole / Math.max(1, weeks.length)))
  const whole = {
    width: label + width * weeks.length + right,
    height: head + row * columns.length + margin
  }
  const x = (week: string): number => label + width * weeks.findIndex((one) => one.week === week)
  const title = `${name} ${version ?? ''}: population stability by week`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.max(whole.width, 720)} ${whole.height}" font-family="sans-serif" font-size="10">
<rect width="100%" height="100%" fill="#fff"/>
<text x="${margin}" y="18" font-size="14" font-weight="bold">${escapeXml(title)}</text>
${legend()}
${weeks.map((week, index) => drawWeek(week, x(week.week), width, index, weeks.length)).join('\n')}
${columns.map((column, index) => drawColumn(column, head + row * index, width, x)).join('\n')}
</svg>
`
}

const states = ['reference', 'few', 'stable', 'watch', 'drifted'] as const

function legend(): string {
  return states
    .map((state, index) => {
      const left = margin + 136 * index
      return `<rect x="${left}" y="28" width="10" height="10" fill="${colours[state]}" stroke="#888"/><text x="${left + 14}" y="37">${meanings[state]}</text>`
    })
    .join('')
}

/** Dates stand upright, and some are left out where there is no room for all. */
function drawWeek(
  { week, isWhole }: ModelDrift['weeks'][number],
  left: number,
  width: number,
  index: number,
  weeks: number
): string {
  const every = Math.ceil(12 / width)
  if ((weeks - 1 - index) % every !== 0) return ''
  const middle = left + width / 2 + 3
  return `<text x="${middle}" y="${head - 4}" transform="rotate(-60 ${middle} ${head - 4})">${week.slice('yyyy-'.length)}${isWhole ? '' : ' …'}</text>`
}

function drawColumn(
  { name, cells, isAlarming }: DriftColumn,
  top: number,
  width: number,
  x: (week: string) => number
): string {
  const drawn = cells.map((cell) => {
    const place = `x="${x(cell.week)}" y="${top}" width="${width}" height="${row}"`
    return `<rect ${place} fill="${colourOf(cell)}" stroke="#e3e3e3" stroke-width="0.5"><title>${escapeXml(titleOf(name, cell))}</title></rect>`
  })
  const style = isAlarming ? '' : ' fill="#888" font-style="italic"'
  return `<text x="${label - 6}" y="${top + row - 3}" text-anchor="end"${style}>${escapeXml(name)}</text>${drawn.join('')}`
}

/** What is stable may be on its way: the closer to 0.1, or above it by chance, the less white. */
function colourOf({ state, psi }: Cell): string {
  if (state !== 'stable') return colours[state]
  const share = Math.min(1, (psi ?? 0) / cutOffs.watch)
  return `rgb(255,${Math.round(255 - 10 * share)},${Math.round(255 - 50 * share)})`
}

function titleOf(name: string, { week, psi, byChance, state }: Cell): string {
  const figures = psi === null ? '' : ` ${psi.toFixed(3)}, by chance up to ${(byChance ?? 0).toFixed(3)}`
  return `${name}, week of ${week}:${figures} (${meanings[state]})`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
