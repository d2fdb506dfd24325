/**
 * Makes what is generated and not committed: the message functions (paraglide) and Kit's types.
 * Runs before build, type check and tests: `npm ci` deletes Kit's generated tsconfig.
 */
import { spawnSync } from 'node:child_process';
import { compile } from '@inlang/paraglide-js';

await compile({
  project: './project.inlang',
  outdir: './src/paraglide',
  // The address decides the language; hooks.server.ts tells it to the message functions.
  strategy: ['baseLocale'],
});
const sync = spawnSync(process.execPath, ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], {
  stdio: 'inherit',
});
process.exit(sync.status ?? 1);
