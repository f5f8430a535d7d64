import { z } from 'zod';

/** A place that held something of a deleted organization, and what became of it. */
export const ErasureStep = z.object({
  /** `queue:<stream>` and `dead-letters:<stream>` (messages), `table:<table>` (rows), `log-metrics` (series whose totals are kept), `replaced-files` (rows, of any organization, in files that the erased ones lay in). */
  what: z.string(),
  /** How much was there: what was counted first, and what was found in addition while the erasure went on. What came in between a count and its deletion went uncounted. */
  rowsBefore: z.int().min(0),
  /** How much was there when it was last counted; 0 in the end. */
  rowsAfter: z.int().min(0),
  /** When it was found to be empty; null while that is to be done, and again when something came in. */
  finishedAt: z.iso.datetime().nullable(),
});
export type ErasureStep = z.infer<typeof ErasureStep>;

/** How far the erasure of an organization's telemetry has come, and in the end the proof of it. Plain data: it is stored, and an erasure that was cut off goes on from it. */
export const ErasureReport = z.object({
  startedAt: z.iso.datetime(),
  /** When everything had been counted as 0 after the last writer was through, and the replaced files were off the disk; null until then. */
  finishedAt: z.iso.datetime().nullable(),
  steps: z.array(ErasureStep),
});
export type ErasureReport = z.infer<typeof ErasureReport>;

/** How far an erasure is, 0 to 1: by steps, for nobody knows how long each takes. */
export function erasureProgress({ finishedAt, steps }: ErasureReport): number {
  const done = steps.filter((step) => step.finishedAt !== null).length;
  return finishedAt === null ? Math.min(0.99, done / Math.max(1, steps.length)) : 1;
}
