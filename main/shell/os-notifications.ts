import { Notification } from 'electron';
import type { Show } from './notifications.ts';

export function createOsNotifications(): Show {
  // Without a reference it is garbage collected, and a click on it has no effect.
  const shown = new Set<Notification>();
  return (text, onClick) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification(text);
    notification.on('click', () => {
      shown.delete(notification);
      onClick();
    });
    notification.on('close', () => shown.delete(notification));
    shown.add(notification);
    notification.show();
  };
}
