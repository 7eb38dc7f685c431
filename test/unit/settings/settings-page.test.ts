import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentSettingNameSchema } from '../../../main/settings/schema.ts';

test.for(agentSettingNameSchema.options)('the page on settings tells of %s', (name) => {
  expect(readFileSync('docs/settings.md', 'utf8')).toContain(`\n| \`${name}\``);
});
