// What the running app is asked by its control socket, as a command asks it, but without a process of its own.
import path from 'node:path';
import * as z from 'zod';
import { ALL_RESULTS } from '../../main/results/filter.ts';
import { type Receipt, receiptSchema } from '../../main/results/receipt.ts';
import { createReceipts } from '../../main/results/receipts.ts';
import { type SettingsReport, settingsReportSchema } from '../../main/settings/report.ts';
import { findRunningApp } from '../../main/shell/cli/control-client.ts';
import {
  type ControlRequest,
  type SignInReply,
  signInReplySchema,
  type SignOffCommand,
} from '../../main/shell/cli/protocol.ts';
import { knownControlEndpoint } from '../../main/shell/cli/control-endpoint.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { ACCOUNT } from './account.ts';
import { machineDirOf } from './machine-dir.ts';
import { heldReply, type RunningStatus, statusReply } from './commands.ts';

/** The result of what the app on this data folder is asked; rejects if it refuses, or none runs. */
async function ask(dataDir: string, request: ControlRequest): Promise<unknown> {
  return askAt(machineDirOf(dataDir), request);
}

async function askAt(machineDir: string, request: ControlRequest): Promise<unknown> {
  const app = await findRunningApp(knownControlEndpoint(machineDir));
  if (app === null) throw new Error('Signoff is not running.');
  const reply = await app.request(request);
  if (!reply.ok) throw new Error(reply.problems.join('\n'));
  return reply.result;
}

/** Hands a session in; resolves with the id it is held under. */
export async function hold(dataDir: string, session: object): Promise<string> {
  const text = JSON.stringify(session);
  return heldReply.parse(await ask(dataDir, { command: 'hold', text })).id;
}

export async function status(dataDir: string): Promise<RunningStatus> {
  return statusReply.parse(await ask(dataDir, { command: 'status' }));
}

/** All that the app on this machine's folder says of itself. */
export function askStatus(machineDir: string): Promise<unknown> {
  return askAt(machineDir, { command: 'status' });
}

/** Every setting, as it counts in the running app. */
export async function settingsReport(dataDir: string): Promise<SettingsReport> {
  return settingsReportSchema.parse(await ask(dataDir, { command: 'policy' }));
}

/** Has all that is held signed off. */
export async function askToSignOff(
  dataDir: string,
  how: Partial<Pick<SignOffCommand, 'force' | 'budgetMs'>> = {},
): Promise<Receipt[]> {
  const { force = false, budgetMs = null } = how;
  const asked = await ask(dataDir, { command: 'sign-off', ids: 'all', force, budgetMs });
  return z.array(receiptSchema).parse(asked);
}

/** Signs the account's agent in at this site. */
export async function askToSignIn(
  dataDir: string,
  { url }: PracticeServer,
  how: Partial<Record<'available' | 'takeOver' | 'remember', boolean>> = {},
): Promise<SignInReply> {
  const { userName, accountId, password } = ACCOUNT;
  const { available = false, takeOver = false, remember = false } = how;
  const who = { site: url, userName, accountId, password };
  const asked = { command: 'sign-in', ...who, available, takeOver, remember } as const;
  return signInReplySchema.parse(await ask(dataDir, asked));
}

export async function askToSetActivity(dataDir: string, available: boolean): Promise<void> {
  await ask(dataDir, { command: 'set-activity', available, reason: null });
}

/** Has it quit; resolves when nothing keeps it any more. */
export async function askToQuit(dataDir: string): Promise<void> {
  await ask(dataDir, { command: 'quit' });
}

/** The newest receipts on its disk first. */
export async function results(dataDir: string): Promise<readonly Receipt[]> {
  const receipts = createReceipts(path.join(dataDir, 'receipts'), Date.now);
  const { receipts: newest } = await receipts.page({
    after: null,
    limit: 20,
    filter: ALL_RESULTS,
  });
  return newest;
}
