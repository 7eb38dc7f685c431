import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { osCipher } from '../../../main/shell/os-cipher.ts';

const { safeStorage, asked } = vi.hoisted(() => {
  const calls: string[] = [];
  return {
    asked: calls,
    safeStorage: {
      isEncryptionAvailable: () => calls.push('now') > 0,
      getSelectedStorageBackend: () => 'gnome_libsecret',
      encryptString: (plain: string) => Buffer.from(plain),
      decryptString: (sealed: Buffer) => sealed.toString(),
    },
  };
});
const storage: Record<string, unknown> = safeStorage;
vi.mock('electron', () => ({ safeStorage }));

beforeEach(() => {
  asked.length = 0;
  return () => void delete storage['isAsyncEncryptionAvailable'];
});

function on(platform: NodeJS.Platform): void {
  const real = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
  onTestFinished(() => void Object.defineProperty(process, 'platform', real));
  Object.defineProperty(process, 'platform', { ...real, value: platform });
}

test('a Mac asks for the Keychain on another thread, before anything does on this one', async () => {
  on('darwin');
  const answer = Promise.withResolvers<boolean>();
  storage['isAsyncEncryptionAvailable'] = () => {
    asked.push('aside');
    return answer.promise;
  };
  const cipher = osCipher();
  expect(asked).toEqual(['aside']);
  answer.resolve(true);
  expect(await cipher).not.toBeNull();
  expect(asked).toEqual(['aside', 'now']);
});

test('a Keychain that fails there may still answer here', async () => {
  on('darwin');
  storage['isAsyncEncryptionAvailable'] = () => Promise.reject(new Error('errSecAuthFailed'));
  expect(await osCipher()).not.toBeNull();
});

test('an Electron that cannot ask aside asks here', async () => {
  on('darwin');
  expect(await osCipher()).not.toBeNull();
  expect(asked).toEqual(['now']);
});

test.each<NodeJS.Platform>(['linux', 'win32'])('%s has nothing to wait for', async (platform) => {
  on(platform);
  storage['isAsyncEncryptionAvailable'] = () => Promise.reject(new Error('was asked'));
  expect(await osCipher()).not.toBeNull();
  expect(asked).toEqual(['now']);
});

test('a key that everybody knows is no encryption', async () => {
  on('linux');
  storage['getSelectedStorageBackend'] = () => 'basic_text';
  onTestFinished(() => void (storage['getSelectedStorageBackend'] = () => 'gnome_libsecret'));
  expect(await osCipher()).toBeNull();
});
