import { Notification } from 'electron';

/** Where it is kept, across starts, that the agent has been told. */
export interface Memory {
  get(key: 'toldAboutTray'): boolean;
  set(key: 'toldAboutTray', value: true): void;
}

/** Says, the first time only, that Signoff goes on in the tray when its window is closed. */
export function tellAboutTray(memory: Memory): void {
  if (memory.get('toldAboutTray')) return;
  memory.set('toldAboutTray', true);
  if (!Notification.isSupported()) return;
  new Notification({
    title: 'Signoff is still running',
    body: 'It stays in the tray to sign you off when you leave. To end it, choose “Quit and sign off” there.',
  }).show();
}
