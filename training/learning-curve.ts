export interface Curve {
  readonly name: string
  readonly values: readonly number[]
}

const size = { width: 640, height: 320, margin: 48 }
const colours = ['#1f6feb', '#d1242f', '#1a7f37', '#9a6700'] as const

/** Curves over epochs as a small SVG, vertical axis logarithmic: what the run looked like, for the model card. */
export function drawCurves(title: string, curves: readonly Curve[]): string {
  const values = curves.flatMap(({ values: all }) => all).filter((value) => value > 0)
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))]
  const steps = Math.max(2, ...curves.map(({ values: all }) => all.length))
  const { width, height, margin } = size
  const x = (step: number): number => margin + (step / (steps - 1)) * (width - 2 * margin)
  const y = (value: number): number =>
    height - margin - ((Math.log10(value) - low) / (high - low || 1)) * (height - 2 * margin)
  const lines = curves.map(({ name, values: all }, index) => {
    const colour = colours[index % colours.length]
    const points = all.map((value, step) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
    const label = `<text x="${width - margin - 120}" y="${margin + 16 * index}" fill="${colour}">${escapeXml(name)}</text>`
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>${label}`
  })
  const axis = `<path d="M${margin} ${margin}V${height - margin}H${width - margin}" fill="none" stroke="#57606a"/>`
  const ticks = [10 ** high, 10 ** low]
    .map((value) => `<text x="4" y="${y(value).toFixed(1)}">${value.toPrecision(2)}</text>`)
    .join('')
  const caption = `<text x="${margin}" y="20" font-weight="bold">${escapeXml(title)}</text><text x="${width / 2}" y="${height - 12}">epoch (1 to ${steps})</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">${caption}${axis}${ticks}${lines.join('')}</svg>\n`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
