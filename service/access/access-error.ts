const codes = {
  TOKEN_UNKNOWN: 'There is no such token',
  TOKEN_LAST_ADMIN: 'The last token with the scope admin cannot be revoked',
  USER_EXISTS: 'There is a user of this name already',
  USER_UNKNOWN: 'There is no such user',
  USER_NAME_INVALID: 'A user name has 1 to 254 characters, none of them a space or control character',
  PASSWORD_INVALID: 'A password has 8 to 1024 characters',
  USERS_FILE_CORRUPT: 'The users file is not what Sluice writes',
  USERS_FILE_BUSY: 'Another process is writing the users file',
  AUTH_UNAVAILABLE: 'The back-end that checks passwords gave no answer',
  TOO_MANY_LOGINS: 'Too many passwords are being checked',
  KEY_DAMAGED:
    'The installation key is not 32 bytes in hexadecimal; restore keys/installation.key from your backup'
} as const

export type AccessErrorCode = keyof typeof codes

/** What went wrong with a token or a user. Match on `code`. */
export class AccessError extends Error {
  override readonly name = 'AccessError'
  readonly code: AccessErrorCode
  readonly facts: Readonly<Record<string, string>>

  constructor(code: AccessErrorCode, facts: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(codes[code], { cause })
    this.code = code
    this.facts = facts
  }
}
