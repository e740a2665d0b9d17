import { Buffer } from 'node:buffer'
import type { Chance } from './chance.ts'
import type { MailAttachment } from './mail.ts'

const types: Readonly<Record<string, { readonly type: string; readonly magic: string }>> = {
  pdf: { type: 'application/pdf', magic: '%PDF-1.7\n' },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    magic: 'PK\u0003\u0004'
  },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    magic: 'PK\u0003\u0004'
  },
  jpg: { type: 'image/jpeg', magic: '\u00ff\u00d8\u00ff\u00e0' },
  png: { type: 'image/png', magic: '\u0089PNG\r\n' },
  zip: { type: 'application/zip', magic: 'PK\u0003\u0004' },
  ics: { type: 'text/calendar', magic: 'BEGIN:VCALENDAR\r\n' },
  txt: { type: 'text/plain', magic: '' },
  html: { type: 'text/html', magic: '<html><body>' }
}

/** A small file with the right first bytes and noise behind them: enough for everything that looks at type, name and size. */
export function attachmentFor(name: string, extension: string, chance: Chance): MailAttachment {
  const known = types[extension]
  if (known === undefined) throw new Error(`no attachment type ${extension}`)
  const noise = chance.bytes(chance.int(200, 1_400))
  const readable = extension === 'txt' || extension === 'ics' || extension === 'html'
  const body = readable ? Buffer.from(Buffer.from(noise).toString('base64')) : noise
  return {
    fileName: `${name}.${extension}`,
    type: known.type,
    bytes: Buffer.concat([Buffer.from(known.magic, 'latin1'), body])
  }
}
