import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, loadEnv } from 'vite';
import { firstChunk } from './build/first-chunk.ts';
import { firstLoadBudget } from './build/first-load-budget.ts';
import { fontPreload } from './build/font-preload.ts';
import { precompress } from './build/precompress.ts';
import { guideModules } from './build/read-guide.ts';
import { themeScript } from './build/theme-script.ts';

/** Paths that the API answers; everything else in development is this application. */
const API_PATHS = [
  '/auth',
  '/query',
  '/ingest/',
  '/apikeys',
  '/organization',
  '/log-pipelines',
  '/dashboards',
  '/privacy/',
  '/prometheus/',
  '/v1',
  '/health',
  '/docs',
  '/openapi.json',
];

export default defineConfig(({ mode }) => {
  const { AEGIS_PORT = '8080' } = loadEnv(mode, import.meta.dirname, 'AEGIS_');
  return {
    plugins: [
      react(),
      tailwindcss(),
      guideModules(),
      themeScript(),
      fontPreload(),
      precompress(),
      firstLoadBudget({ limitBytes: 250_000 }),
    ],
    // The packages are read as source, so that a change there needs no build here.
    resolve: { conditions: ['@aegisguard/source', ...defaultClientConditions] },
    server: {
      port: 5173,
      proxy: Object.fromEntries(API_PATHS.map((path) => [path, `http://127.0.0.1:${AEGIS_PORT}`])),
    },
    build: {
      target: 'es2023',
      // Assets stay files: the content security policy allows no data: fonts, and hashed files cache for good.
      assetsInlineLimit: 0,
      // What a page may weigh is firstLoadBudget's business.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstChunk }] } } },
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  };
});
