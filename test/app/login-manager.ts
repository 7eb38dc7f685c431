import { onTestFinished } from 'vitest';
import { type LoginManager, openLoginManager } from '../support/login-manager.ts';

/** The system's login manager, which goes away with the test. */
export async function startLoginManager(): Promise<LoginManager> {
  const logind = await openLoginManager();
  onTestFinished(() => logind.close());
  return logind;
}
