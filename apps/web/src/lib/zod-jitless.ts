import { config } from 'zod';

// zod compiles object schemas with `new Function` where it may; the content security policy forbids that and would report the attempt. Must be imported before
// anything that makes a schema.
config({ jitless: true });
