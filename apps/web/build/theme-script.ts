import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const SOURCE = 'src/theme-boot.js';

/**
 * Carries the script that chooses the theme before the first paint into the build as a hashed asset. Vite bundles only modules, which run after the page is parsed;
 * this one must be a classic script, and a file, since the content security policy allows none inline.
 */
export function themeScript(): Plugin {
  const code = readFileSync(new URL(`../${SOURCE}`, import.meta.url), 'utf8').replaceAll(/^\s*\/\/.*\n/gm, '');
  const fileName = `assets/theme-${createHash('sha256').update(code).digest('base64url').slice(0, 8)}.js`;
  return {
    name: 'theme-script',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: code });
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(`/${SOURCE}`, `/${fileName}`),
    },
  };
}
