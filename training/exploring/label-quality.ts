import type { DriftReader } from '../../service/history/reader/drift-reader.ts'
import type { EvidenceReader, StoredEvidence } from '../../service/history/reader/evidence-reader.ts'
import { probabilityOf } from '../../service/verdict/fuse-risk.ts'
import { labelFor, labelOf, type TrainingLabel } from '../history/labels.ts'

export interface LabelQuality {
  /** What labels rest on, the most frequent first. */
  readonly bases: readonly LabelBasis[]
  /** Of messages that two kinds of witnesses spoke of. */
  readonly agreement: readonly Agreement[]
  /** Labels against which the models speak most clearly: worth a second look, by a person. */
  readonly doubtful: readonly DoubtfulLabel[]
  readonly undecided: number
}

export interface LabelBasis {
  readonly basis: string
  readonly isBad: boolean
  readonly messages: number
  readonly contested: number
  readonly meanWeight: number
  /** Of the probability that the models gave, in log-odds; half of the messages lie below. */
  readonly medianRiskLogit: number
}

export interface Agreement {
  readonly one: string
  readonly other: string
  readonly same: number
  readonly opposite: number
}

export interface DoubtfulLabel {
  readonly submissionId: string
  readonly basis: string
  readonly isBad: boolean
  readonly weight: number
  /** What the models said: probability. */
  readonly risk: number
  /** Log-loss of the label by the models’ word, in nats. */
  readonly surprise: number
}

export interface LabelQualityOptions {
  readonly reader: DriftReader & EvidenceReader
  /** Of the doubtful ones. */
  readonly most?: number
}

/** How far the labels of a history can be trusted. Goes through it once; holds the evidence, and a few numbers a message. */
export async function measureLabels({ reader, most = 15 }: LabelQualityOptions): Promise<LabelQuality> {
  const spoken = await readEvidence(reader)
  const labels = new Map(
    Array.from(spoken, ([id, evidence]) => [id, labelOf(evidence)] as const).filter(
      (one): one is readonly [string, TrainingLabel] => one[1] !== null
    )
  )
  const bases = new Map<string, Tally>()
  const doubtful: DoubtfulLabel[] = []
  let undecided = 0
  for await (const { submission_id: submissionId, judged, risk_logit: logit } of reader.judged()) {
    const label = labelFor({ submission_id: submissionId, judged }, labels)
    if (label === null) undecided += 1
    else {
      count(bases, label, logit)
      const doubt =
        logit === null || label.basis === 'unlabelled' ? null : doubtOf(submissionId, label, logit)
      if (doubt !== null) doubtful.push(doubt)
    }
  }
  return {
    bases: [...bases.values()].map(toBasis).toSorted((a, b) => b.messages - a.messages),
    agreement: agreementIn(spoken.values()),
    doubtful: doubtful.toSorted((a, b) => b.surprise * b.weight - a.surprise * a.weight).slice(0, most),
    undecided
  }
}

type Spoken = ReadonlyMap<string, readonly StoredEvidence[]>

async function readEvidence(reader: EvidenceReader): Promise<Spoken> {
  const spoken = new Map<string, StoredEvidence[]>()
  for await (const one of reader.evidence()) {
    const own = spoken.get(one.submission_id)
    if (own === undefined) spoken.set(one.submission_id, [one])
    else own.push(one)
  }
  return spoken
}

interface Tally {
  readonly basis: string
  readonly isBad: boolean
  messages: number
  contested: number
  weight: number
  readonly logits: number[]
}

function count(
  bases: Map<string, Tally>,
  { basis, isBad, isContested, weight }: TrainingLabel,
  logit: number | null
): void {
  const name = `${basis} ${isBad}`
  const own = bases.get(name) ?? { basis, isBad, messages: 0, contested: 0, weight: 0, logits: [] }
  bases.set(name, own)
  own.messages += 1
  own.contested += Number(isContested)
  own.weight += weight
  if (logit !== null) own.logits.push(logit)
}

function toBasis({ basis, isBad, messages, contested, weight, logits }: Tally): LabelBasis {
  const sorted = Float64Array.from(logits).toSorted()
  const medianRiskLogit = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return { basis, isBad, messages, contested, meanWeight: weight / messages, medianRiskLogit }
}

function doubtOf(
  submissionId: string,
  { basis, isBad, weight }: TrainingLabel,
  logit: number
): DoubtfulLabel {
  const risk = probabilityOf(logit)
  const surprise = -Math.log(isBad ? risk : 1 - risk)
  return { submissionId, basis, isBad, weight, risk, surprise }
}

/** Whoever speaks of a message: a source of feedback, whoever decided its hold, other hosts. Each by its last word. */
function agreementIn(messages: Iterable<readonly StoredEvidence[]>): readonly Agreement[] {
  const pairs = new Map<string, { one: string; other: string; same: number; opposite: number }>()
  for (const evidence of messages) {
    const words = [...lastWords(evidence)].toSorted(([a], [b]) => (a < b ? -1 : 1))
    for (const [place, [one, isBad]] of words.entries())
      for (const [other, isOtherBad] of words.slice(place + 1)) {
        const pair = pairs.get(`${one} ${other}`) ?? { one, other, same: 0, opposite: 0 }
        pairs.set(`${one} ${other}`, pair)
        pair[isBad === isOtherBad ? 'same' : 'opposite'] += 1
      }
  }
  return [...pairs.values()].toSorted((a, b) => b.same + b.opposite - a.same - a.opposite)
}

function lastWords(evidence: readonly StoredEvidence[]): ReadonlyMap<string, boolean> {
  const words = new Map<string, boolean>()
  for (const one of evidence) {
    const label = labelOf([one])
    if (label !== null) words.set(witnessOf(label.basis), label.isBad)
  }
  return words
}

function witnessOf(basis: string): string {
  return basis.startsWith('hold/') ? 'decision on its hold' : basis
}
