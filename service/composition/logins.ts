import { createDovecotLogins } from '../access/logins/dovecot-logins.ts'
import { createFileLogins } from '../access/logins/file-logins.ts'
import { createHttpLogins } from '../access/logins/http-logins.ts'
import type { Logins } from '../access/logins/login.ts'
import { rememberLogins } from '../access/logins/remembered-logins.ts'
import type { Users } from '../access/users.ts'
import type { Config } from '../config/config-schema.ts'
import { clock, type OnClose } from './house.ts'

/** Who checks the passwords of SMTP clients. */
export function openLogins({ auth }: Config, users: Users, onClose: OnClose): Logins {
  const behind = backendOf(auth, users)
  const isFile = auth.backend === 'file' || auth.rememberedSeconds === 0
  const logins = isFile
    ? behind
    : rememberLogins({ behind, rememberedMs: auth.rememberedSeconds * 1_000, clock })
  onClose(() => logins.close())
  return logins
}

function backendOf(auth: Config['auth'], users: Users): Logins {
  const { backend, url = '', password = null, dovecotSocket, timeoutMs } = auth
  switch (backend) {
    case 'file':
      return createFileLogins(users)
    case 'http':
      return createHttpLogins({ url, token: password, timeoutMs })
    case 'dovecot':
      return createDovecotLogins({ socketPath: dovecotSocket, timeoutMs })
  }
}
