import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGeoDatabases } from '@aegisguard/pipeline';
import { writeMmdb } from '@aegisguard/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledGeoDatabases, GeoFiles } from './geo-files.ts';

const lines: string[] = [];
const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
const database = (city: string) => writeMmdb({ '81.2.69.0/24': { city } });
const cityOf = (files: GeoFiles) => openGeoDatabases(files.current.files).find('81.2.69.142')?.city;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-geo-'));
  path = join(folder, 'city.mmdb');
  lines.length = 0;
  await writeFile(path, database('London'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('databases of places', () => {
  it('are read again when their file changed and has settled', async () => {
    const files = await GeoFiles.open([path], logger);
    expect([cityOf(files), files.current.version]).toEqual(['London', 1]);
    await writeFile(join(folder, 'new'), database('Paris, twice as long as the other one'));
    await rename(join(folder, 'new'), path);
    await files.look();
    expect(files.current.version).toBe(1);
    await files.look();
    expect([cityOf(files), files.current.version]).toEqual(['Paris, twice as long as the other one', 2]);
    await files.look();
    expect(files.current.version).toBe(2);
  });

  it('stay in use when the new file is none, or goes', async () => {
    const files = await GeoFiles.open([path], logger);
    await writeFile(path, 'no database');
    await files.look();
    await files.look();
    expect([cityOf(files), files.current.version]).toEqual(['London', 1]);
    await rm(path);
    await files.look();
    expect(cityOf(files)).toBe('London');
    expect(lines.join('')).toContain('stays in use');
  });

  it('must be there and be databases when they are opened', async () => {
    await expect(GeoFiles.open([join(folder, 'absent.mmdb')], logger)).rejects.toThrow('absent.mmdb');
    await writeFile(path, '');
    await expect(GeoFiles.open([path], logger)).rejects.toThrow('city.mmdb');
  });

  it('come with the product', async () => {
    const files = await GeoFiles.open(bundledGeoDatabases(), logger);
    const lookup = openGeoDatabases(files.current.files);
    expect(lookup.find('81.2.69.142')).toMatchObject({ country: 'GB', city: 'London', timeZone: 'Europe/London' });
    expect(lookup.find('2a00:1450:4001:80b::200e')).toMatchObject({ country: 'DE', timeZone: 'Europe/Berlin' });
  });
});
