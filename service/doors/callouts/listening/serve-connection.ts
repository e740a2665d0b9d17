import type { Connection } from './socket-server.ts'

/**
 * Serves one connection to its end. `first` was read from it already, to tell its protocol: at least the first line, perhaps more, perhaps all
 * that the client will ever send. The socket is paused and nobody listens to its data; what comes after `first` is still to be read from it.
 * Resolves when no more is to be said (the socket is then ended), rejects if the connection is to be cut.
 */
export type ServeConnection = (connection: Connection, first: Buffer) => Promise<void>
