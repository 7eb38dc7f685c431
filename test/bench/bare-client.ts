// The least that can send many forced logoffs at once: `node:http` in a process that does nothing else, and
// that has sent one already. The arguments are those of the requests: their URL, headers and body; then the
// session ids. It says that it is ready, and begins at the first word on its standard input.
import { once } from 'node:events';
import { request } from 'node:http';

const [url = '', headers = '{}', body = '', first = '', ...others] = process.argv.slice(2);

function send(sessionId: string): Promise<void> {
  const length = Buffer.byteLength(body);
  const all = { ...JSON.parse(headers), 'Content-Length': length, 'X-JSESSIONID': sessionId };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers: all }, (response) => {
      response.resume();
      response.once('end', resolve);
    })
      .once('error', reject)
      .end(body);
  });
}

await send(first);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
await Promise.all(others.map(send));
process.exit();
