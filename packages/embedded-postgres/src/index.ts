export type { NativePackage } from './native-package.ts';
export type { ProcessExit } from './postmaster.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts';
