/** How long a load test keeps on: as long as `AEGIS_TEST_LOAD_SECONDS` says, else what a run of all tests has time for. */
export function loadSeconds(usual: number): number {
  const given = process.env.AEGIS_TEST_LOAD_SECONDS;
  return given === undefined ? usual : Number(given);
}
