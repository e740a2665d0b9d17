import type { Chance } from './chance.ts'
import type { MessagePlan } from './mail.ts'

export interface HtmlInput {
  readonly plan: MessagePlan
  readonly chance: Chance
  /** The text above and below the quoted message. */
  readonly authored: string
  readonly quoteIntro: string
  readonly quotedText: string
  readonly unsubscribeWords: string
}

const address = /https?:\/\/[^\s<>"]+/gu

/** The HTML body in the manner of the program that writes it, or as a designed mailing. */
export function htmlBody(input: HtmlInput): string {
  if (input.plan.look === 'designed') return designed(input)
  if (input.plan.look === 'image') return image(input)
  const lines = input.authored.split('\n').map((line) => linked(escapeHtml(line), input))
  const quote = input.quotedText === '' ? '' : quoteHtml(input)
  const write = manners[input.plan.device.program] ?? plainManner
  return write(lines, quote)
}

type Manner = (lines: readonly string[], quote: string) => string
const inDivs = (lines: readonly string[]): string =>
  lines.map((line) => `<div>${line === '' ? '<br>' : line}</div>`).join('')
const inParagraphs = (lines: readonly string[]): string =>
  lines.join('<br>\n').split('<br>\n<br>\n').map((block) => `<p>${block}</p>`).join('\n') // prettier-ignore
const plainManner: Manner = (lines, quote) =>
  `<html>\n<body>\n${inParagraphs(lines)}\n${quote}\n</body>\n</html>`
const apple: Manner = (lines, quote) =>
  `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">${inDivs(lines)}${quote}</body></html>`
const outlook: Manner = (lines, quote) =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">\n<head><meta name="Generator" content="Microsoft Word 15 (filtered medium)">\n<style><!--\np.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}\n--></style></head>\n<body link="#0563C1" vlink="#954F72">\n<div class="WordSection1">\n${lines.map((line) => `<p class="MsoNormal">${line === '' ? '&nbsp;' : line}<o:p></o:p></p>`).join('\n')}\n${quote}</div>\n</body>\n</html>`

const manners: Readonly<Record<string, Manner>> = {
  outlook,
  'outlook-mobile': outlook,
  'apple-mail': apple,
  iphone: apple,
  'gmail-web': (lines, quote) =>
    `<div dir="ltr">${inDivs(lines)}</div>${quote === '' ? '' : `<br><div class="gmail_quote">${quote}</div>`}`,
  thunderbird: (lines, quote) =>
    `<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv="content-type" content="text/html; charset=UTF-8">\n  </head>\n  <body>\n    ${inParagraphs(lines)}\n    ${quote}\n  </body>\n</html>`
}

function quoteHtml({ quoteIntro, quotedText }: HtmlInput): string {
  return `<div>${escapeHtml(quoteIntro).replaceAll('\n', '<br>')}</div><blockquote type="cite">${escapeHtml(quotedText).replaceAll('\n', '<br>\n')}</blockquote>`
}

function linked(escaped: string, { plan, chance }: HtmlInput): string {
  return escaped.replaceAll(
    address,
    (url) => `<a href="${url}">${plan.linkWords.length > 0 ? chance.pick(plan.linkWords) : url}</a>`
  )
}

const colours = [
  '#0a58ca',
  '#b02a37',
  '#146c43',
  '#ff9900',
  '#212529',
  '#6610f2',
  '#d40511',
  '#00687d',
  '#e8590c'
]

function designed(input: HtmlInput): string {
  const { plan, chance } = input
  const colour = chance.pick(colours)
  const button = `background:${colour};color:#ffffff;padding:${chance.int(8, 14)}px ${chance.int(16, 30)}px;text-decoration:none;border-radius:${chance.int(0, 8)}px`
  const rows = input.authored.split('\n').filter((line) => line !== '').map((line) => {
    const html = linked(escapeHtml(line), input).replaceAll('<a href', `<a style="${button}" href`)
    return `<tr><td style="padding:6px 24px;font-family:Arial,Helvetica,sans-serif;font-size:${chance.int(14, 16)}px">${html}</td></tr>`
  }) // prettier-ignore
  const logo = chance.happens(0.6)
    ? `<img src="https://img.${hostOf(plan.from.address)}/logo.png" alt="${escapeHtml(plan.from.name)}" width="${chance.int(90, 180)}">`
    : escapeHtml(plan.from.name)
  const footer =
    plan.unsubscribeUrl === null
      ? ''
      : ` <a href="${plan.unsubscribeUrl}">${escapeHtml(input.unsubscribeWords)}</a>`
  const preheader = chance.happens(0.3)
    ? `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(plan.subject)}</div>`
    : ''
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head><body style="margin:0;background:#f4f4f4">${preheader}<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center"><table width="600" style="background:#ffffff"><tr><td style="padding:24px;color:${colour};font-size:22px">${logo}</td></tr>${rows.join('')}<tr><td style="padding:24px;color:#888888;font-size:11px">${escapeHtml(plan.from.name)} · ${escapeHtml(plan.from.address)}${footer}</td></tr></table></td></tr></table></body></html>`
}

function image({ plan, authored }: HtmlInput): string {
  const url =
    authored.match(address)?.[0] ?? plan.unsubscribeUrl ?? `https://www.${hostOf(plan.from.address)}/`
  const inline = plan.attachments.find((file) => file.inlineId !== undefined)
  const source =
    inline === undefined ? `https://img.${hostOf(plan.from.address)}/a.jpg` : `cid:${inline.inlineId}`
  const footer =
    plan.unsubscribeUrl === null ? '' : `<p style="font-size:11px"><a href="${plan.unsubscribeUrl}">×</a></p>`
  return `<html><body><a href="${url}"><img src="${source}" alt="${escapeHtml(plan.subject)}" width="600"></a>${footer}</body></html>`
}

function hostOf(mailAddress: string): string {
  return mailAddress.slice(mailAddress.lastIndexOf('@') + 1)
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
