import { userInfo } from 'node:os';
import path from 'node:path';

/**
 * Where this person's log is: in their own folder or, where IT names another one (empty for none), in one
 * of their own in there. Two people's apps on one machine must not turn over the same files.
 */
export function logFolder(named: string, own: string, person: string = whoRuns()): string {
  if (named === '') return own;
  return path.join(named, person.replaceAll(/^\.+|[^\p{L}\p{N}._@-]/gu, '_'));
}

/** The name of the person, or their number where the system has no name for it. */
function whoRuns(): string {
  try {
    return userInfo().username;
  } catch {
    // Node throws for somebody without an entry among the system's users.
    return String(process.getuid?.() ?? 'unknown');
  }
}
