import { expect, test } from 'vitest';
import type { Destination } from '../../../main/shell/notifications.ts';
import { createNavigation } from '../../../main/shell/window/navigation.ts';
import { receipt } from '../../support/receipts.ts';

const SESSIONS: Destination = { view: 'sessions', id: null };
const RECEIPT: Destination = { view: 'results', receipt: receipt() };

function withWindow() {
  const done: (string | Destination)[] = [];
  const places = createNavigation({
    showWindow: () => done.push('window'),
    navigate: (destination) => done.push(destination),
  });
  return { places, done };
}

test('a window whose page listens is shown, and told where', () => {
  const { places, done } = withWindow();
  places.pageReady();
  places.open(RECEIPT);
  expect(done).toEqual(['window', RECEIPT]);
});

test('a page that is still loading is told once it listens', () => {
  const { places, done } = withWindow();
  places.open(RECEIPT);
  expect(done).toEqual(['window']);
  places.pageReady();
  expect(done).toEqual(['window', RECEIPT]);
});

test('of several places before it listens, the newest counts', () => {
  const { places, done } = withWindow();
  places.open(RECEIPT);
  places.open(SESSIONS);
  places.pageReady();
  expect(done).toEqual(['window', 'window', SESSIONS]);
});

test('a page that listens anew is told nothing twice', () => {
  const { places, done } = withWindow();
  places.open(RECEIPT);
  places.pageReady();
  places.pageReady();
  expect(done).toEqual(['window', RECEIPT]);
});

test('a window that was closed in between has a page that does not listen yet', () => {
  const { places, done } = withWindow();
  places.pageReady();
  places.windowClosed();
  places.open(RECEIPT);
  expect(done).toEqual(['window']);
});
