import { quote } from './to-lua.ts'

/** What Lua calls, by `object:method`; the answer is an expression of Lua. */
export type Calls = Readonly<Record<string, (...words: readonly string[]) => string | Promise<string>>>

/** KumoMTA's HTTP client: one request at a time, as sluice.lua makes them. */
export function kumoHttp(): Calls {
  let timeoutMs = 60_000
  let url = ''
  let headers = new Headers()
  let body = ''
  let answered = { status: 0, text: '' }
  return {
    'http:build_client': (timeout = '') => {
      timeoutMs = Number.parseInt(timeout, 10) * 1_000
      return 'object "client"'
    },
    'client:post': (to = '') => {
      url = to
      headers = new Headers()
      return 'object "request"'
    },
    'request:header': (name = '', value = '') => {
      headers.set(name, value)
      return 'nil'
    },
    'request:body': (bytes = '') => {
      body = bytes
      return 'nil'
    },
    'request:send': async () => {
      try {
        const signal = AbortSignal.timeout(timeoutMs)
        const response = await fetch(url, {
          method: 'POST',
          headers,
          body: Buffer.from(body, 'latin1'),
          signal
        })
        answered = {
          status: response.status,
          text: Buffer.from(await response.arrayBuffer()).toString('latin1')
        }
        return 'object "response"'
      } catch (error) {
        return `fail(${quote(String(error))})`
      }
    },
    'response:status_code': () => String(answered.status),
    'response:text': () => quote(answered.text)
  }
}
