import type { TopLevelSpec } from 'vega-lite'
import type { ToldHabits, ToldMessage, ToldReason } from '../training/exploring/sender-story.ts'
import { colours } from './picture.ts'

const decisions = { domain: ['allow', 'hold', 'block'], range: [colours.sky, colours.yellow, colours.orange] }
const time = { field: 'at', type: 'temporal' as const, title: null, axis: { format: '%d %b' } }

/** Every message of one sender: when, in what network, and how risky it looked. */
export function drawStory(messages: readonly ToldMessage[]): TopLevelSpec {
  const color = { field: 'judged', type: 'nominal' as const, scale: decisions, title: 'judged' }
  const threshold = { y: { field: 'threshold', type: 'quantitative' as const } }
  const risk = {
    field: 'risk',
    type: 'quantitative' as const,
    scale: { type: 'log' as const },
    axis: { format: '~g', tickCount: 7 },
    title: 'risk (log)'
  }
  return {
    title: 'One sender, message by message',
    data: { values: [...messages] },
    vconcat: [
      {
        width: 620,
        height: 150,
        mark: { type: 'point', filled: true, size: 36, opacity: 0.8 },
        encoding: {
          x: time,
          y: {
            field: 'hour',
            type: 'quantitative',
            scale: { domain: [0, 24] },
            axis: { values: [0, 6, 12, 18, 24] },
            title: 'local hour'
          },
          color
        }
      },
      {
        width: 620,
        height: 170,
        encoding: { x: time },
        layer: [
          {
            mark: { type: 'line', interpolate: 'step-after', color: colours.black, strokeDash: [4, 3] },
            encoding: {
              y: { ...risk, ...threshold.y, scale: risk.scale, axis: risk.axis, title: risk.title }
            }
          },
          { mark: { type: 'point', filled: true, size: 36, opacity: 0.8 }, encoding: { y: risk, color } }
        ]
      },
      {
        width: 620,
        height: { step: 18 },
        mark: { type: 'tick', thickness: 2, size: 12 },
        encoding: { x: time, y: { field: 'network', type: 'nominal', title: null }, color }
      }
    ]
  }
}

/** The hours that are usual for a sender, and that of one message. */
export function drawHours({ hours }: ToldHabits, hour: number): TopLevelSpec {
  const values = hours.map((weight, index) => ({
    hour: index,
    weight,
    is: index === hour ? 'this message' : 'habit'
  }))
  return {
    title: 'Usual hours before it',
    width: 480,
    height: 120,
    layer: [
      {
        data: { values },
        mark: { type: 'bar', color: colours.sky },
        encoding: {
          x: { field: 'hour', type: 'ordinal', axis: { labelAngle: 0 }, title: 'local hour' },
          y: { field: 'weight', type: 'quantitative', title: 'messages (decayed)' }
        }
      },
      {
        data: { values: values.filter((one) => one.is === 'this message') },
        mark: { type: 'rule', color: colours.orange, size: 2 },
        encoding: { x: { field: 'hour', type: 'ordinal' } }
      }
    ]
  }
}

/** What each reason adds to the log-odds of risk, or takes from it. */
export function drawReasons(reasons: readonly ToldReason[]): TopLevelSpec {
  const told = reasons.filter(({ contribution }) => contribution !== 0)
  return {
    title: 'Why it was judged so',
    width: 480,
    height: { step: 20 },
    data: {
      values: told.map((one) => ({
        ...one,
        says: one.contribution > 0 ? 'speaks against it' : 'speaks for it'
      }))
    },
    mark: 'bar',
    encoding: {
      y: { field: 'reason', type: 'nominal', sort: told.map(({ reason }) => reason), title: null },
      x: { field: 'contribution', type: 'quantitative', title: 'log-odds' },
      color: {
        field: 'says',
        type: 'nominal',
        title: null,
        scale: { domain: ['speaks against it', 'speaks for it'], range: [colours.orange, colours.blue] }
      }
    }
  }
}
