/** An agent's account at a site that the practice server stands for. */
export const ACCOUNT = {
  site: 'day001_221100_sql_001h',
  userName: 'agent.smith',
  password: 'pä:ss word',
  accountId: '21',
  pool: '297:1',
};

/** What that agent types to sign in at a site, to be available. */
export function typedAt(site: string) {
  const { userName, password, accountId } = ACCOUNT;
  return { site, userName, password, accountId, available: true, takeOver: false, remember: false };
}
