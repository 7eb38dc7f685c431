import { expect, test } from 'vitest';
import { ACCOUNT } from '../support/account.ts';
import { newDataDir, newServer, openSignoff, status } from './signoff.ts';

/** The app's window with the form open and filled in, and a site that knows the agent. */
async function openForm(password = ACCOUNT.password) {
  const server = await newServer({ pollHoldMs: 500 });
  server.addAccount(ACCOUNT);
  const dataDir = await newDataDir();
  const { page } = await openSignoff(dataDir);
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  const form = page.getByRole('dialog', { name: 'Sign in to chat' });
  await form.getByLabel('Site address').fill(server.url);
  await form.getByLabel('User name').fill(ACCOUNT.userName);
  await form.getByLabel('Account id').fill(ACCOUNT.accountId);
  const passwordField = form.getByLabel('Password', { exact: true });
  await passwordField.fill(password);
  const submit = () => form.getByRole('button', { name: 'Sign in' }).click();
  return { server, dataDir, page, form, passwordField, submit };
}

test('the form says that the password is wrong, and with the right one holds a session that is present', async () => {
  const { server, dataDir, page, form, passwordField, submit } = await openForm('a wrong one');
  await submit();
  const alert = form.getByRole('alert');
  await alert.getByText('Check the user name and the password.').waitFor();
  await alert.getByText('The user name or the password is wrong.').waitFor();
  expect(server.agents).toEqual([]);
  expect(await form.getByLabel('Site address').inputValue()).toBe(server.url);

  await passwordField.fill(ACCOUNT.password);
  await submit();
  await form.waitFor({ state: 'hidden' });
  await page.getByText('1 session held').waitFor();
  await page.getByText('Present', { exact: true }).waitFor();
  await server.waitForAgent(({ polling, status: set }) => polling && set === 'AVAILABLE');
  expect((await status(dataDir)).held).toMatchObject([
    { accountId: ACCOUNT.accountId, presence: { state: 'present' } },
  ]);
  expect(await page.content()).not.toContain(ACCOUNT.password);
});

test('the form asks before it takes a session over that is in use elsewhere', async () => {
  const { server, dataDir, page, form, passwordField, submit } = await openForm();
  server.addAgent({ fqSiteName: ACCOUNT.site, accountId: ACCOUNT.accountId, sessionId: 'console' });
  await submit();
  const question = page.getByRole('group', { name: 'You are already signed in elsewhere' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await form.waitFor();
  expect(server.agents.map(({ endedBy }) => endedBy)).toEqual([null]);
  expect((await status(dataDir)).held).toEqual([]);

  expect(await passwordField.inputValue()).toBe(ACCOUNT.password);
  await submit();
  await question.getByRole('button', { name: 'Take over' }).click();
  await page.getByText('1 session held').waitFor();
  await page.getByText('Present', { exact: true }).waitFor();
  expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['override', null]);
});
