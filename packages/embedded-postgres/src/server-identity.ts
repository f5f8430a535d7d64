import { execFile } from 'node:child_process';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** The user that the server runs as, and how it is made to be. */
export interface ServerIdentity {
  /** Set when this process is root, as which PostgreSQL refuses to run. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
  /** util-linux's setpriv is there. */
  readonly hasSetpriv: boolean;
  /** The user cannot reach the files by itself and is given this Linux capability for it. */
  readonly capability: 'dac_read_search' | 'dac_override' | undefined;
}

const run = promisify(execFile);

/** Bits of `CapPrm` in /proc/self/status. https://github.com/torvalds/linux/blob/master/include/uapi/linux/capability.h */
const CAPABILITY_BITS = { dac_override: 1n << 1n, dac_read_search: 1n << 2n, setpcap: 1n << 8n } as const;

/**
 * Decides who the server runs as. An ordinary user runs it itself. Root gives it to the owner of the cluster, when there is one already, else to `postgres`, else to `nobody`.
 *
 * That user must be able to reach the programs and the data. Below a private directory, as root's home is, it cannot; it then gets the capability to pass through (and, where the
 * programs are private files too, to run them), rather than that we loosen someone's directory or scatter copies over the machine. The server process then reads files like its
 * parent, which is root, can: tolerable because nobody can log in as the database's superuser (see `initializeCluster`).
 */
export async function decideIdentity(clusterDir: string, programs: readonly string[]): Promise<ServerIdentity> {
  const hasSetpriv = await run('setpriv', ['--pdeathsig=clear', 'true']).then(
    () => true,
    () => false,
  );
  if (process.getuid?.() !== 0) {
    return { user: undefined, hasSetpriv, capability: undefined };
  }
  const user = (await ownerOf(clusterDir)) ?? (await unprivilegedUser());
  const canPass = await Promise.all([dirname(clusterDir), ...programs.map(dirname)].map((dir) => canSearch(dir, user)));
  const canRun = await Promise.all(programs.map((program) => hasAccess(program, 0o5, user)));
  if (canPass.every(Boolean) && canRun.every(Boolean)) {
    return { user, hasSetpriv, capability: undefined };
  }
  const capability = hasSetpriv ? await findCapability(canRun.every(Boolean)) : undefined;
  if (capability === undefined) {
    throw new Error(
      `Root cannot run PostgreSQL itself, and uid ${user.uid}, under which it would run it, cannot reach ${clusterDir} or ${programs.join(', ')}. ` +
        'Run as an ordinary user, or move the checkout and AEGIS_DATA_DIR out of private directories, for example below /srv.',
    );
  }
  return { user, hasSetpriv, capability };
}

/** The least capability that helps and that we may hand on; changing how it is inherited takes CAP_SETPCAP. */
async function findCapability(programsArePublic: boolean): Promise<ServerIdentity['capability']> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  const has = (name: keyof typeof CAPABILITY_BITS) => (permitted & CAPABILITY_BITS[name]) !== 0n;
  if (!has('setpcap')) {
    return undefined;
  }
  if (programsArePublic && has('dac_read_search')) {
    return 'dac_read_search';
  }
  return has('dac_override') ? 'dac_override' : undefined;
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const passwd = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = passwd.find(([name]) => name === wanted) ?? [];
    if (uid !== undefined && gid !== undefined && Number(uid) > 0) {
      return { uid: Number(uid), gid: Number(gid) };
    }
  }
  throw new Error(
    'Root cannot run PostgreSQL itself, and there is neither a user "postgres" nor "nobody" to run it as.',
  );
}

/** Whether the user may pass through the directory and all above it; access control lists are not looked at. */
async function canSearch(dir: string, user: { uid: number; gid: number }): Promise<boolean> {
  let path = await realpath(dir);
  while (await hasAccess(path, 0o1, user)) {
    const parent = dirname(path);
    if (parent === path) {
      return true;
    }
    path = parent;
  }
  return false;
}

/** Whether the permission bits of the file itself give the user all of `wanted` (4 read, 2 write, 1 execute or search). */
async function hasAccess(path: string, wanted: number, user: { uid: number; gid: number }): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const granted = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
  return (granted & wanted) === wanted;
}
