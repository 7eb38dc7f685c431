/** Joins electron-builder's update files (`latest.yml`) of several formats under the first one's head. */
export function joinUpdateInfo(infos: readonly string[]): string {
  const [first = ''] = infos;
  const files = infos.map((info) => FILES.exec(info)?.groups?.['files'] ?? '').join('');
  return first.replace(FILES, `files:\n${files}`);
}

const FILES = /^files:\n(?<files>(?: +.*\n)+)/m;
