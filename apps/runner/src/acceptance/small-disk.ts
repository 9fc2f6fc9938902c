import { execFile } from 'node:child_process';
import { mkdir, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A file system of a few megabytes, so that it can be filled. */
export interface SmallDisk {
  readonly path: string;
  readonly resize: (kilobytes: number) => Promise<void>;
  readonly usedKilobytes: () => Promise<number>;
  readonly remove: () => Promise<void>;
}

/** Mounts a small file system in memory; the reason as text where that is not allowed. */
export async function mountSmallDisk(path: string, kilobytes: number): Promise<SmallDisk | string> {
  await mkdir(path, { recursive: true });
  try {
    await execute('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path]);
  } catch {
    return 'a small file system cannot be mounted here (it takes Linux and root)';
  }
  return {
    path,
    resize: async (size) => {
      await execute('mount', ['-o', `remount,size=${size}k`, path]);
    },
    usedKilobytes: async () => {
      const { blocks, bfree, bsize } = await statfs(path);
      return Math.ceil(((blocks - bfree) * bsize) / 1024);
    },
    remove: async () => {
      await execute('umount', [path]);
    },
  };
}
