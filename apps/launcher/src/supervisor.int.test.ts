import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv } from '@aegisguard/config';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Supervisor, type SupervisorEvent, type SupervisorPatience } from './supervisor.ts';

const PATIENCE: SupervisorPatience = {
  tickMs: 20,
  startSilenceMs: 20_000,
  silenceMs: 3000,
  drainMs: 20_000,
  stableMs: 30_000,
};
// What a healthy server does: heartbeats, and an end when its launcher is gone or asks for it.
const HEALTHY = `
  setInterval(() => process.send?.({ type: 'heartbeat' }), 50);
  process.once('disconnect', () => process.exit(0));
  process.once('SIGTERM', () => process.exit(0));
  process.send({ type: 'ready' });`;

let folder = '';
let running: Supervisor[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aegis-supervisor-'));
});
afterEach(async () => {
  for (const supervisor of running) {
    supervisor.stop();
    supervisor.stop();
    await supervisor.ended;
  }
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

class Observed extends EventEmitter {
  readonly events: SupervisorEvent[] = [];
  readonly supervisor: Supervisor;

  constructor(script: string, patience: Partial<SupervisorPatience> = {}) {
    super();
    const path = join(folder, 'child.mjs');
    writeFileSync(path, script);
    this.supervisor = new Supervisor(
      () => ({ command: process.execPath, args: [path, folder], env: processEnv() }),
      (event) => {
        this.events.push(event);
        this.emit('event');
      },
      { ...PATIENCE, ...patience },
    );
    running.push(this.supervisor);
    this.supervisor.start();
  }

  /** Waits until `count` events of the type have happened; returns them. */
  async seen<T extends SupervisorEvent['type']>(type: T, count = 1): Promise<Extract<SupervisorEvent, { type: T }>[]> {
    const isWanted = (event: SupervisorEvent): event is Extract<SupervisorEvent, { type: T }> => event.type === type;
    while (this.events.filter(isWanted).length < count) await once(this, 'event');
    return this.events.filter(isWanted);
  }

  types(): string[] {
    return this.events.map((event) => event.type);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function isGone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid)).toBe(false);
}

describe('Supervisor', () => {
  it('restarts a child that crashes, with growing pauses', async () => {
    const observed = new Observed('process.exit(3)');
    const crashes = await observed.seen('crashed', 3);
    expect(crashes.map((crash) => crash.restartInMs)).toEqual([200, 400, 800]);
    expect(crashes[0]?.how).toBe('ended with exit code 3');
    observed.supervisor.stop();
    expect(await observed.supervisor.ended).toBe(0);
    expect(await observed.seen('spawned', 3)).toHaveLength(3);
  });

  it('counts a crash after a stable time as a first one', async () => {
    const observed = new Observed(`process.send({ type: 'ready' }); setTimeout(() => process.exit(1), 1500);`, {
      stableMs: 40,
    });
    const crashes = await observed.seen('crashed', 2);
    expect(crashes.map((crash) => crash.restartInMs)).toEqual([200, 200]);
  });

  it('restarts a server that ends without being asked, even politely', async () => {
    const observed = new Observed('process.exit(0)');
    expect((await observed.seen('crashed'))[0]?.how).toBe('ended with exit code 0');
  });

  it('gives up after exit code 78', async () => {
    const observed = new Observed('process.exit(78)');
    expect(await observed.supervisor.ended).toBe(78);
    expect(observed.types()).toEqual(['spawned']);
  });

  it('says when the program cannot be started, and tries again', async () => {
    const events: SupervisorEvent[] = [];
    const failed = Promise.withResolvers<void>();
    const supervisor = new Supervisor(
      () => ({ command: join(folder, 'no-such-program'), args: [], env: {} }),
      (event) => {
        events.push(event);
        if (events.length === 2) failed.resolve();
      },
      PATIENCE,
    );
    running.push(supervisor);
    supervisor.start();
    await failed.promise;
    expect(events).toMatchObject([
      { type: 'crashed', how: expect.stringContaining('ENOENT'), restartInMs: 200 },
      { type: 'crashed', restartInMs: 400 },
    ]);
  });

  it('passes on the steps of a start', async () => {
    const observed = new Observed(`process.send({ type: 'starting', step: 'opening the queue' });${HEALTHY}`);
    expect((await observed.seen('step'))[0]?.step).toBe('opening the queue');
    await observed.seen('ready');
    expect(observed.types()).toEqual(['spawned', 'step', 'ready']);
  });

  it.each([
    ['is in an endless loop', `${HEALTHY} setTimeout(() => { for (;;); }, 100);`],
    ['stops sending heartbeats', `process.send({ type: 'ready' }); setInterval(() => {}, 1000);`],
  ])('kills and restarts a child that %s', async (_, script) => {
    const observed = new Observed(script);
    const crashes = await observed.seen('crashed');
    expect(observed.types()).toContain('silent');
    expect(crashes[0]?.how).toBe('was ended by SIGKILL');
    const spawned = await observed.seen('spawned', 2);
    expect(spawned[1]?.pid).not.toBe(spawned[0]?.pid);
  });

  it('kills and restarts a child that the system has stopped', async () => {
    const observed = new Observed(HEALTHY);
    const [first] = await observed.seen('spawned');
    await observed.seen('ready');
    process.kill(first?.pid ?? 0, 'SIGSTOP');
    await observed.seen('crashed');
    expect(observed.types()).toContain('silent');
    await observed.seen('ready', 2);
  });

  it('kills a child that shows no sign of life while starting', async () => {
    const observed = new Observed('setInterval(() => {}, 1000);', { startSilenceMs: 300 });
    await observed.seen('silent');
    await observed.seen('crashed');
  });

  it('lets the child drain on stop', async () => {
    const observed = new Observed(`
      import { writeFileSync } from 'node:fs';
      process.once('SIGTERM', () => setTimeout(() => { writeFileSync(process.argv[2] + '/drained', ''); process.exit(0); }, 200));
      setInterval(() => process.send({ type: 'heartbeat' }), 50);
      process.send({ type: 'ready' });`);
    await observed.seen('ready');
    observed.supervisor.stop();
    expect(await observed.supervisor.ended).toBe(0);
    expect(existsSync(join(folder, 'drained'))).toBe(true);
    expect(observed.types()).toEqual(['spawned', 'ready']);
  });

  const DEAF = `${HEALTHY} process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => {});`;

  it('kills a child that does not finish draining', async () => {
    const observed = new Observed(DEAF, { drainMs: 200 });
    await observed.seen('ready');
    observed.supervisor.stop();
    expect(await observed.supervisor.ended).toBe(0);
    expect(observed.types()).toContain('drain-timeout');
  });

  it('kills at once when asked to stop a second time', async () => {
    const observed = new Observed(DEAF);
    await observed.seen('ready');
    observed.supervisor.stop();
    observed.supervisor.stop();
    expect(await observed.supervisor.ended).toBe(0);
    expect(observed.types()).not.toContain('drain-timeout');
  });

  it('starts a new child without a pause when renewed', async () => {
    const observed = new Observed(HEALTHY);
    await observed.seen('ready');
    observed.supervisor.renew();
    await observed.seen('ready', 2);
    expect(observed.types()).toEqual(['spawned', 'ready', 'spawned', 'ready']);
  });

  it('leaves nothing behind that the child has started', async () => {
    const observed = new Observed(`
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const grandchild = spawn('sleep', ['600'], { stdio: 'ignore' });
      writeFileSync(process.argv[2] + '/pid', String(grandchild.pid));
      process.send({ type: 'ready' });
      process.kill(process.pid, 'SIGKILL');`);
    await observed.seen('crashed');
    await isGone(Number(readFileSync(join(folder, 'pid'), 'utf8')));
  });

  it('leaves no orphan when the launcher itself is killed', async () => {
    const launcher = startLauncher(HEALTHY, 'ignore');
    const pid = await new Promise<number>((resolve) => {
      let spawned = 0;
      launcher.on('message', (event: SupervisorEvent) => {
        if (event.type === 'spawned') spawned = event.pid;
        if (event.type === 'ready') resolve(spawned);
      });
    });
    expect(isAlive(pid)).toBe(true);
    launcher.kill('SIGKILL');
    await isGone(pid);
  });

  it('keeps its own input from the child, whose engine would take it for rows of an INSERT', async () => {
    writeFileSync(join(folder, 'input'), 'rows');
    const input = openSync(join(folder, 'input'), 'r');
    onTestFinished(() => closeSync(input));
    const launcher = startLauncher(
      `import { readFileSync } from 'node:fs';
       process.exit(readFileSync(0).length === 0 ? 3 : 4);`,
      input,
    );
    onTestFinished(() => void launcher.kill('SIGKILL'));
    const how = await new Promise<string>((resolve) => {
      launcher.on('message', (event: SupervisorEvent) => {
        if (event.type === 'crashed') resolve(event.how);
      });
    });
    expect(how).toBe('ended with exit code 3');
  });
});

/** A process of its own with a supervisor, which tells what happens. */
function startLauncher(child: string, input: 'ignore' | number): ChildProcess {
  writeFileSync(join(folder, 'child.mjs'), child);
  const source = new URL('./supervisor.ts', import.meta.url).href;
  writeFileSync(
    join(folder, 'launcher.mjs'),
    `import { Supervisor } from ${JSON.stringify(source)};
     const command = { command: process.execPath, args: [${JSON.stringify(join(folder, 'child.mjs'))}], env: process.env };
     new Supervisor(() => command, (event) => process.send(event)).start();`,
  );
  return spawn(process.execPath, ['--conditions=@aegisguard/source', join(folder, 'launcher.mjs')], {
    stdio: [input, 'inherit', 'inherit', 'ipc'],
  });
}
