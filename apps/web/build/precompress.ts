import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Below this a compressed copy saves less than one packet. */
const WORTHWHILE_BYTES = 1400;

/**
 * Puts a `.br` and a `.gz` beside every script and style sheet, so that the server compresses nothing while people wait. From the files as they were written: other
 * plugins still change chunks when the bundle is generated.
 */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        const path = join(dir, fileName);
        const bytes = /\.(?:js|css)$/.test(fileName) ? readFileSync(path) : Buffer.alloc(0);
        if (bytes.length >= WORTHWHILE_BYTES) {
          const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
          writeFileSync(`${path}.br`, brotliCompressSync(bytes, quality));
          writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        }
      }
    },
  };
}
