import path from 'node:path'
import { readJsonLines, textOf } from '../json-lines.ts'
import type { DataSet, LabelledMail } from '../labelled-mail.ts'
import { toSubmissionView, topicOf } from '../submission-view.ts'

/** Ling-Spam from `lingspam.jsonl.gz` (`{id, label, raw}`) in that directory. */
export async function loadLingSpam(directory: string): Promise<DataSet<LabelledMail>> {
  const { rows, sha256 } = await readJsonLines(path.join(directory, 'lingspam.jsonl.gz'), (line) => {
    const id = `ling-spam/${textOf(line['id'])}`
    const raw = toSubmissionView(untokenise(textOf(line['raw'])), id)
    const label = line['label'] === 'spam' ? ('bad' as const) : ('honest' as const)
    return { id, source: 'ling-spam', label, group: topicOf(textOf(line['raw'])), raw }
  })
  return {
    provenance: {
      source: 'ling-spam',
      licence: 'free for research, cite Androutsopoulos et al. 2000',
      sha256
    },
    mail: rows
  }
}

/**
 * The corpus stands in lower case with a space around every mark (`e - mail ! ! !`). Nobody writes so: the marks move back to
 * their words, sentences get their capital, and the one long line is wrapped.
 */
function untokenise(raw: string): string {
  const text = raw
    .replace(/(?:https? ?: ?\/ ?\/ ?|www ?\. ?)(?:[\w-]+ ?[./~?=&%] ?)*[\w-]+/gu, (link) =>
      link.replaceAll(' ', '')
    )
    .replace(/[\w.-]+ @ (?:[\w-]+ \. )+[a-z]{2,4}\b/gu, (address) => address.replaceAll(' ', ''))
    .replace(/ ([.,;:!?)\]}])/gu, '$1')
    .replace(/([([{]) /gu, '$1')
    .replace(/(\w) ' (\w)/gu, "$1'$2")
    .replace(/(\w) ?([-@/_]) ?(?=\w)/gu, '$1$2')
    .replace(
      /(^|[.!?] +|\n|^Subject: )([a-z])/gu,
      (_, before: string, letter: string) => `${before}${letter.toUpperCase()}`
    )
    .replace(/\bi\b(?=[ '])/gu, 'I')
  const end = text.indexOf('\n')
  return `${text.slice(0, end)}\n\n${wrap(text.slice(end).trim())}\n`
}

function wrap(text: string): string {
  return text.replace(/(?=\S)([^\n]{50,76}) /gu, '$1\n')
}
