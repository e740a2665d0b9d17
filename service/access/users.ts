import { createHmac, randomBytes } from 'node:crypto'
import { AccessError } from './access-error.ts'
import { normalName } from './user-name.ts'
import { hashPassword, nobodysPassword, verifyPassword, type PasswordHash } from './password.ts'
import { createUsersFile, type StoredUser } from './users-file.ts'

export interface User {
  /** Lower case; the identity whose habits are learned. */
  readonly name: string
  /** RFC 3339 UTC. */
  readonly createdAt: string
}

export interface Users {
  /** Throws USER_EXISTS, USER_NAME_INVALID, PASSWORD_INVALID. On disk when it resolves. */
  add(name: string, password: string): Promise<void>
  /** Throws USER_UNKNOWN. */
  remove(name: string): Promise<void>
  list(): Promise<readonly User[]>
  /** undefined: no such user, or another password. Throws TOO_MANY_LOGINS beyond the bound: a reply for later, not a refusal. */
  authenticate(name: string, password: string): Promise<User | undefined>
}

export interface UsersOptions {
  readonly file: string
  /** Epoch ms. */
  readonly clock?: () => number
  /** Logins that may wait for their turn; the next is refused for now. */
  readonly maxWaiting?: number
}

/** Two passwords are checked at a time: scrypt must not take every thread from disk and DNS. */
const concurrent = 2
/** At 100 ms each, two at a time: nobody waits longer than 10 s. */
const defaultMaxWaiting = 200
/** Programs that log in for every message pay for scrypt once in this time. A change of the file forgets it. */
const rememberedForMs = 300_000
const maxRemembered = 10_000

/** The users file: JSON, mode 0600, replaced whole, read again when it changes. */
export function createUsers({ file, clock = Date.now, maxWaiting = defaultMaxWaiting }: UsersOptions): Users {
  const usersFile = createUsersFile(file)
  const oneOfTwo = createGate(concurrent, maxWaiting)
  const key = randomBytes(32)
  const remembered = new Map<string, { readonly until: number; readonly version: string }>()

  async function add(name: string, password: string): Promise<void> {
    const user = normalName(name)
    if (user === undefined) throw new AccessError('USER_NAME_INVALID')
    if (password.length < 8 || password.length > 1024) throw new AccessError('PASSWORD_INVALID')
    const kept: PasswordHash = await hashPassword(password)
    await usersFile.change((users) => {
      if (users.some((other) => other.name === user)) throw new AccessError('USER_EXISTS', { user })
      return [...users, { name: user, createdAt: new Date(clock()).toISOString(), password: kept }]
    })
  }

  async function remove(name: string): Promise<void> {
    const user = normalName(name)
    await usersFile.change((users) => {
      const left = users.filter((other) => other.name !== user)
      if (left.length === users.length) throw new AccessError('USER_UNKNOWN', { user: name })
      return left
    })
  }

  async function list(): Promise<readonly User[]> {
    const { users } = await usersFile.read()
    return users.map(toUser)
  }

  async function authenticate(name: string, password: string): Promise<User | undefined> {
    if (password.length > 1024) return undefined
    const { users, version } = await usersFile.read()
    const normal = normalName(name)
    const user = users.find((other) => other.name === normal)
    const ticket = createHmac('sha256', key).update(`${normal}\n${password}`).digest('base64')
    const known = remembered.get(ticket)
    if (user !== undefined && known?.version === version && known.until > clock()) return toUser(user)
    const right = await oneOfTwo(() => verifyPassword(password, user?.password ?? nobodysPassword))
    if (!right || user === undefined) return undefined
    if (remembered.size >= maxRemembered) remembered.clear()
    remembered.set(ticket, { until: clock() + rememberedForMs, version })
    return toUser(user)
  }

  return { add, remove, list, authenticate }
}

function toUser({ name, createdAt }: StoredUser): User {
  return { name, createdAt }
}

/** Lets `width` acts run at once and `maxWaiting` wait; the next is refused. */
function createGate(width: number, most: number): <T>(act: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (act) => {
    if (running >= width) {
      if (waiting.length >= most) throw new AccessError('TOO_MANY_LOGINS')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await act()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
