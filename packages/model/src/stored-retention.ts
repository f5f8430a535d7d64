import { z } from 'zod';
import { SIGNALS } from './ingest-envelope.ts';

/** Rows of a table that are kept equally long. Times are Unix ms. */
const RetentionBand = z.object({
  /** From a row's time on. */
  days: z.int(),
  rows: z.int(),
  oldestMs: z.number(),
  newestMs: z.number(),
  /** When the last of them expires. */
  expiresAtMs: z.number(),
});

/** What one table of a signal really holds of an organization, and for how long, as the database has it: read from the rows, not from the setting. */
export const StoredRetention = z.object({
  signal: z.enum(SIGNALS),
  table: z.string(),
  rows: z.int(),
  oldestMs: z.number().nullable(),
  newestMs: z.number().nullable(),
  /** Ascending by days. Rows keep the days that were set when they came, unless the setting was shortened since. */
  bands: z.array(RetentionBand),
  /** No row is kept for fewer days, whatever is set: 365 for the names of series and their hourly rollups, else 0. */
  daysMin: z.int(),
  /** How many days an expired row may still lie on the disk at most: the database drops files of so many days as a whole. */
  dropDelayDaysMax: z.int(),
});
export type StoredRetention = z.infer<typeof StoredRetention>;

/** What making a signal's retention shorter did to what was stored before. */
export const RetentionShortened = z.object({
  signal: z.enum(SIGNALS),
  days: z.int(),
  tables: z.array(
    z.object({
      table: z.string(),
      /** They were older than the setting allows now, and are gone. */
      rowsDeleted: z.int(),
      /** They came under a shorter setting and expire by it: a longer one prolongs and brings back nothing. */
      rowsUnderShorter: z.int(),
    }),
  ),
});
export type RetentionShortened = z.infer<typeof RetentionShortened>;
