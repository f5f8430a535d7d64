import { EnvSchema, VARIABLE_NOTES } from './variables.ts';

/** The text of `.env.example`: every variable with its sentence and default, commented out. */
export function renderEnvExample(): string {
  const lines = [
    '# Generated from packages/config/src/variables.ts: npm run env-example. Do not edit.',
    '# Every variable is optional on embedded engines. The program reads the environment, not this file:',
    '# set -a; . ./.env; set +a; npm start',
  ];
  let group = '';
  for (const [name, schema] of Object.entries(EnvSchema.shape)) {
    const note = VARIABLE_NOTES.get(schema);
    if (note === undefined) throw new Error(`${name} has no note in variables.ts`);
    if (note.group !== group) {
      group = note.group;
      lines.push('', `## ${group}`);
    }
    lines.push(`# ${note.text}`, `# ${name}=${note.shownDefault ?? ''}`);
  }
  return `${lines.join('\n')}\n`;
}
