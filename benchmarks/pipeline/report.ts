import { armNames } from './arms.ts'
import type { Measured } from './measure.ts'

export interface Row extends Measured {
  readonly arm: string
  readonly connections: number
}

/** What the product aims at: its throughput beside that of a peer. */
const goals = [
  { ours: armNames.scored, theirs: armNames.postfixRspamd, atLeast: 2 },
  { ours: armNames.scored, theirs: armNames.harakaRspamd, atLeast: 1.5 },
  { ours: armNames.unscored, theirs: armNames.postfix, atLeast: 1 }
] as const

/** Prints a table for each number of connections, the rounds of an arm put together, and the ratios beside their goals. */
export function report(rows: readonly Row[]): void {
  for (const connections of new Set(rows.map((row) => row.connections))) {
    const here = rows.filter((row) => row.connections === connections)
    const joined = new Map([...new Set(here.map(({ arm }) => arm))].map((arm) => [arm, join(here, arm)]))
    console.log(`\n${connections} connections`)
    console.table(Object.fromEntries([...joined].map(([arm, whole]) => [arm, cells(whole)])))
    for (const goal of goals) tellRatio(joined.get(goal.ours), joined.get(goal.theirs), goal)
  }
}

function join(rows: readonly Row[], arm: string): Measured {
  const own = rows.filter((row) => row.arm === arm)
  const sum = (value: (row: Row) => number): number => own.reduce((total, row) => total + value(row), 0)
  return {
    messages: sum(({ messages }) => messages),
    seconds: sum(({ seconds }) => seconds),
    cpuMs: sum(({ cpuMs }) => cpuMs),
    rssMiB: Math.max(...own.map(({ rssMiB }) => rssMiB)),
    latenciesMs: own.flatMap(({ latenciesMs }) => latenciesMs)
  }
}

function cells(measured: Measured): Record<string, string | number> {
  const { messages, latenciesMs, cpuMs, rssMiB } = measured
  return {
    messages,
    'messages/s': Math.round(rate(measured)),
    'p50 ms': quantile(latenciesMs, 0.5),
    'p99 ms': quantile(latenciesMs, 0.99),
    probes: latenciesMs.length,
    'CPU s/1,000': (cpuMs / messages).toFixed(2),
    'RSS MiB': Math.round(rssMiB)
  }
}

function tellRatio(
  ours: Measured | undefined,
  theirs: Measured | undefined,
  goal: (typeof goals)[number]
): void {
  const name = `${goal.ours} to ${goal.theirs}`
  if (ours === undefined || theirs === undefined) {
    console.log(`ratio ${name}: not measured`)
    return
  }
  const ratio = rate(ours) / rate(theirs)
  const perCpu = theirs.cpuMs / theirs.messages / (ours.cpuMs / ours.messages)
  const met = ratio >= goal.atLeast ? 'met' : 'missed'
  console.log(
    `ratio ${name}: ${ratio.toFixed(2)} in messages/s, goal ${goal.atLeast} (${met}); ${perCpu.toFixed(2)} in messages per CPU second`
  )
}

function rate({ messages, seconds }: Measured): number {
  return messages / seconds
}

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(0) ?? '–'
}
