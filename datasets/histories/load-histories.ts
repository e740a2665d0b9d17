import path from 'node:path'
import { readJsonLines, textOf } from '../json-lines.ts'
import type { DataSet, SentMail } from '../labelled-mail.ts'

/** Senders' mail over years from `histories.jsonl.gz` in that directory: `{id, sender, ts (s), client, rcpt[], raw}`, in order per sender. */
export async function loadHistories(directory: string): Promise<DataSet<SentMail>> {
  const { rows, sha256 } = await readJsonLines(path.join(directory, 'histories.jsonl.gz'), (line) => ({
    id: textOf(line['id']),
    sender: textOf(line['sender']).toLowerCase(),
    receivedAt: Number(line['ts']) * 1000,
    client: clientOf(line['client']),
    recipients: Array.isArray(line['rcpt'])
      ? line['rcpt'].map(textOf).filter((address) => address !== '')
      : [],
    raw: textOf(line['raw']).replace(/\r?\n/gu, '\r\n')
  }))
  return {
    provenance: {
      source: 'histories',
      licence: 'public mailing list archives, no licence stated: weights only',
      sha256
    },
    mail: rows
  }
}

function clientOf(value: unknown): SentMail['client'] {
  const { ip, helo } =
    typeof value === 'object' && value !== null ? (value as { ip?: unknown; helo?: unknown }) : {}
  return { ip: textOf(ip) === '' ? null : textOf(ip), helo: textOf(helo) === '' ? null : textOf(helo) }
}
