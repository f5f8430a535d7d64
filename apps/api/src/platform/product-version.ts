import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

/** The product's version, as `GET /health` and the OpenAPI document say it. */
export const PRODUCT_VERSION = manifest.version;
