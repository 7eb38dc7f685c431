import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { ended, whileRunning } from '../support/ended.ts';
import type { After } from './signoff.ts';

/** What a desktop shows of an app's notifications. */
export interface NotificationDaemon {
  /** The titles, in the order in which they came. */
  readonly titles: readonly string[];
  /** Clicks on the one with that title. */
  click(title: string): Promise<void>;
}

/** Puts a notification daemon, as python3-dbusmock plays it, on the session bus. */
export async function startNotificationDaemon(
  after: After = onTestFinished,
): Promise<NotificationDaemon> {
  const daemon = spawn(
    '/usr/bin/python3',
    [
      '-m',
      'dbusmock',
      '--session',
      '--template',
      'notification_daemon',
      '--parameters',
      // Without actions an app takes it that nobody can click.
      JSON.stringify({ capabilities: 'body actions' }),
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  after(() => ended(daemon));
  const titles: string[] = [];
  createInterface({ input: daemon.stdout }).on('line', (line) => {
    // Notify "app" id "icon" "title" "body" …
    const title = / Notify "[^"]*" \d+ "[^"]*" "([^"]*)"/.exec(line)?.[1];
    if (title !== undefined) titles.push(title);
  });
  const named = promisify(execFile)('gdbus', [
    'wait',
    '--session',
    'org.freedesktop.Notifications',
  ]);
  await whileRunning(daemon, named);
  return {
    titles,
    async click(title) {
      // The daemon numbers them from one on.
      const clicked = `[<uint32 ${titles.indexOf(title) + 1}>, <'default'>]`;
      const signal = ['org.freedesktop.Notifications', 'ActionInvoked', 'us', clicked];
      const daemonAt = [
        '-d',
        'org.freedesktop.Notifications',
        '-o',
        '/org/freedesktop/Notifications',
      ];
      const emit = [...daemonAt, '-m', 'org.freedesktop.DBus.Mock.EmitSignal', '--', ...signal];
      await promisify(execFile)('gdbus', ['call', '--session', ...emit]);
    },
  };
}
