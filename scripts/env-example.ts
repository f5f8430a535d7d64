// Writes .env.example from the configuration schema; its test (packages/config/src/env-example.test.ts) compares.
import { writeFileSync } from 'node:fs';
import { renderEnvExample } from '@aegisguard/config';

writeFileSync(new URL('../.env.example', import.meta.url), renderEnvExample());
