import { alphanumeric, type Chance } from './chance.ts'

/** How one mail program writes: field order and spelling, identifiers, encodings, quoting, greeting of the SMTP client. */
export interface MailProgram {
  readonly name: string
  /** Field names in order, as spelled. Those without a value are left out. */
  readonly fields: string
  readonly agentField: 'User-Agent' | 'X-Mailer' | null
  /** One is drawn per device and kept: people update rarely. */
  readonly agents: readonly string[]
  readonly mimeVersion: string
  readonly messageId: (chance: Chance, domain: string, at: number) => string
  readonly boundary: (chance: Chance) => string
  readonly preamble: string
  readonly encoding: '8bit' | 'quoted-printable' | 'base64'
  readonly flowed: boolean
  readonly wrap: number
  readonly headerEncoding: 'B' | 'Q'
  readonly alwaysQuotesNames: boolean
  readonly quoting: 'block' | 'above' | 'below'
  readonly signatureDash: boolean
  readonly canHtml: boolean
  readonly places: readonly ('office' | 'home' | 'mobile' | 'server')[]
  readonly helo: (chance: Chance, domain: string) => string
}

const hex = '0123456789abcdef'
const upperHex = '0123456789ABCDEF'
const uuid = (chance: Chance, digits: string): string =>
  [8, 4, 4, 4, 12].map((size) => chance.text(size, digits)).join('-')
const lan = (chance: Chance): string => `[192.168.${chance.pick([0, 1, 2, 178])}.${chance.int(2, 240)}]`
const desktop = (chance: Chance): string =>
  `${chance.pick(['DESKTOP', 'LAPTOP', 'PC'])}-${chance.text(7, 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789')}`
const multipartNotice = 'This is a multi-part message in MIME format.'

const base = {
  agentField: 'User-Agent', agents: [''], mimeVersion: '1.0', preamble: '', encoding: 'quoted-printable', flowed: false, wrap: 998,
  headerEncoding: 'Q', alwaysQuotesNames: false, quoting: 'above', signatureDash: false, canHtml: true
} as const // prettier-ignore

export const mailPrograms: readonly MailProgram[] = [
  {
    ...base,
    name: 'thunderbird',
    fields:
      'Message-ID Date MIME-Version User-Agent Subject To Cc References Content-Language From In-Reply-To Reply-To List-Unsubscribe Content-Type Content-Transfer-Encoding',
    agents: [
      'Mozilla Thunderbird',
      'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.15.1'
    ],
    messageId: (chance, domain) => `${uuid(chance, hex)}@${domain}`,
    boundary: (chance) => `------------${chance.text(24, alphanumeric)}`,
    preamble: multipartNotice,
    encoding: '8bit',
    flowed: true,
    wrap: 72,
    headerEncoding: 'B',
    quoting: 'below',
    signatureDash: true,
    places: ['home', 'office'],
    helo: lan
  },
  {
    ...base,
    name: 'outlook',
    fields:
      'From To Cc Reply-To References In-Reply-To Subject Date Message-ID MIME-Version Content-Type Content-Transfer-Encoding X-Mailer Thread-Index Content-Language List-Unsubscribe',
    agentField: 'X-Mailer',
    agents: ['Microsoft Outlook 16.0', 'Microsoft Outlook 15.0', 'Microsoft Outlook 14.0'],
    messageId: (chance, domain, at) =>
      `${fileTime(at)}$${chance.text(8, hex)}$${chance.text(8, hex)}$@${domain}`,
    boundary: (chance) =>
      `----=_NextPart_000_${chance.text(4, upperHex)}_01DC${chance.text(4, upperHex)}.${chance.text(8, upperHex)}`,
    preamble: multipartNotice,
    wrap: 76,
    headerEncoding: 'B',
    alwaysQuotesNames: true,
    quoting: 'block',
    places: ['office', 'home'],
    helo: desktop
  },
  {
    ...base,
    name: 'apple-mail',
    fields:
      'From Content-Type Content-Transfer-Encoding Mime-Version Subject Message-Id References In-Reply-To Date Cc Reply-To To List-Unsubscribe X-Mailer',
    agentField: 'X-Mailer',
    agents: ['Apple Mail (2.3774.600.62)', 'Apple Mail (2.3731.700.6)', 'Apple Mail (2.3826.200.121)'],
    mimeVersion: '1.0 (Mac OS X Mail 16.0 \\(3774.600.62\\))',
    messageId: (chance, domain) => `${uuid(chance, upperHex)}@${domain}`,
    boundary: (chance) => `Apple-Mail=_${uuid(chance, upperHex)}`,
    places: ['home', 'office'],
    helo: (chance) => `smtpclient.apple${chance.happens(0.1) ? '.' : ''}`
  },
  {
    ...base,
    name: 'iphone',
    fields:
      'Content-Type Content-Transfer-Encoding From Mime-Version Date Subject Message-Id References Cc In-Reply-To Reply-To To X-Mailer',
    agentField: 'X-Mailer',
    agents: ['iPhone Mail (21F90)', 'iPhone Mail (22B91)', 'iPhone Mail (20H350)', 'iPad Mail (21G93)'],
    messageId: (chance, domain) => `${uuid(chance, upperHex)}@${domain}`,
    boundary: (chance) => `Apple-Mail-${uuid(chance, upperHex)}`,
    places: ['mobile'],
    helo: () => 'smtpclient.apple'
  },
  {
    ...base,
    name: 'gmail-web',
    fields:
      'MIME-Version References In-Reply-To From Date Message-ID Subject To Cc Reply-To List-Unsubscribe Content-Type Content-Transfer-Encoding',
    agentField: null,
    messageId: (chance) =>
      `CA${chance.pick(['F', 'G', 'H'])}${chance.text(47, `${alphanumeric}-_`)}=${chance.text(3, alphanumeric)}@mail.gmail.com`,
    boundary: (chance) => `000000000000${chance.text(16, hex)}`,
    wrap: 72,
    headerEncoding: 'B',
    places: ['server'],
    helo: (chance) => `mail-${chance.text(2, 'ejlopwy')}1-f${chance.int(40, 180)}.google.com`
  },
  {
    ...base,
    name: 'roundcube',
    fields:
      'MIME-Version Date From To Cc Subject Reply-To In-Reply-To References User-Agent Message-ID X-Sender List-Unsubscribe Content-Type Content-Transfer-Encoding',
    agents: ['Roundcube Webmail/1.6.6', 'Roundcube Webmail/1.4.15', 'Roundcube Webmail/1.6.9'],
    messageId: (chance, domain) => `${chance.text(32, hex)}@${domain}`,
    boundary: (chance) => `=_${chance.text(32, hex)}`,
    encoding: '8bit',
    flowed: true,
    wrap: 72,
    places: ['server'],
    helo: (_chance, domain) => `webmail.${domain}`
  },
  {
    ...base,
    name: 'phpmailer',
    fields:
      'Date To Cc From Reply-To Subject References In-Reply-To Message-ID List-Unsubscribe X-Mailer MIME-Version Content-Type Content-Transfer-Encoding',
    agentField: 'X-Mailer',
    agents: [
      'PHPMailer 6.9.1 (https://github.com/PHPMailer/PHPMailer)',
      'PHPMailer 6.6.0 (https://github.com/PHPMailer/PHPMailer)'
    ],
    messageId: (chance, domain) => `${chance.text(43, alphanumeric)}@www.${domain}`,
    boundary: (chance) => `b1_${chance.text(43, alphanumeric)}`,
    preamble: multipartNotice,
    encoding: '8bit',
    places: ['server'],
    helo: (_chance, domain) => `www.${domain}`
  },
  {
    ...base,
    name: 'mutt',
    fields:
      'Date From To Cc Subject Message-ID Reply-To References MIME-Version Content-Type Content-Disposition Content-Transfer-Encoding In-Reply-To User-Agent',
    agents: ['Mutt/2.2.12 (2023-09-09)', 'NeoMutt/20231103', 'Mutt/1.14.6 (2020-07-11)'],
    messageId: (chance, domain) =>
      `Z${chance.text(15, `${alphanumeric}-_`)}@${chance.pick(['box', 'kiwi', 'thinkpad'])}.${domain}`,
    boundary: (chance) => chance.text(16, `${alphanumeric}+/`),
    encoding: '8bit',
    wrap: 72,
    quoting: 'below',
    signatureDash: true,
    canHtml: false,
    places: ['home', 'office', 'server'],
    helo: (chance, domain) => `${chance.pick(['box', 'kiwi', 'thinkpad', 'localhost'])}.${domain}`
  },
  {
    ...base,
    name: 'k9',
    fields:
      'Date From To CC Subject User-Agent In-Reply-To References Message-ID MIME-Version Content-Type Content-Transfer-Encoding',
    agents: ['K-9 Mail for Android', 'Thunderbird for Android'],
    messageId: (chance, domain) => `${uuid(chance, upperHex)}@${domain}`,
    boundary: (chance) => `----${chance.text(30, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}`,
    preamble: '',
    signatureDash: true,
    places: ['mobile'],
    helo: () => '[127.0.0.1]'
  },
  {
    ...base,
    name: 'outlook-mobile',
    fields:
      'From To CC Subject Thread-Topic Date Message-ID References In-Reply-To Content-Language Content-Type Content-Transfer-Encoding MIME-Version',
    agentField: null,
    messageId: (chance, domain, at) => `${fileTime(at).toUpperCase()}${chance.text(20, upperHex)}@${domain}`,
    boundary: (chance) => `_000_${chance.text(24, upperHex)}_`,
    encoding: 'base64',
    headerEncoding: 'B',
    quoting: 'block',
    places: ['mobile'],
    helo: desktop
  },
  {
    ...base,
    name: 'nodemailer',
    fields:
      'From To Cc Reply-To Subject List-Unsubscribe Message-ID References In-Reply-To Date MIME-Version Content-Type Content-Transfer-Encoding',
    agentField: null,
    messageId: (chance, domain) => `${uuid(chance, hex)}@${domain}`,
    boundary: (chance) => `--_NmP-${chance.text(16, hex)}-Part_1`,
    places: ['server'],
    helo: (chance, domain) => `${chance.pick(['app', 'web1', 'srv2', 'mailer'])}.${domain}`
  },
  {
    ...base,
    name: 'python',
    fields:
      'Content-Type MIME-Version Content-Transfer-Encoding Subject From To Cc Reply-To Date Message-ID In-Reply-To References List-Unsubscribe',
    agentField: null,
    messageId: (chance, domain, at) =>
      `${Math.floor(at / 10)}.${chance.int(100, 99_999)}.${chance.text(19, '0123456789')}@${domain}`,
    boundary: (chance) => `===============${chance.text(19, '0123456789')}==`,
    encoding: 'base64',
    headerEncoding: 'B',
    places: ['server'],
    helo: (chance, domain) => chance.pick([`app.${domain}`, '[127.0.1.1]', 'localhost.localdomain'])
  }
]

export function mailProgram(name: string): MailProgram {
  const found = mailPrograms.find((program) => program.name === name)
  if (found === undefined) throw new Error(`no mail program ${name}`)
  return found
}

/** The 12 leading hex digits of a Windows FILETIME: what Outlook's Message-ID begins with. */
function fileTime(at: number): string {
  return ((BigInt(Math.floor(at)) + 11_644_473_600_000n) * 10_000n)
    .toString(16)
    .padStart(16, '0')
    .slice(0, 12)
}
