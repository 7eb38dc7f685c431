import path from 'node:path';
import { expect, test } from 'vitest';
import { CancellationToken } from 'builder-util-runtime';
import { createRouteAgent } from '../../../main/chat/route-agent.ts';
import { NetworkExecutor } from '../../../main/shell/updates/network-executor.ts';
import { httpReply, listenRawTls } from '../../support/chat-servers.ts';
import { networkWith } from '../../support/network.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { trustAnybody } from '../../support/tls.ts';

test('B2: a feed whose certificate nobody trusts gets no byte, whatever the environment says', async () => {
  trustAnybody();
  const bytes: Buffer[] = [];
  const feed = await listenRawTls((socket, received) => {
    bytes.push(received);
    socket.end(httpReply(200, 'an update'));
  });
  const executor = new NetworkExecutor(createRouteAgent(networkWith().routes));
  const downloading = executor.download(new URL(feed.url), path.join(tempFolder(), 'update'), {
    cancellationToken: new CancellationToken(),
  });
  await expect(downloading).rejects.toThrow('self-signed certificate');
  expect(bytes).toEqual([]);
});
