// Puts the compiled server and its libraries into a few files, apps/api/bundle: to look for two thousand modules and load them one by one takes a third of the processor time of a start.
// Neither minified nor with other names: stack traces name the functions, and lines of files that can be read.
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE = join(ROOT, 'apps', 'api', 'src');
const COMPILED = join(ROOT, 'apps', 'api', 'dist');
/** Beside the compiled files: from here the same relative paths lead to the same places. */
const BUNDLE = join(ROOT, 'apps', 'api', 'bundle');

const OUTSIDE = [
  // Native code, and libraries that read files of their own.
  /^(?:chdb(?:\/.*)?|snappy|@node-rs\/argon2|pino|@grpc\/grpc-js|@fastify\/(?:static|swagger|swagger-ui))$/,
  // What Nest, ws and others use where it is installed.
  /^(?:pg-native|class-transformer|class-validator|@fastify\/(?:multipart|view)|@nestjs\/(?:microservices|platform-express|websockets)(?:\/.*)?|bufferutil|utf-8-validate)$/,
];

/** The program, and the files that threads begin with. They are looked for in the source: a compiled file may have outlived its own. */
function entries(): Record<string, string> {
  const names = ['main.ts', ...globSync('**/*-thread.ts', { cwd: SOURCE })].map((file) => file.replace(/\.ts$/, ''));
  return Object.fromEntries(names.map((name) => [name, join(COMPILED, `${name}.js`)]));
}

/** What a module finds by its own URL it finds from the bundle, too: it is given the one that it had, or, a module of the server, the same below `bundle`, where the threads are. */
const ownUrls: Plugin = {
  name: 'own-urls',
  transform: {
    filter: { id: { exclude: /\0/ }, code: /\bimport\.meta\.url\b/ },
    handler(code, id) {
      const place = id.startsWith(COMPILED) ? join(BUNDLE, relative(COMPILED, id)) : id;
      const url = `new URL(${JSON.stringify(relative(BUNDLE, place))}, import.meta.url).href`;
      return code.replaceAll(/\bimport\.meta\.url\b/g, url);
    },
  },
  renderChunk(code, { fileName }) {
    if (fileName.includes('/') && code.includes('import.meta.url')) {
      throw new Error(`${fileName} is a folder deeper than the URLs of its modules are told from`);
    }
  },
};

/** CommonJS that asks for its own folder wants a file there. */
const ownFolders: Plugin = {
  name: 'own-folders',
  transform: {
    filter: { id: /\/node_modules\//, code: /\b__dirname\b/ },
    handler(_code, id) {
      throw new Error(`${id} looks for its own folder: leave it outside of the bundle`);
    },
  },
};

const bundle = await rolldown({
  input: entries(),
  platform: 'node',
  external: OUTSIDE,
  plugins: [ownUrls, ownFolders],
  onLog: (_level, { message }) => {
    // Among them what was not found, which would be missed only when it is called.
    throw new Error(message);
  },
});
await bundle.write({ dir: BUNDLE, format: 'esm', keepNames: true, cleanDir: true, chunkFileNames: '[name].js' });
