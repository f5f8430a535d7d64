import { describe, expect, it } from 'vitest';
import { importViolations } from './check-imports.ts';

const MANIFESTS = new Map<string, ReadonlySet<string>>([
  ['', new Set(['vitest'])],
  ['apps/api', new Set(['@aegisguard/queue', '@aegisguard/storage', 'fastify'])],
  ['apps/web', new Set(['react'])],
  ['packages/storage', new Set(['@aegisguard/model'])],
  ['packages/testkit', new Set(['@aegisguard/model'])],
]);

function check(path: string, text: string): string[] {
  return importViolations([{ path, text }], MANIFESTS);
}

describe('importViolations', () => {
  it.each([
    ['apps/api/src/ingest/a.ts', "import { x } from '@aegisguard/queue';"],
    ['apps/api/src/ingest/a.ts', "import { x } from '../platform/b.ts';"],
    ['apps/api/src/ingest/a.ts', "import { x } from './b.ts';"],
    ['apps/api/src/ingest/a.ts', "import type { x } from 'fastify';"],
    ['apps/api/src/main.ts', "import { x } from './ingest/a.ts';"],
    ['apps/api/src/ingest/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['apps/web/src/a.tsx', "import { Button } from '@/ui/button';\nimport { useState } from 'react';"],
    ['packages/storage/src/index.ts', "export { x } from './drivers/clickhouse/a.ts';"],
    ['packages/storage/src/a.test.ts', "import { it } from 'vitest';"],
    ['packages/storage/src/a.ts', "// import { x } from '@aegisguard/queue';"],
  ])('allows %s to say %s', (path, text) => {
    expect(check(path, text)).toEqual([]);
  });

  it.each([
    ['packages/storage/src/a.ts', "import { x } from '@aegisguard/queue';", 'query languages, engines and drivers'],
    [
      'packages/storage/src/a.ts',
      "import type { X } from '@aegisguard/queue';",
      'query languages, engines and drivers',
    ],
    ['packages/storage/src/a.ts', "import {\n  x,\n  y,\n} from '@aegisguard/queue';", 'query languages, engines'],
    ['packages/storage/src/a.ts', "export { x } from '@aegisguard/queue';", 'query languages, engines and drivers'],
    ['packages/storage/src/a.ts', "import '@aegisguard/queue';", 'query languages, engines and drivers'],
    ['packages/storage/src/a.ts', `const x = await import(${"'@aegisguard/queue'"});`, 'query languages, engines'],
    ['packages/storage/src/a.ts', "import { x } from '@aegisguard/testkit';", 'query languages, engines and drivers'],
    ['packages/model/src/a.ts', "import { x } from '@aegisguard/config';", 'model holds the words'],
    ['packages/model/src/a.ts', "import { x } from '../../config/src/index.ts';", 'a relative path must stay inside'],
    ['apps/web/src/a.ts', "import { x } from '@aegisguard/storage';", 'the browser gets nothing but'],
    ['apps/launcher/src/a.ts', "import { x } from '@aegisguard/storage';", 'the launcher must stay small'],
    ['apps/api/src/a.ts', "import { x } from '@aegisguard/embedded-postgres';", 'the server gets a database URL'],
    ['apps/api/src/ingest/a.ts', "import { x } from '../query/b.ts';", 'the folders of apps/api are parts'],
    ['apps/api/src/ingest/a.ts', "import { x } from '../app.module.ts';", 'the folders of apps/api are parts'],
    ['apps/api/src/platform/a.ts', "import { x } from '../ingest/b.ts';", 'the folders of apps/api are parts'],
    ['packages/storage/src/drivers/a/x.ts', "import { x } from '../b/y.ts';", 'query languages, engines and drivers'],
    ['packages/storage/src/a.ts', "import { z } from 'zod';", 'zod is not in packages/storage/package.json'],
    ['packages/testkit/src/a.ts', "import { x } from '@aegisguard/embedded-postgres';", 'is not in packages/testkit'],
    ['packages/storage/src/a.test.ts', "import { x } from '@aegisguard/testkit';", 'is not in packages/storage'],
    ['packages/new/src/a.ts', "import 'node:fs';", 'this folder has no row'],
  ])('teaches when %s says %s', (path, text, lesson) => {
    const problems = check(path, text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(lesson);
  });

  it('names the file, the line and the import', () => {
    const text = "import { a } from './a.ts';\n\nimport { x } from '../query/b.ts';";
    expect(check('apps/api/src/ingest/c.ts', text)[0]).toMatch(
      /^apps\/api\/src\/ingest\/c\.ts:3 imports \.\.\/query\/b\.ts: /,
    );
  });
});
