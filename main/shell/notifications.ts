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
  notify({
    title: 'Signoff is still running',
    body: 'It stays in the tray to sign you off when you leave. To end it, choose “Quit and sign off” there.',
  });
}

/** Says that Signoff asks about `count` sessions that a crash left over; a click opens the window. */
export function notifyOfLeftover(count: number, open: () => void): void {
  const sessions = count === 1 ? '1 session was' : `${count} sessions were`;
  notify(
    {
      title: 'Are you still at work?',
      body: `Signoff stopped while ${sessions} held. Without an answer within a minute, Signoff signs off.`,
    },
    open,
  );
}

function notify(text: { title: string; body: string }, onClick?: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification(text);
  if (onClick !== undefined) notification.on('click', onClick);
  notification.show();
}
