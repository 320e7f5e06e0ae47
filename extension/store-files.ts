/**
 * Stored profiles as read-only files `tracewright-store:/<16 hex>/<name>`: their content lies under names made of
 * hashes, and a tab should say what a profile is called.
 */
import { readFile } from 'node:fs/promises'
import {
  Disposable,
  EventEmitter,
  type ExtensionContext,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode'
import type { ProfileRecord } from '../services/profiles/library.ts'
import { type Store, storeOf } from './store.ts'
import { ThreadError } from './thread.ts'

export const storeScheme = 'tracewright-store'

export function registerStoreFiles(context: ExtensionContext): void {
  const files = new StoreFiles(storeOf(context))
  context.subscriptions.push(workspace.registerFileSystemProvider(storeScheme, files, { isReadonly: true }))
}

export function uriOfRecord({ handle, name }: ProfileRecord): Uri {
  // A name may hold anything; in a path it may hold no separator.
  const file = name.replaceAll(/[/\\]/g, '∕')
  return Uri.from({ scheme: storeScheme, path: `/${handle.replace(/^handle:/, '')}/${file}` })
}

/** The handle in such a URI. */
export function handleOfUri(uri: Uri): string {
  return `handle:${uri.path.split('/')[1] ?? ''}`
}

class StoreFiles implements FileSystemProvider {
  readonly #store: Store
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event

  constructor(store: Store) {
    this.#store = store
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { bytes, importedAt } = await this.#record(uri)
    const time = Date.parse(importedAt)
    return { type: FileType.File, size: bytes, ctime: time, mtime: time }
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { path } = await this.#record(uri)
    return readFile(path)
  }

  /** What is stored never changes. */
  watch(): Disposable {
    return new Disposable(() => undefined)
  }

  readDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }

  async #record(uri: Uri): Promise<ProfileRecord> {
    try {
      return await this.#store.get(handleOfUri(uri))
    } catch (error) {
      if (error instanceof ThreadError && error.failure.code === 'NOT_FOUND') throw FileSystemError.FileNotFound(uri)
      throw error
    }
  }
}
