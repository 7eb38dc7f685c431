// The built app with its own command line. Only the app writes to standard output.
import { build, isBuilt } from './build.ts';
import { electronCommand } from './electron.ts';
import { passThrough } from './pass-through.mjs';

if (isBuilt() || (await build())) {
  const { command, args, env } = electronCommand(process.argv.slice(2));
  process.exitCode = await passThrough(command, args, { env });
} else {
  process.exitCode = 1;
}
