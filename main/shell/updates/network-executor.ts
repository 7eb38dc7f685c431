import { createWriteStream } from 'node:fs';
import http, { type Agent as HttpAgent, type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream';
import {
  configureRequestOptions,
  configureRequestUrl,
  DigestTransform,
  type DownloadOptions,
  HttpExecutor,
} from 'builder-util-runtime';

/**
 * Sends electron-updater's requests by the app's own agent instead of Chromium, which does not know the
 * policy's proxy and certificates, and continues cancelled downloads.
 */
export class NetworkExecutor extends HttpExecutor<ClientRequest> {
  readonly #agent: HttpAgent;
  readonly #open = new Set<ClientRequest>();

  constructor(agent: HttpAgent) {
    super();
    this.#agent = agent;
  }

  override createRequest(
    options: RequestOptions,
    callback: (response: http.IncomingMessage) => void,
  ): ClientRequest {
    const { request: begin } = options.protocol === 'http:' ? http : https;
    const request = begin({ ...options, agent: this.#agent }, callback);
    this.#open.add(request);
    request.once('close', () => this.#open.delete(request));
    return request;
  }

  /** Downloads a file and verifies it. electron-updater calls it, though the base class lacks it. */
  async download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    const { cancellationToken, headers, sha512 } = options;
    return cancellationToken.createPromise((resolve, reject, onCancel) => {
      const request: RequestOptions = { headers: headers ?? {} };
      configureRequestUrl(url, request);
      configureRequestOptions(request);
      this.doDownload(
        request,
        {
          destination,
          options,
          onCancel,
          callback: (error) => (error === null ? resolve(destination) : reject(error)),
          responseHandler(response, done) {
            const check = new DigestTransform(sha512 ?? '');
            pipeline(response, check, createWriteStream(destination), (error) =>
              done(error ?? null),
            );
          },
        },
        0,
      );
    });
  }

  stop(): void {
    for (const request of this.#open) request.destroy();
  }
}
