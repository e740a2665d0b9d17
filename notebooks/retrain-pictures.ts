import { readFile } from 'node:fs/promises'
import type { TopLevelSpec } from 'vega-lite'
import type { compareWithUsed } from '../training/exploring/retrain.ts'
import { colours, jupyterDisplay, type Shown } from './picture.ts'

type GateReport = Awaited<ReturnType<typeof compareWithUsed>>

/** Slice by slice: shares held by both versions at the same share of honest mail held, and the difference with its 95 %. */
export function drawGate(report: GateReport): TopLevelSpec {
  const attacks = report.slices.filter(({ kind }) => kind === 'bad')
  const y = { field: 'slice', type: 'nominal' as const, sort: attacks.map(({ slice }) => slice), title: null }
  return {
    title: 'Attacks stopped, and what the candidate changes',
    hconcat: [
      shares(report, attacks, y),
      differences(attacks, { ...y, axis: { labels: false, ticks: false } })
    ],
    resolve: { scale: { color: 'independent' } }
  }
}

type Slices = GateReport['slices']
interface SliceAxis {
  readonly field: string
  readonly type: 'nominal'
  readonly sort: string[]
  readonly title: null
  readonly axis?: { labels: boolean; ticks: boolean }
}

function shares({ version, against }: GateReport, slices: Slices, y: SliceAxis) {
  const [before, after] = [`in use: ${against}`, `candidate: ${version}`]
  const values = slices.flatMap(({ slice, active, candidate }) => [
    { slice, version: before, share: active },
    { slice, version: after, share: candidate }
  ])
  return {
    width: 280,
    height: { step: 16 },
    data: { values },
    mark: { type: 'point' as const, filled: true, size: 60, opacity: 0.9 },
    encoding: {
      y,
      x: {
        field: 'share',
        type: 'quantitative' as const,
        axis: { format: '.0%' },
        title: 'stopped',
        scale: { domain: [0, 1] }
      },
      color: {
        field: 'version',
        type: 'nominal' as const,
        title: null,
        legend: { orient: 'bottom' as const },
        scale: { domain: [before, after], range: [colours.grey, colours.blue] }
      }
    }
  }
}

function differences(slices: Slices, y: SliceAxis) {
  const quantitative = 'quantitative' as const
  const values = slices.map(({ slice, difference, low, high, isWorse }) => ({
    slice,
    difference,
    low,
    high,
    verdict: isWorse ? 'worse for certain' : 'not for certain'
  }))
  const x = {
    field: 'difference',
    type: quantitative,
    axis: { format: '+.0%' },
    title: 'candidate less in use, with 95 %'
  }
  const range = { x: { field: 'low', type: quantitative }, x2: { field: 'high' }, color: verdictColour }
  return {
    width: 240,
    height: { step: 16 },
    data: { values },
    encoding: { y },
    layer: [
      {
        data: { values: [{ none: 0 }] },
        mark: { type: 'rule' as const, color: colours.grey },
        encoding: { x: { field: 'none', type: quantitative }, y: {} }
      },
      { mark: { type: 'rule' as const }, encoding: range },
      { mark: { type: 'point' as const, filled: true, size: 50 }, encoding: { x, color: verdictColour } }
    ]
  }
}

const verdictColour = {
  field: 'verdict',
  type: 'nominal' as const,
  title: null,
  legend: { orient: 'bottom' as const },
  scale: { domain: ['worse for certain', 'not for certain'], range: [colours.orange, colours.blue] }
}

/** A picture that a training run has written. */
export async function writtenPicture(file: string): Promise<Shown> {
  const svg = await readFile(file, 'utf8')
  return { [jupyterDisplay]: () => ({ 'image/svg+xml': svg }) }
}
