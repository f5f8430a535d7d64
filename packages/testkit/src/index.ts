export { suitePath } from './suite-path.ts';
