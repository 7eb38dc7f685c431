import { describe, expect, test } from 'vitest';
import { readFpmCommand } from '../../../scripts/package/linux-package.ts';

const command = (format: string, ...more: readonly string[]): string[] => [
  '-s',
  'dir',
  '--force',
  '-t',
  format,
  '-d',
  'libnss3',
  '-d',
  'libgbm1',
  '--architecture',
  'amd64',
  '--description',
  'In short\n At length.',
  '--name',
  'signoff',
  '--version',
  '1.0.0',
  '--package',
  '/out/signoff.deb',
  ...more,
];

describe("fpm's command line", () => {
  test('says what to make, and where everything belongs', () => {
    const plan = readFpmCommand(
      command('deb', '--config-files=/etc/a', '--before-remove=prerm', '/from/app/=/opt/Signoff'),
    );
    expect(plan).toMatchObject({
      format: 'deb',
      file: '/out/signoff.deb',
      name: 'signoff',
      depends: ['libnss3', 'libgbm1'],
      summary: 'In short',
      description: 'At length.',
      compression: 'xz',
      configFiles: ['/etc/a'],
      scripts: { beforeRemove: 'prerm' },
      content: [{ source: '/from/app', target: '/opt/Signoff' }],
    });
  });

  test("takes an rpm's own summary and compression", () => {
    const plan = readFpmCommand(
      command('rpm', '--rpm-summary', 'Shorter', '--rpm-compression', 'gzip'),
    );
    expect(plan).toMatchObject({ format: 'rpm', summary: 'Shorter', compression: 'gzip' });
  });

  test.each([
    { name: 'another format', args: command('pacman') },
    { name: 'an option that is not known here', args: command('deb', '--deb-systemd', 'x') },
    { name: 'content without a place', args: command('deb', '/from/app') },
  ])('is refused with $name', ({ args }) => {
    expect(() => readFpmCommand(args)).toThrow();
  });
});
