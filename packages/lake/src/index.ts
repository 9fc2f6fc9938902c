export * from './build.js';
export { accountsOf, type FileAccount } from './ledger.js';
export { createLakeFolder, type LakeFolder, openLakeFolder } from './lake-folder.js';
export {
  attachSnapshot,
  type LedgerEntry,
  openSnapshot,
  readPointer,
  type Snapshot,
  type SnapshotFile,
  type SnapshotManifest,
} from './snapshot.js';
export * from './row-path.js';
export { readStagedRecord } from './read-staged.js';
