/** The groups of routes in the order of the documentation, each in a sentence. */
export const TAGS: Readonly<Record<string, string>> = {
  Sending:
    'Telemetry, in the five protocols. Who sends shows it with a key: by a signature, a token or an allow-listed origin.',
  Queries: 'Reading telemetry, as a person or with a query token.',
  Logs: 'Logs of the organization: by LogQL, counted, compared, exported, and live. Times are RFC 3339, unix time, or such as `now-1h`.',
  Services: 'Services of the organization as their spans show them: rate, errors, durations, and who calls whom.',
  Prometheus:
    'Prometheus’s HTTP API over the organization’s metrics, for Grafana and other clients. Errors are Prometheus’s, too.',
  Loki: 'Loki’s HTTP API over the organization’s logs, for Grafana and other clients. Errors are plain texts, as Loki’s are.',
  Tempo:
    'Tempo’s HTTP API over the organization’s traces, for Grafana and other clients. Errors are plain texts, as Tempo’s are.',
  'What comes in': 'What was taken, what was refused and why, and batches that could not be processed.',
  Privacy: 'What is done with personal data and secrets in telemetry, and what was found.',
  'Log pipelines':
    'What is done with logs before they are stored: parse, change, drop, sample; and how long some are kept.',
  'Trace sampling': 'Which traces are kept once they are old enough to be judged.',
  'Signing in': 'Sessions and one’s own account. The refresh token is a cookie that no script can read.',
  'Second factors': 'One-time codes, recovery codes and passkeys.',
  'Single sign-on': 'The identity provider of an organization (OpenID Connect).',
  Organization: 'Organizations, their settings, and their erasure.',
  'People and roles': 'Who belongs to an organization, and what they may do.',
  'API keys': 'Keys with which programs send and read.',
  'Audit log': 'Every mutation, in a chain of hashes.',
  'Security events': 'What the organization’s own systems and this platform noticed.',
  Dashboards: 'Panels of queries on a grid, with variables; every change is kept as a version.',
  'Recording rules': 'Queries that are evaluated again and again, and whose results are stored as metrics.',
  'Saved views': 'Pages with their query, saved under a name.',
  'This installation': 'Whether the server lives and works, and what it can do.',
};
