/** The environment cannot be used. Holds every problem, so that one run shows all of them; the texts never contain a secret. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const heading = problems.length === 1 ? 'The configuration has a problem:' : 'The configuration has problems:';
    super([heading, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
