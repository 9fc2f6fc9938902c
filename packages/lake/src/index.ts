export * from './build.js';
export { createLakeFolder, type LakeFolder, openLakeFolder } from './lake-folder.js';
export { accountsOf, type FileAccount } from './ledger.js';
export { readStagedRecord } from './read-staged.js';
export * from './row-path.js';
export {
  attachSnapshot,
  type LedgerEntry,
  openSnapshot,
  readPointer,
  type Snapshot,
  type SnapshotFile,
  type SnapshotManifest,
} from './snapshot.js';
