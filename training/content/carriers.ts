import type { DataSet, LabelledMail } from '../../datasets/labelled-mail.ts'
import { inventedLines, spamLines, type BadLine } from '../bad-lines.ts'
import { createRandom, type Random } from '../../service/verdict/budget/seeded-random.ts'
import { ascii, bodyStart, isPlainText } from '../plain-mail.ts'

const perHonest = 0.3
/** Of the lines that are put in; the others are paragraphs of the sets' own bad mail. */
const inventedShare = 0.4

export interface Carriers extends DataSet<LabelledMail> {
  /** By id: what was put in. */
  readonly lines: ReadonlyMap<string, string>
}

/**
 * Honest mail with a harmful line put in: what a thief does in a hijacked mailbox. Besides, it breaks the corpora's own lesson, that
 * business talk or patches are always honest. A carrier and the mail it was made from share their group, and so their fold. `takes` by
 * the origin of a line.
 */
export function withHarmfulLines(
  mail: readonly LabelledMail[],
  seed: number,
  takes: (origin: string) => boolean
): Carriers {
  const random = createRandom(seed + 17)
  const bad = mail.filter(({ label }) => label === 'bad')
  const found = spamLines(bad, 6)
  const invented = inventedLines(`content lines ${seed}`).filter(({ origin }) => takes(origin))
  const made: LabelledMail[] = []
  const lines = new Map<string, string>()
  for (const honest of mail) {
    if (honest.label !== 'honest' || random() >= perHonest || !isPlainText(honest.raw)) continue
    const line = drawLine(random() < inventedShare ? invented : found, random)
    if (line === undefined) break
    const id = `carrier/${honest.id}`
    made.push({
      ...honest,
      id,
      source: 'carriers',
      label: 'bad',
      raw: insert(honest.raw, ascii(line.text), random)
    })
    lines.set(id, ascii(line.text))
  }
  return {
    provenance: { source: 'carriers', licence: 'made from the other sets', sha256: '0'.repeat(64) },
    mail: made,
    lines
  }
}

function drawLine(lines: readonly BadLine[], random: Random): BadLine | undefined {
  return lines[Math.floor(random() * lines.length)]
}

/** Before the text, after its first paragraph, or after its last own line. */
function insert(raw: string, line: string, random: Random): string {
  const start = bodyStart(raw)
  const body = raw.slice(start)
  const firstEnd = body.search(/\r\n[ \t]*\r\n/u)
  const at = random() < 0.4 || firstEnd < 0 ? 0 : firstEnd + 2
  return `${raw.slice(0, start)}${body.slice(0, at)}\r\n${line}\r\n\r\n${body.slice(at)}`
}
