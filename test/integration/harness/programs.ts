import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where scripts/fetch-servers.mjs unpacks: a folder a program. */
const cache =
  process.env['SLUICE_TEST_SERVERS'] ?? fileURLToPath(new URL('../../../.servers', import.meta.url))

/** What has to be installed for a program, in its packager's words. */
const packages = {
  postfix: 'the Debian package postfix',
  exim: 'the Debian package exim4-daemon-heavy',
  opensmtpd: 'the Debian package opensmtpd',
  'opensmtpd-7': 'the Debian package opensmtpd, on Debian 12 that of bookworm-backports',
  spamc: 'the Debian package spamc',
  swaks: 'the Debian package swaks',
  rspamd: 'the Debian package rspamd',
  sasl: 'the Debian package sasl2-bin',
  redis: 'the Debian package redis-server',
  clamav: 'the Debian package clamav-daemon',
  dovecot: 'the Debian package dovecot-core',
  lua: 'the Debian package lua5.4',
  java: 'the Debian package default-jdk-headless',
  mongo: 'the Debian package maven, which fetches it',
  programs: 'the npm packages Haraka, haraka-plugin-rspamd and zone-mta'
} as const

export type ProgramSet = keyof typeof packages

/** A program that is there, as its package lays it out. */
export interface ProgramHome {
  /** The unpacked package's root; `/` where it is installed in the system. */
  readonly root: string
  /** The file of the package, absolute: `at('usr/sbin/exim4')`. */
  readonly at: (path: string) => string
  /** What its processes need to find the libraries that were unpacked with it. */
  readonly env: Readonly<Record<string, string>>
}

export interface Skipping {
  skip(message: string): void
}

const isRequired = process.env['SLUICE_REQUIRE_SERVICES'] === '1'

/**
 * Looks for a file of a package in what scripts/fetch-servers.mjs has unpacked, then in the system. Missing: the test is skipped with the
 * package's name and the answer is undefined; with SLUICE_REQUIRE_SERVICES=1 it fails.
 */
export function program(t: Skipping, set: ProgramSet, file: string): ProgramHome | undefined {
  const remedy = `run \`node scripts/fetch-servers.mjs\`, or install ${packages[set]}`
  return findProgram(set, file) ?? missing(t, `${file} is missing: ${remedy}`)
}

/** Skips the test, or fails it where services are required. */
export function missing(t: Skipping, message: string): undefined {
  if (isRequired) throw new Error(message)
  t.skip(message)
}

/** As `program`, for those that only want to know. */
export function findProgram(set: ProgramSet, file: string): ProgramHome | undefined {
  const roots = ownFolderOnly.has(set) ? [join(cache, set)] : [join(cache, set), '/']
  const root = roots.find((one) => existsSync(join(one, file)))
  return root === undefined ? undefined : toHome(root)
}

/** No Debian package has them. */
const ownFolderOnly: ReadonlySet<ProgramSet> = new Set(['mongo', 'programs'])

/** A command of the system's PATH, such as java. Missing: as with `program`; `of` is what to install. */
export function command(t: Skipping, name: string, of: string): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  return places.find(isExecutable) ?? missing(t, `${name} is missing: install ${of}`)
}

function toHome(root: string): ProgramHome {
  const folders = root === '/' ? [] : libraryFolders(root)
  return {
    root,
    at: (path) => join(root, path),
    env: folders.length === 0 ? {} : { LD_LIBRARY_PATH: folders.join(':') }
  }
}

/** `usr/lib` and `lib`, and what is below them with a shared library in it: `usr/lib/<triplet>`, and what packages keep for themselves. */
function libraryFolders(root: string): string[] {
  const folders = ['usr/lib', 'lib'].map((folder) => join(root, folder)).filter(existsSync)
  return [...folders.flatMap(foldersIn).filter(holdsLibrary), ...folders]
}

function foldersIn(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(path, entry.name))
}

function holdsLibrary(folder: string): boolean {
  return readdirSync(folder).some((name) => /\.so(?:\.|$)/u.test(name))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
