import { Notification } from 'electron';
import type { Show } from './notifications.ts';

/** Shows notifications by the operating system's own means. */
export function createOsNotifications(): Show {
  // One that nothing refers to is collected as garbage, and a click on it goes nowhere.
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
