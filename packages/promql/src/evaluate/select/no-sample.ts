/** No sample, where an index of one is expected. */
export const NO_SAMPLE = -1;
