import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ServerIdentity } from './server-identity.ts';

/** The programs of the package that we run. */
export type ProgramName = 'initdb' | 'postgres';

/** How to start a program besides its arguments. */
export interface StartOptions {
  /** Text for its standard input, which is else empty. */
  readonly input?: string;
  /** Out of the terminal's process group, so that Ctrl-C reaches us only and we decide. */
  readonly detached?: boolean;
}

/** Starts PostgreSQL's programs under the decided user, with nothing of our environment. */
export class ServerPrograms {
  readonly #binDir: string;
  readonly #identity: ServerIdentity;
  readonly #env: Record<string, string>;

  constructor(nativeDir: string, identity: ServerIdentity, libraryDirs: readonly string[]) {
    this.#binDir = join(nativeDir, 'bin');
    this.#identity = identity;
    // PATH: initdb runs postgres through /bin/sh. LC_ALL: log lines are read by us, so they must be English.
    this.#env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };
    if (libraryDirs.length > 0) {
      this.#env[process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'] = libraryDirs.join(':');
    }
  }

  /** Whose files the programs make; undefined when ours. */
  get user(): ServerIdentity['user'] {
    return this.#identity.user;
  }

  /** Starts a program; it dies with us where setpriv exists. Its output is piped. */
  start(name: ProgramName, args: readonly string[], options: StartOptions = {}): ChildProcess {
    const program = join(this.#binDir, name);
    const spawnOptions: SpawnOptions = {
      env: this.#env,
      detached: options.detached ?? false,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    };
    const { user, hasSetpriv } = this.#identity;
    const child = hasSetpriv
      ? spawn('setpriv', [...this.#setprivArgs(), '--', program, ...args], spawnOptions)
      : spawn(program, args, user ? { ...spawnOptions, ...user } : spawnOptions);
    // A program that dies early breaks the pipe; its exit code tells more.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
    return child;
  }

  /** Runs a program to its end; throws with what it said when that was not a success. */
  async run(name: ProgramName, args: readonly string[], input?: string): Promise<void> {
    const child = this.start(name, args, input === undefined ? {} : { input });
    const said: string[] = [];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) {
      throw new Error(`${name} of the embedded PostgreSQL failed (exit code ${code}):\n${said.join('').trim()}`);
    }
  }

  /** setpriv becomes the program (execve), so that its pid is the program's. SIGINT is PostgreSQL's fast shutdown. */
  #setprivArgs(): readonly string[] {
    const { user, capability } = this.#identity;
    const args = ['--pdeathsig=INT'];
    if (user) {
      args.push(`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups');
    }
    if (capability) {
      // Without no_setuid_fixup, access(2), which PostgreSQL asks about its own file, would not count the capability.
      args.push('--securebits=+no_setuid_fixup', `--inh-caps=+${capability}`, `--ambient-caps=+${capability}`);
    }
    return args;
  }
}
