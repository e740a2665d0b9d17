import { parse, View } from 'vega'
import { compile, type Config, type TopLevelSpec } from 'vega-lite'

/** What Jupyter shows of a value: by media type. */
export interface Shown {
  readonly [display: symbol]: () => Readonly<Record<string, string>>
}

/** As Deno's kernel asks for it. */
const display = Symbol.for('Jupyter.display')

/** Told apart also by those who see no red or no green (Okabe and Ito 2008). */
export const colours = {
  blue: '#0072b2',
  orange: '#d55e00',
  green: '#009e73',
  yellow: '#e69f00',
  sky: '#56b4e9',
  purple: '#cc79a7',
  grey: '#999999',
  black: '#222222'
} as const

const config: Config = {
  background: '#ffffff',
  font: 'sans-serif',
  padding: 8,
  axis: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelLimit: 260,
    gridColor: '#eeeeee'
  },
  legend: { labelFontSize: 11, titleFontSize: 12, titleFontWeight: 'normal', labelLimit: 260 },
  header: { labelFontSize: 12, titleFontSize: 12 },
  title: { fontSize: 14, fontWeight: 'normal', anchor: 'start', offset: 12 },
  range: {
    category: [
      colours.blue,
      colours.orange,
      colours.green,
      colours.yellow,
      colours.purple,
      colours.sky,
      colours.grey
    ]
  },
  view: { stroke: '#dddddd' }
}

/** Draws a Vega-Lite picture as SVG: https://vega.github.io/vega-lite/docs/. The same rows give the same bytes. */
export async function picture(spec: TopLevelSpec): Promise<Shown> {
  const svg = await drawSvg(spec)
  return { [display]: () => ({ 'image/svg+xml': svg }) }
}

export async function drawSvg(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec, { config }).spec), { renderer: 'none' })
  try {
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}

export { display as jupyterDisplay }
