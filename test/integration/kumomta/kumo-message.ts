import type { Mail } from '../harness/mails.ts'
import { joinMail, splitMail, type Field } from '../hooks/kept-mails.ts'
import type { Calls } from './kumo-http.ts'
import { quote } from './to-lua.ts'

/** A message within KumoMTA, and its connection. */
export interface KumoMessage {
  readonly calls: Calls
  /** As it stands now. */
  data(): string
  meta(name: string): string | undefined
}

export function kumoMessage(mail: Mail): KumoMessage {
  const { body } = splitMail(mail.raw)
  let fields: readonly Field[] = splitMail(mail.raw).fields
  const meta = new Map<string, string>()
  const connection = new Map([
    ['authn_id', mail.user],
    ['received_from', '127.0.0.1:50123'],
    ['hostname', 'kumo.example.org']
  ])
  const data = () => joinMail({ fields, body })
  const calls: Calls = {
    'msg:id': () => quote(mail.messageId.slice(0, 32)),
    'msg:sender': () => addressOf(mail.from),
    'msg:recipient_list': () => `{${mail.to.map(addressOf).join(',')}}`,
    'msg:get_data': () => quote(data()),
    'msg:remove_all_named_headers': (name = '') => {
      fields = fields.filter(([known]) => known.toLowerCase() !== name.toLowerCase())
      return 'nil'
    },
    'msg:prepend_header': (name = '', value = '') => {
      fields = [[name, ` ${value}`], ...fields]
      return 'nil'
    },
    'msg:set_meta': (name = '', value = '') => {
      meta.set(name, value)
      return 'nil'
    },
    'conn_meta:get_meta': (name = '') => {
      const value = connection.get(name)
      return value === undefined ? 'nil' : quote(value)
    },
    'conn_meta:set_meta': (name = '', value = '') => {
      connection.set(name, value)
      return 'nil'
    }
  }
  return { calls, data, meta: (name) => meta.get(name) }
}

function addressOf(address: string): string {
  return `address(${quote(address)})`
}
