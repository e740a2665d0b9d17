import path from 'node:path'
import { readJsonLines, textOf } from '../json-lines.ts'
import type { DataSet, LabelledMail } from '../labelled-mail.ts'
import { decodeStray } from './decode-stray.ts'
import { toSubmissionView, topicOf } from '../submission-view.ts'

/**
 * Business mail from `enron.jsonl.gz` (`{id, label, raw}`, all honest) in that directory; of `every` messages one is taken.
 */
export async function loadEnron(directory: string, every = 1): Promise<DataSet<LabelledMail>> {
  let seen = 0
  const { rows, sha256 } = await readJsonLines(path.join(directory, 'enron.jsonl.gz'), (line) => {
    seen += 1
    if (seen % every !== 0) return undefined
    const id = `enron/${textOf(line['id'])}`
    const raw = textOf(line['raw'])
    return {
      id,
      source: 'enron',
      label: 'honest' as const,
      group: topicOf(raw),
      raw: toSubmissionView(decodeStray(raw), id)
    }
  })
  return { provenance: { source: 'enron', licence: 'public record (FERC/CMU)', sha256 }, mail: rows }
}

/**
 * Only what the company's own people wrote: mail from outside holds a good deal of real spam under the label ham, and none of it was
 * submitted by a sender of this company.
 */
export async function loadEnronStaff(directory: string, every = 1): Promise<DataSet<LabelledMail>> {
  const { provenance, mail } = await loadEnron(directory, every)
  return {
    provenance,
    mail: mail.filter(({ raw }) => /^From:[^\n]*@enron\.com/imu.test(raw.slice(0, 4_000)))
  }
}
