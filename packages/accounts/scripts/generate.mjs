// Writes the Prisma client (src/generated, not in git) when the schema or Prisma itself has changed since; `--check` only answers by its exit code whether that is needed. Works without a
// network: `generate` needs no schema engine, yet the CLI would download one unless PRISMA_SCHEMA_ENGINE_BINARY names a file (package.json sets it; the file is never run).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const schema = join(root, 'prisma', 'schema.prisma');
const output = join(root, 'src', 'generated');
const stamp = join(output, '.made-from');

const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
const { version, bin } = JSON.parse(readFileSync(manifest, 'utf8'));
const wanted = createHash('sha256').update(version).update(readFileSync(schema)).digest('hex');
const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

if (process.argv.includes('--check')) {
  process.exitCode = isCurrent ? 0 : 1;
} else if (!isCurrent) {
  rmSync(output, { recursive: true, force: true });
  const cli = join(dirname(manifest), bin.prisma);
  const run = spawnSync(process.execPath, [cli, 'generate', '--schema', schema], { cwd: root, encoding: 'utf8' });
  if (run.status === 0) {
    writeFileSync(stamp, wanted);
  } else {
    process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}\n`);
    process.exitCode = 1;
  }
}
