import path from 'node:path'
import { readJsonLines, textOf } from '../json-lines.ts'
import type { DataSet, LabelledMail } from '../labelled-mail.ts'
import { toSubmissionView } from '../submission-view.ts'

/**
 * Phishing and scam mail of 2022-2024 from `phishing-2022-2024.jsonl.gz` in that directory. Its licence (CC BY-NC) allows
 * measuring only: nothing may be trained, tuned or thresholded on it.
 */
export async function loadPhishingPot(directory: string): Promise<DataSet<LabelledMail>> {
  const { rows, sha256 } = await readJsonLines(
    path.join(directory, 'phishing-2022-2024.jsonl.gz'),
    (line) => {
      const id = `phishing-pot/${textOf(line['id'])}`
      const raw = toSubmissionView(textOf(line['raw']), id).replace(
        /phish(?:ing)?@pot/giu,
        'maria@example.org'
      )
      return { id, source: 'phishing-pot', label: 'bad' as const, group: '', raw }
    }
  )
  return {
    provenance: { source: 'phishing-pot', licence: 'CC BY-NC 4.0, measured only', sha256 },
    mail: rows
  }
}
