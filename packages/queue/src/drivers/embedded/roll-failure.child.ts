// Run by tests as a process of its own: has a segment's successor fail and appends on, then dies.
//
//   roll-failure.child.ts <directory> <user id>
//
// Permissions say nothing to root, so it becomes the given user, who must own the directory.
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { openEmbeddedQueue } from './embedded-queue.ts';
import { fileNameOf } from './file-name.ts';

const [, , directory = '', user = ''] = process.argv;
const STREAM = 'logs:raw';

if (process.getuid?.() === 0) {
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
const queue = await openEmbeddedQueue({
  directory,
  segmentBytesMax: 1000,
  logger: { info: () => undefined, warn: (_, text) => process.stdout.write(`warning ${text}\n`) },
});

async function append(headers: string, bytes: number): Promise<void> {
  const outcome = await queue.append(STREAM, { lane: '', headers, body: new Uint8Array(bytes) }).then(
    () => 'appended',
    (error: Error) => `refused (${error.message})`,
  );
  process.stdout.write(`${outcome} ${headers}\n`);
}

await append('first', 100);
const folder = join(directory, fileNameOf(STREAM));
// Files can be made in it and renamed, but it cannot be opened to make that durable.
await chmod(folder, 0o300);
await append('large', 2000);
await chmod(folder, 0o700);
// These fit into the first segment.
await append('second', 100);
await append('third', 100);
process.kill(process.pid, 'SIGKILL');
