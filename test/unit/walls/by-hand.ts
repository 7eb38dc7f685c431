import type { Probe } from './probe.ts';

/** The walls that matter most, as the house plan has them, whatever the table says. */
export const byHand: readonly Probe[] = [
  // Rooms know those below them only.
  no('main/fleet/x.ts', "import { ghostTime } from '../presence/presence.ts';"),
  no('main/fleet/x.ts', "import type { Presence } from '../presence/presence.ts';"),
  no('main/chat/x.ts', "import type { Vault } from '../sessions/vault.ts';"),
  no('main/sessions/x.ts', "import { reply } from '../chat/reply.ts';"),
  no('main/common/x.ts', "import type { Chat } from '../chat/chat.ts';"),
  no('main/common/x.ts', "import got from 'got';"),
  no('main/results/x.ts', "import { codeOf } from '../chat/call-end.ts';"),
  no('main/signoff/x.ts', "import type { Presence } from '../presence/presence.ts';"),
  no('main/settings/policy/x.ts', "import type { Vault } from '../../sessions/vault.ts';"),
  yes('main/results/x.ts', "import type { CallTimes } from '../chat/call-end.ts';"),
  yes('main/signoff/x.ts', "import { codeOf } from '../chat/call-end.ts';"),
  yes('main/chat/x.ts', "import { backoff } from '../common/backoff.ts';"),
  yes('main/settings/policy/x.ts', "import { readValues } from '../read-values.ts';"),

  // Nobody knows what joins the parts.
  no('main/signin/x.ts', "import { work } from '../app/work.ts';"),
  no('main/signin/x.ts', "import type { Work } from '../app/work.ts';"),
  no('main/shell/cli/x.ts', "import type { App } from '../../app.ts';"),
  no('main/shell/cli/x.ts', "import { runCommands } from '../../commands.ts';"),
  no('main/bridge/x.ts', "import '../main.ts';"),
  no('main/bridge/x.ts', "export const late = import('../main.ts');"),
  no('main/app/x.ts', "import '../main.ts';"),

  // Only the app builds parts.
  no('main/signin/x.ts', "import { createCoordinator } from '../signoff/coordinator.ts';"),
  no('main/signin/x.ts', "import { createVault as vault } from '../sessions/vault.ts';"),
  no('main/signin/x.ts', "import * as vaults from '../sessions/vault.ts';"),
  no('main/signin/x.ts', "export * from '../sessions/vault.ts';"),
  no('main/signin/x.ts', "export { createVault } from '../sessions/vault.ts';"),
  no('main/signin/x.ts', "export const late = import('../sessions/vault.ts');"),
  no('main/shell/cli/x.ts', "import { openLogFile } from '../log-file.ts';"),
  yes('main/signin/x.ts', "import { createListeners } from '../common/listeners.ts';"),
  yes('main/signin/x.ts', "import type { createVault } from '../sessions/vault.ts';"),
  yes('main/signin/x.ts', "import { createSession } from './create-session.ts';"),
  yes('main/app/work.ts', "import { createVault } from '../sessions/vault.ts';"),

  // What does not need Electron does not see it.
  no('main/app/work.ts', "import { app } from 'electron';"),
  no('main/app/work.ts', "import type { App } from 'electron';"),
  no('main/app/work.ts', "import { listenForLeaving } from '../lifecycle/electron-events.ts';"),
  no('main/app/work.ts', "import { osCipher } from '../shell/os-cipher.ts';"),
  no('main/app/work.ts', "import { face } from './face.ts';"),
  no('main/lifecycle/x.ts', "import { app } from 'electron';"),
  no('main/settings/x.ts', "import Store from 'electron-store';"),
  no('simulator/x.ts', "import { app } from 'electron';"),
  no('simulator/x.ts', "import type { CallEnd } from '../main/chat/call-end.ts';"),
  no('renderer/parts/x.tsx', "import { ipcRenderer } from 'electron';"),
  no('renderer/parts/x.tsx', "import path from 'node:path';"),

  // Between the two ends of the bridge there is the contract.
  no('renderer/sessions/x.tsx', "import type { Vault } from '../../main/sessions/vault.ts';"),
  no('renderer/sessions/x.tsx', "import { mask } from '../../main/common/redact.ts';"),
  no('renderer/sessions/x.tsx', "import { calls } from '../../preload/contract.ts';"),
  no('renderer/sessions/x.tsx', "import { type State } from '../../preload/contract.ts';"),
  no('renderer/sessions/x.tsx', "import { findBridge } from '../bridge.ts';"),
  no('renderer/hooks/x.ts', "import type { Row } from '../results/Row.tsx';"),
  no('renderer/parts/x.tsx', "import { Row } from '../results/Row.tsx';"),
  no('renderer/sessions/x.tsx', "import { Row } from '../results/Row.tsx';"),
  no('renderer/results/x.tsx', "import { createStore } from '../stores/store.ts';"),
  no('main/chat/x.ts', "import type { State } from '../../preload/contract.ts';"),
  no('main/chat/x.ts', "import { words } from '../../renderer/language.ts';"),
  no('preload/preload.ts', "import * as z from 'zod';"),
  no('preload/preload.ts', "import { calls } from './contract.ts';"),
  no('preload/preload.ts', "import { readFileSync } from 'node:fs';"),
  no('preload/contract.ts', "import { vaultSchema } from '../main/sessions/vault.ts';"),
  yes('renderer/sessions/x.tsx', "import type { Bridge } from '../../preload/contract.ts';"),
  yes('renderer/sessions/x.tsx', "import { cleaned } from '../../main/common/typed.ts';"),
  yes('renderer/settings/x.tsx', "import { isLoopback } from '../../main/common/loopback.ts';"),
  yes('renderer/main.tsx', "import { findBridge } from './bridge.ts';"),
  yes('preload/preload.ts', "import { callNames } from './channels.ts';"),
  yes('preload/contract.ts', "import { receiptSchema } from '../main/results/receipt.ts';"),

  // What has to run before anything is installed.
  no('scripts/setup/x.mjs', "import * as z from 'zod';"),
  no('scripts/setup/x.mjs', "import { runTool } from '../tool.ts';"),
];

function no(file: string, code: string): Probe {
  return { file, code, forbidden: true };
}

function yes(file: string, code: string): Probe {
  return { file, code, forbidden: false };
}
