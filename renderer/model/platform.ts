/** The operating system, as far as it differs to people. */
export type Platform = 'mac' | 'windows' | 'linux';

function platformOf(userAgent: string): Platform {
  if (userAgent.includes('Macintosh')) return 'mac';
  return userAgent.includes('Windows') ? 'windows' : 'linux';
}

export const platform = platformOf(navigator.userAgent);
