import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { prepareRawFile } from './prepare-raw-file.js';
import { readRecords } from './read-records.js';

const data = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

it('counts and reads every record of the published files, compressed and not', async () => {
  if (!existsSync(data)) {
    console.info('Not tried: published files, as the folder ../shared/data is absent.');
    return;
  }
  const manifest = (await readFile(join(data, 'MANIFEST.csv'), 'utf8')).trim().split('\n').slice(1);
  const root = await mkdtemp(join(tmpdir(), 'real-files-'));
  const plain = join(root, 'plain.csv');
  try {
    for (const line of manifest) {
      const [file = '', rows, columns, , , sha256] = line.split(',');
      const compressed = await prepareRawFile(join(data, file), { folder: root });
      await writeFile(plain, gunzipSync(await readFile(join(data, file))));
      const clean = await prepareRawFile(plain, { folder: root });
      const counted = { records: Number(rows), malformed: 0, encoding: 'utf-8', delimiter: ',' };
      expect(compressed, file).toMatchObject({ ...counted, compression: 'gzip' });
      expect(clean, file).toMatchObject({
        ...counted,
        sha256,
        csv: { path: plain, recordNumberFirst: false },
      });
      expect(clean.header, file).toHaveLength(Number(columns));
      const texts = createHash('sha256');
      const sameTexts = createHash('sha256');
      for await (const { record, fields } of readRecords(compressed, { limit: 2000 }))
        texts.update(JSON.stringify([record, fields]));
      for await (const { record, fields } of readRecords(clean, { limit: 2000 }))
        sameTexts.update(JSON.stringify([record, fields]));
      expect(texts.digest('hex'), file).toBe(sameTexts.digest('hex'));
    }
  } finally {
    await rm(root, { recursive: true });
  }
}, 60_000);
