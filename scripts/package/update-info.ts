/**
 * Joins what electron-builder writes about updates (`latest.yml` and the like) for one format after the
 * other into what it writes for all at once: the files of each, under the head of the first.
 */
export function joinUpdateInfo(infos: readonly string[]): string {
  const [first = ''] = infos;
  const files = infos.map((info) => FILES.exec(info)?.groups?.['files'] ?? '').join('');
  return first.replace(FILES, `files:\n${files}`);
}

const FILES = /^files:\n(?<files>(?: +.*\n)+)/m;
